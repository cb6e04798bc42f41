#% set package = cookiecutter.__package
"""The API: views say by options what they take and return.

`query`, `body` (JSON) and `form` are the types that must fit what is sent; the values
are in `request.validated`. `returns` is the type of the answer, `status` its status, if
not 200. This is checked at each request, and makes the OpenAPI document.
"""

import inspect
import re
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import JsonSchemaMode
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPUnprocessableEntity, status_map
from pyramid.registry import Introspectable
from pyramid.request import Request
from pyramid.response import Response
from pyramid.settings import aslist
from pyramid.view import view_config
from pyramid.viewderivers import VIEW

from {= package =} import DESCRIPTION
from {= package =}.errors import Problem
from {= package =}.values import error_messages

READERS: dict[str, Callable[[Request, TypeAdapter[Any]], Any]] = {
    "query": lambda request, kind: kind.validate_python(dict(request.GET)),
    "body": lambda request, kind: kind.validate_json(request.body),
    "form": lambda request, kind: kind.validate_python(request.form),
}
BODIES = {"body": "application/json", "form": "application/x-www-form-urlencoded"}
REF = "#/components/schemas/{model}"
# {name} or {name:pattern}, where the pattern may have braces of its own.
PARAMETER = re.compile(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}")
NUMBER = re.compile(r"(\[[01]-9\]|\\d|\{[0-9,]+\}|[+*])+")

Schemas = dict[str, dict[str, Any]]


def checked_view(view: Any, info: Any) -> Any:
    """Check what the view takes and returns (a view deriver)."""
    options = info.options
    kinds = {name: TypeAdapter(options[name]) for name in READERS if name in options}
    returns = TypeAdapter(options["returns"]) if options.get("returns") else None

    def wrapper(context: object, request: Request) -> Any:
        request.response.status_code = options.get("status", 200)
        try:
            request.validated = {
                name: READERS[name](request, kind) for name, kind in kinds.items()
            }
        except ValidationError as error:
            invalid = HTTPUnprocessableEntity("Some values are not valid.")
            faults = error_messages(error).items()
            invalid.errors = [{"field": name, "message": text} for name, text in faults]
            raise invalid from None
        result = view(context, request)
        if returns is None or isinstance(result, Response):
            return result
        answer = returns.validate_python(result, from_attributes=True)
        request.response.content_type = "application/json"
        request.response.body = returns.dump_json(answer)
        return request.response

    return wrapper if kinds or returns else view


checked_view.options = (*READERS, "returns", "status")  # type: ignore[attr-defined]


@view_config(route_name="api.openapi", request_method="GET", renderer="json")
def show_document(request: Request) -> dict[str, Any]:
    """Describe all views under /api, pages apart."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: Schemas = {}
    introspector = request.registry.introspector
    for entry in introspector.get_category("views"):
        view = entry["introspectable"]
        related = {other.category_name: other for other in entry["related"]}
        pattern = related["routes"]["pattern"] if "routes" in related else ""
        is_own = "templates" in related or view["callable"] is show_document
        if is_own or not pattern.startswith("/api/"):
            continue
        operation = describe(view, pattern, schemas)
        if "permissions" in related:
            operation["security"] = [{"token": []}]
        path = paths.setdefault(PARAMETER.sub(r"{\1}", pattern), {})
        for method in aslist(view["request_methods"] or "GET"):
            name = f"{method}_{view['route_name']}".lower().replace(".", "_")
            path[method.lower()] = operation | {"operationId": name}
    flows = {"password": {"tokenUrl": "/api/token", "scopes": {}}}
    security = {"token": {"type": "oauth2", "flows": flows}}
    info = {"title": "{= cookiecutter.project_name =}", "version": "0.1.0", "description": DESCRIPTION}
    components = {"schemas": schemas, "securitySchemes": security}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": components}


def describe(view: Introspectable, pattern: str, schemas: Schemas) -> dict[str, Any]:
    """Describe one view, and add the schemas that it needs."""
    parameters: list[dict[str, Any]] = []
    for name, regex in PARAMETER.findall(pattern):
        kind = {"type": "integer" if NUMBER.fullmatch(regex) else "string"}
        parameters += [{"name": name, "in": "path", "required": True, "schema": kind}]
    if query := view.get("query"):
        model = query.model_json_schema(ref_template=REF)
        schemas.update(model.pop("$defs", {}))
        for name, kind in model["properties"].items():
            is_needed = name in model.get("required", ())
            place = {"name": name, "in": "query", "required": is_needed}
            parameters += [place | {"schema": kind}]
    status = view.get("status", 200)
    success: dict[str, Any] = {"description": status_map[status].title}
    if returns := view.get("returns", Any):
        success["content"] = content("application/json", returns, schemas)
    problem = content("application/problem+json", Problem, schemas)
    default = {"description": "An error", "content": problem}
    function = view["callable"]
    operation: dict[str, Any] = {
        "summary": inspect.getdoc(getattr(function, view["attr"] or "", function)),
        "parameters": parameters,
        "responses": {str(status): success, "default": default},
    }
    for option, media_type in BODIES.items():
        if kind := view.get(option):
            body = content(media_type, kind, schemas, "validation")
            operation["requestBody"] = {"required": True, "content": body}
    return operation


def content(
    media_type: str, kind: Any, schemas: Schemas, mode: JsonSchemaMode = "serialization"
) -> dict[str, Any]:
    """Describe a body, and add the schemas that it needs."""
    inputs = [("", mode, TypeAdapter(kind))]
    named, rest = TypeAdapter.json_schemas(inputs, ref_template=REF)
    schemas.update(rest.get("$defs", {}))
    return {media_type: {"schema": named["", mode]}}


def includeme(config: Configurator) -> None:
    # Next to the view itself, before a renderer looks at what it returns.
    config.add_view_deriver(checked_view, under="rendered_view", over=VIEW)
