#% set package = cookiecutter.__package
"""What views share: how they read what is sent, and reply in JSON."""

from collections.abc import Mapping
from typing import TypeVar

from flask import Response, request
from pydantic import BaseModel, ValidationError

from {= package =}.errors import Invalid
from {= package =}.forms import form_errors

Model = TypeVar("Model", bound=BaseModel)


def read_json(model: type[Model]) -> Model:
    """Return the body, which is JSON of the model, or answer 422."""
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise Invalid(form_errors(error)) from None


def read_values(model: type[Model], values: Mapping[str, str]) -> Model:
    """Return the values of a query or form as the model, or answer 422."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise Invalid(form_errors(error)) from None


def reply(data: BaseModel, status: int = 200) -> Response:
    """Answer with a model as JSON."""
    return Response(data.model_dump_json(), status, mimetype="application/json")
