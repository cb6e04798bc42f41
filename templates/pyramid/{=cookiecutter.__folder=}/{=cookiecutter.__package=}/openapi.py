#% set resource = cookiecutter._resource
"""The OpenAPI document, made from the views of the routes ``api.…``, and its page."""

import re
from typing import Any, get_type_hints

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode
from pyramid.config import Configurator
from pyramid.events import ApplicationCreated, subscriber
from pyramid.httpexceptions import status_map
from pyramid.registry import Introspectable, Registry
from pyramid.view import view_config

from {= cookiecutter.__package =}.api import FORM_TYPE, JSON_TYPE
from {= cookiecutter.__package =}.errors import PROBLEM_TYPE, Problem
from {= cookiecutter.__package =}.home import DESCRIPTION
from {= cookiecutter.__package =}.request import Request

REF = "#/components/schemas/{model}"
ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
SECURITY_SCHEMES = {
    "token": {
        "type": "oauth2",
        "flows": {"password": {"tokenUrl": "/api/token", "scopes": {}}},
    }
}


def make_document(registry: Registry) -> dict[str, Any]:
    """Describe the API."""
    schemas: dict[str, Any] = {}
    paths: dict[str, dict[str, Any]] = {}
    introspector = registry.introspector
    for entry in introspector.get_category("routes"):
        name, path = (entry["introspectable"][key] for key in ("name", "pattern"))
        views = [view for view in entry["related"] if view.category_name == "views"]
        views.sort(key=lambda view: str(view["request_methods"]))  # GET, then POST
        for view in views if name.startswith("api.") else ():
            related = {item.category_name for item in introspector.related(view)}
            operation = describe(view, path, "permissions" in related, schemas)
            paths.setdefault(path, {})[view["request_methods"].lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "{= cookiecutter.project_name =}", "version": "0.1.0", "description": DESCRIPTION},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY_SCHEMES},
    }


def describe(
    view: Introspectable, path: str, secured: bool, schemas: dict[str, Any]
) -> dict[str, Any]:
    """Describe one view, and add the schemas that it needs."""

    def content(
        model: type[BaseModel], media_type: str, mode: JsonSchemaMode = "serialization"
    ) -> dict[str, Any]:
        name = re.sub(r"\W", "_", model.__name__)  # Page[{= resource.class_name =}Out]
        schema = model.model_json_schema(mode=mode, ref_template=REF)
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
        return {media_type: {"schema": {"$ref": REF.format(model=name)}}}

    function, status = view["callable"], view.get("status", 200)
    returns = get_type_hints(function)["return"]
    parameters: list[dict[str, Any]] = []
    problems: set[int] = {*view.get("problems", ())}
    responses: dict[str, Any] = {str(status): {"description": status_map[status].title}}
    operation = {
        "operationId": function.__name__,
        "summary": function.__doc__,
        "parameters": parameters,
        "responses": responses,
    }
    if "{id}" in path:
        problems.add(404)
        parameters.append({"name": "id", "in": "path", "required": True, "schema": ID})
    if query := view.get("query"):
        problems.add(422)
        for name, schema in query.model_json_schema()["properties"].items():
            parameters.append({"name": name, "in": "query", "schema": schema})
    for option, media_type in {"body": JSON_TYPE, "form": FORM_TYPE}.items():
        if model := view.get(option):
            problems |= {400, 413, 415, 422}
            operation["requestBody"] = {
                "required": True,
                "content": content(model, media_type, "validation"),
            }
    if secured:
        problems.add(401)
        operation["security"] = [{"token": []}]
    if status == 201:
        responses["201"]["headers"] = {"Location": {"schema": {"type": "string"}}}
    if issubclass(returns, BaseModel):
        responses[str(status)]["content"] = content(returns, JSON_TYPE)
    for problem in sorted(problems):
        responses[str(problem)] = {
            "description": status_map[problem].title,
            "content": content(Problem, PROBLEM_TYPE),
        }
    return operation


@subscriber(ApplicationCreated)
def keep_document(event: ApplicationCreated) -> None:
    """Make the document once, when all views are known."""
    registry = event.app.registry
    registry["openapi"] = make_document(registry)


@view_config(route_name="openapi", request_method="GET", renderer="json")
def show_document(request: Request) -> dict[str, Any]:
    """Return the OpenAPI document."""
    document: dict[str, Any] = request.registry["openapi"]
    return document


@view_config(route_name="docs", request_method="GET", renderer="docs.jinja2")
def show_docs(request: Request) -> dict[str, Any]:
    """Show the document, interactively."""
    return {}


def includeme(config: Configurator) -> None:
    """Add the document and its page."""
    config.add_route("openapi", "/api/openapi.json")
    config.add_route("docs", "/api/docs")
    config.add_static_view("api/docs/assets", "swagger_ui:static")
    config.scan(__name__)
