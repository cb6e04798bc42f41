#% set package = cookiecutter.__package
"""The API: what its views take is checked before they run, and what they return after.

A view says by options which schemas its `query`, its JSON `body` or its `form` have to
fit, and finds the values in `request.validated`. `returns` is the schema of its answer,
`status` what it answers, if not 200.
"""

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPUnprocessableEntity, HTTPUnsupportedMediaType
from pyramid.renderers import JSON
from pyramid.request import Request
from pyramid.response import Response
from pyramid.viewderivers import VIEW

from {= package =}.forms import error_message

JSON_TYPE = "application/json"


def read_body(request: Request, schema: TypeAdapter[Any]) -> Any:
    if request.content_type != JSON_TYPE:
        raise HTTPUnsupportedMediaType(f"The body must be {JSON_TYPE}.")
    return schema.validate_json(request.body)


READERS: dict[str, Callable[[Request, TypeAdapter[Any]], Any]] = {
    "query": lambda request, schema: schema.validate_python(dict(request.GET)),
    "body": read_body,
    "form": lambda request, schema: schema.validate_python(request.form),
}


def checked_view(view: Any, info: Any) -> Any:
    """Check what the view takes and returns (a view deriver)."""
    options = info.options
    takes = {name: TypeAdapter(options[name]) for name in READERS if name in options}
    returns = TypeAdapter(options["returns"]) if "returns" in options else None

    def wrapper(context: object, request: Request) -> Any:
        request.response.status_code = options.get("status", 200)
        try:
            request.validated = {name: READERS[name](request, takes[name]) for name in takes}
        except ValidationError as error:
            invalid = HTTPUnprocessableEntity("Some values are not valid.")
            invalid.errors = [
                {"field": str([*fault["loc"], "body"][0]), "message": error_message(fault)}
                for fault in error.errors()
            ]
            raise invalid from None
        result = view(context, request)
        if returns is None or isinstance(result, Response):
            return result
        return returns.validate_python(result, from_attributes=True)

    return wrapper if takes or returns else view


checked_view.options = (*READERS, "returns", "status")  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    # Next to the view itself, before a renderer has turned its answer into text.
    config.add_view_deriver(checked_view, under="rendered_view", over=VIEW)
    config.add_renderer("json", JSON(serializer=lambda value, **options: to_json(value)))
