"""What the views of the API share: they take and return checked values as JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn

from flask import Response, abort, request
from pydantic import BaseModel, ValidationError

from .accounts.auth import require_token
from .errors import Invalid

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

View = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Decorate a view with what it takes and returns; `openapi` documents the same."""

    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    media_type: str = JSON
    returns: type[BaseModel] | None = None
    status: int = 200
    token: bool = False
    problems: tuple[int, ...] = ()

    def __call__(self, view: View) -> View:
        """Give the view `query` and `body` as checked arguments."""

        @wraps(view)
        def respond(**arguments: Any) -> Response:
            if self.token:
                require_token()
            try:
                if self.query:
                    query = request.args.to_dict()
                    arguments["query"] = self.query.model_validate(query)
                if self.body:
                    body = read_body(self.media_type)
                    arguments["body"] = self.body.model_validate(body)
            except ValidationError as error:
                raise Invalid(error) from None
            result = view(**arguments)
            value, headers = result if isinstance(result, tuple) else (result, None)
            if self.returns:
                shown = self.returns.model_validate(value, from_attributes=True)
                value = shown.model_dump_json()
            return Response(value, self.status, headers, mimetype=JSON)

        endpoints[respond] = self
        return respond


endpoints: dict[View, Endpoint] = {}


def read_body(media_type: str) -> object:
    """Return the body, or answer that it is not of this type."""
    if request.mimetype != media_type:
        abort(415, f"The body must be {media_type}.")
    if media_type == FORM:
        return request.form.to_dict()
    try:
        return json.loads(request.get_data().decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        abort(400, "The body is not JSON in UTF-8.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity, which Python takes
