#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The JSON API: its routers, its documentation, and how it tells of errors."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
#% if cookiecutter._related
from django.db.models import RestrictedError
#% endif
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled
from ninja.errors import ValidationError as InputError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic_core import to_json
#% if cookiecutter._related

from {= package =}.views import tell_counts
{! endif !}

PROBLEM_TYPE = "application/problem+json"


class Problem(Schema):
    """What went wrong (RFC 9457); `errors` has a `field` and a `message` for each fault."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class JSONRenderer(BaseRenderer):
    """Writes JSON as pydantic does: times to the microsecond, and faster."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


class API(NinjaAPI):
    """An API whose documentation says how its errors look."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**kwargs)
        document["components"]["schemas"]["Problem"] = Problem.json_schema()
        content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        response = {"description": "What went wrong", "content": content}
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = response
        return document


api = API(
    title="{= cookiecutter.project_name =}",
    description={= cookiecutter.__description_literal =},
    version="0.1.0",
    urls_namespace="api",
    docs_decorator=lambda view: csrf_exempt(require_safe(view)),
    renderer=JSONRenderer(),
)
api.add_router("", "{= package =}.accounts.api.router")
#% for resource in resources
api.add_router("/{= resource.url =}", "{= package =}.{= resource.plural =}.api.router")
{! endfor !}


def problem(status: int, detail: str, faults: Iterable[Any] = ()) -> HttpResponse:
    title = HTTPStatus(status).phrase
    errors = [{"field": field, "message": message} for field, message in faults] or None
    told = Problem(title=title, status=status, detail=detail or title, errors=errors)
    response = HttpResponse(
        told.model_dump_json(exclude_none=True), PROBLEM_TYPE, status
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
@api.exception_handler(PermissionDenied)
@api.exception_handler(HttpError)
def tell(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer with what the error itself says."""
    default = 404 if isinstance(error, Http404) else 403
    response = problem(getattr(error, "status_code", default), str(error))
    if isinstance(error, Throttled):
        response["Retry-After"] = str(error.wait)
    return response


@api.exception_handler(InputError)
def refuse_input(request: HttpRequest, error: InputError) -> HttpResponse:
    """Tell of each value that its schema refuses."""
    # A place is ("query", "page"), or ("body", "payload", "title").
    faults = {str(fault["loc"][:3][-1]): fault["msg"] for fault in error.errors}
    return problem(422, "Some values are not valid.", faults.items())


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell of each value that the model refuses, or that is taken."""
    told = ValidationError(error.update_error_dict({}))
    for name, found in told.error_dict.items():
        if found[0].code == "unique":
            return problem(409, f"The value of {name} is taken.")
    faults = [(name, " ".join(texts)) for name, texts in told.message_dict.items()]
    return problem(422, "Some values are not valid.", faults)


#% if cookiecutter._related
@api.exception_handler(RestrictedError)
def refuse_deletion(request: HttpRequest, error: RestrictedError) -> HttpResponse:
    """Count what refers to an entry, and keeps it."""
    uses = tell_counts(error.restricted_objects)
    return problem(409, f"Delete what belongs to it first: {uses}.")


#% endif
@api.exception_handler(IntegrityError)
def refuse_clash(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Answer who was a moment too late, after all was checked."""
    return problem(409, "Another request was faster.")
