#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The API: its routers, its documentation and its errors."""

import json
from typing import Any

from django.conf import settings
#% if r.unique_fields
from django.core.exceptions import ValidationError as DjangoValidationError
#% endif
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from {= package =}.problems import CONTENT_TYPE, problem


class JSONParser(Parser):
    """Read JSON in UTF-8 only."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the value that the body holds."""
        return json.loads(request.body.decode())


class JSONRenderer(BaseRenderer):
    """Write JSON as pydantic does: decimals as strings, times to the microsecond."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return the JSON text of `data`."""
        return to_json(data)


class API(NinjaAPI):
    """An API whose documentation says of what type its errors are."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the OpenAPI document."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        content = response["content"].pop("application/json")
                        response["content"][CONTENT_TYPE] = content
        return schema


api = API(
    title="{= cookiecutter.project_name =}",
    description=settings.DESCRIPTION,
    version="0.1.0",
    urls_namespace="api",
    docs_decorator=require_safe,
    parser=JSONParser(),
    renderer=JSONRenderer(),
)
api.add_router("", "{= package =}.accounts.api.router")
api.add_router("/{= r.url =}", "{= package =}.{= r.plural =}.api.router")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Tell of an error that a view or Ninja raised."""
    return problem(error.status_code, error.message)


#% if r.unique_fields
@api.exception_handler(DjangoValidationError)
def conflict(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    """Tell which values another entry has already."""
    return problem(409, f"Taken already: {', '.join(error.message_dict)}.")


#% endif
@api.exception_handler(ValidationError)
def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell of each bad value; an id that is no id is simply not found."""
    errors = []
    for fault in error.errors:
        source, *path = fault["loc"]
        if source == "body" and not request.body:
            return problem(400, "The body is empty.")
        if source == "path":
            return problem(404)
        # In a body, the view's own argument comes first.
        name = [*path[source == "body" :], "body"][0]
        errors.append({"field": str(name), "message": fault["msg"]})
    return problem(422, "Some values are not valid.", errors=errors)
