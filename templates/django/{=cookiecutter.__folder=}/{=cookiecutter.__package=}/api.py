#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The JSON API: its routers, its documentation and its errors."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as InputError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from {= package =}.errors import PROBLEM_TYPE, Fault, Problem, problem

INVALID = "Some values are not valid."


class JSONRenderer(BaseRenderer):
    """Writes JSON as pydantic does: times to the microsecond, and faster."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


class API(NinjaAPI):
    """An API whose documentation says how its errors look."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**kwargs)
        template = "#/components/schemas/{model}"
        schema = Problem.model_json_schema(mode="serialization", ref_template=template)
        document["components"]["schemas"] |= schema.pop("$defs") | {"Problem": schema}
        content = {PROBLEM_TYPE: {"schema": {"$ref": template.format(model="Problem")}}}
        for operations in document["paths"].values():
            for operation in operations.values():
                default = {"description": "What went wrong", "content": content}
                operation["responses"]["default"] = default
        return document


api = API(
    title="{= cookiecutter.project_name =}",
    description=settings.DESCRIPTION,
    version="0.1.0",
    urls_namespace="api",
    docs_decorator=lambda view: csrf_exempt(require_safe(view)),
    renderer=JSONRenderer(),
)
api.add_router("", "{= package =}.accounts.api.router")
api.add_router("/{= resource.url =}", "{= package =}.{= resource.plural =}.api.router")


@api.exception_handler(Http404)
@api.exception_handler(PermissionDenied)
@api.exception_handler(HttpError)
def tell(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer with what the error itself says."""
    default = 404 if isinstance(error, Http404) else 403
    return problem(getattr(error, "status_code", default), str(error))


@api.exception_handler(InputError)
def refuse_input(request: HttpRequest, error: InputError) -> HttpResponse:
    """Tell of each value that its schema refuses."""
    faults: dict[str, Fault] = {}
    for fault in error.errors:
        # ("query", "page"), or ("body", "payload", "title")
        source, *path = fault["loc"]
        field = str([*path[source == "body" :], source][0])
        faults.setdefault(field, Fault(field=field, message=fault["msg"]))
    return problem(422, INVALID, list(faults.values()))


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell of each value that a model or a form refuses, or that is taken."""
    fields = error.update_error_dict({})
    taken = [name for name, found in fields.items() if found[0].code == "unique"]
    if taken:
        return problem(409, f"Taken already: {', '.join(taken)}.")
    faults = [
        Fault(field=name, message=" ".join(ValidationError(found).messages))
        for name, found in fields.items()
    ]
    return problem(422, INVALID, faults)
