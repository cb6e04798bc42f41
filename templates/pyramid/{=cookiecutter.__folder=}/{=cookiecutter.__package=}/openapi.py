#% set package = cookiecutter.__package
"""The OpenAPI document, made from the views of the routes under /api, and its page."""

import inspect
import re
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from pyramid.config import Configurator
from pyramid.httpexceptions import status_map
from pyramid.registry import Introspectable, Introspector
from pyramid.request import Request
from pyramid.view import view_config

from {= package =}.api import JSON_TYPE
from {= package =}.errors import Problem
from {= package =}.home import DESCRIPTION

REF = "#/components/schemas/{model}"
BODIES = {"body": JSON_TYPE, "form": "application/x-www-form-urlencoded"}
TOKEN = {"password": {"tokenUrl": "/api/token", "scopes": {}}}
# {name} or {name:pattern}, where the pattern may have braces of its own.
PARAMETER = re.compile(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}")
NUMBER = re.compile(r"(\[[01]-9\]|\\d|\{[0-9,]+\}|[+*])+")

Schemas = dict[str, dict[str, Any]]


def make_document(introspector: Introspector) -> dict[str, Any]:
    """Describe the views of the API by what Pyramid knows of them."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: Schemas = {}
    for entry in introspector.get_category("routes"):
        name, pattern = (entry["introspectable"][key] for key in ("name", "pattern"))
        if not pattern.startswith("/api/") or name in ("docs", "openapi"):
            continue
        path = paths.setdefault(PARAMETER.sub(r"{\1}", pattern), {})
        for view in entry["related"]:
            if view.category_name == "views":
                operation = describe(view, pattern, schemas)
                related = introspector.related(view)
                if any(item.category_name == "permissions" for item in related):
                    operation["security"] = [{"token": []}]
                methods = view["request_methods"] or "GET"
                for method in [methods] if isinstance(methods, str) else methods:
                    operation_id = f"{method}_{name}".lower().replace(".", "_")
                    path[method.lower()] = operation | {"operationId": operation_id}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "{= cookiecutter.project_name =}",
            "version": "0.1.0",
            "description": DESCRIPTION,
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "oauth2", "flows": TOKEN}},
        },
    }


def describe(view: Introspectable, pattern: str, schemas: Schemas) -> dict[str, Any]:
    """Describe one view, and add the schemas that it needs."""
    function = view["callable"]
    if view["attr"]:  # a method of a view class
        function = getattr(function, view["attr"])
    parameters: list[dict[str, Any]] = []
    for name, regex in PARAMETER.findall(pattern):
        kind = {"type": "integer" if NUMBER.fullmatch(regex) else "string"}
        place: dict[str, Any] = {"name": name, "in": "path", "required": True}
        parameters.append(place | {"schema": kind})
    if query := view.get("query"):
        model = query.model_json_schema(ref_template=REF)
        schemas.update(model.pop("$defs", {}))
        for name, schema in model["properties"].items():
            required = name in model.get("required", ())
            parameters.append({"name": name, "in": "query", "required": required, "schema": schema})
    status = view.get("status", 200)
    success: dict[str, Any] = {"description": status_map[status].title}
    if returns := view.get("returns"):
        success["content"] = add_content(JSON_TYPE, returns, "serialization", schemas)
    problem = add_content("application/problem+json", Problem, "serialization", schemas)
    operation: dict[str, Any] = {
        "summary": inspect.getdoc(function),
        "parameters": parameters,
        "responses": {
            str(status): success,
            "default": {"description": "An error", "content": problem},
        },
    }
    for option, media_type in BODIES.items():
        if model := view.get(option):
            content = add_content(media_type, model, "validation", schemas)
            operation["requestBody"] = {"required": True, "content": content}
    return operation


def add_content(
    media_type: str, model: Any, mode: JsonSchemaMode, schemas: Schemas
) -> dict[str, Any]:
    """Describe a body, and add the schemas that it needs."""
    named, rest = TypeAdapter.json_schemas(
        [("", mode, TypeAdapter(model))], ref_template=REF
    )
    schemas.update(rest.get("$defs", {}))
    return {media_type: {"schema": named["", mode]}}


@view_config(route_name="openapi", request_method="GET", renderer="json")
def show_document(request: Request) -> dict[str, Any]:
    return make_document(request.registry.introspector)


@view_config(route_name="docs", request_method="GET", renderer="docs.html")
def show_docs(request: Request) -> dict[str, Any]:
    return {}


def includeme(config: Configurator) -> None:
    config.add_route("openapi", "/api/openapi.json")
    config.add_route("docs", "/api/docs")
    config.add_static_view("api/docs/assets", "swagger_ui:static")
    config.scan(__name__)
