#% set package = cookiecutter.__package
"""The OpenAPI document, made from the routes, and a page to try the API on."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, current_app, render_template
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.routing import Rule

from {= package =}.errors import PROBLEM, Problem

# The static files are Swagger UI's, from the package that carries them.
bp = Blueprint(
    "openapi",
    "flask_swagger_ui",
    url_prefix="/api",
    static_folder="dist",
    static_url_path="/docs/assets",
)

Json = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])

PARAMETER = re.compile(r"<(?:(\w+)(?:\(.*?\))?:)?(\w+)>")  # <int:book_id>, or <name>
SCHEMA = "#/components/schemas/{model}"
PROBLEM_LINK = {"$ref": "#/components/responses/Problem"}
TYPES = {"int": "integer", "float": "number"}
TOKEN = {
    "type": "oauth2",
    "flows": {"password": {"tokenUrl": "/api/token", "scopes": {}}},
}


@dataclass(frozen=True, kw_only=True)
class Describe:
    """Decorate a view with what its route does not tell; the view stays as it is."""

    query: type[BaseModel] | None = None
    json: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    returns: type[BaseModel] | None = None
    status: int = 200
    problems: tuple[int, ...] = ()

    def __call__(self, view: View) -> View:
        vars(view)["described"] = self
        return view


@bp.get("/docs")
def show_docs() -> str:
    return render_template("docs.html")


@bp.get("/openapi.json")
def show_document() -> Json:
    """Describe all that answers under /api."""
    schemas: Json = {}
    paths: dict[str, Json] = defaultdict(dict)
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("openapi."):
            path = paths[PARAMETER.sub(r"{\2}", rule.rule)]
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path[method.lower()] = describe(rule, method, schemas)
    problem = {PROBLEM: {"schema": add_schema(Problem, "serialization", schemas)}}
    title, description = current_app.config["TITLE"], current_app.config["DESCRIPTION"]
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "description": description, "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {"Problem": {"description": "A problem", "content": problem}},
            "securitySchemes": {"token": TOKEN},
        },
    }


def describe(rule: Rule, method: str, schemas: Json) -> Json:
    """Describe how to ask a view, and how it answers."""
    view: Any = current_app.view_functions[rule.endpoint]
    token = hasattr(view, "needs_token")
    # A MethodView has a function of its own for each method.
    view = getattr(getattr(view, "view_class", None), method.lower(), view)
    about = getattr(view, "described", Describe())
    arguments = PARAMETER.findall(rule.rule)
    problems = [*about.problems, *[401] * token, *[404] * bool(arguments)]
    success: Json = {"description": HTTP_STATUS_CODES[about.status]}
    described: Json = {
        "operationId": f"{rule.endpoint}.{method}".lower(),
        "summary": (view.__doc__ or view.__name__).strip(),
        "security": [{"token": []}] * token,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": TYPES.get(kind, {"type": "string"})}
            for kind, name in arguments
        ],
        "responses": dict.fromkeys([*map(str, problems), "default"], PROBLEM_LINK)
        | {str(about.status): success},
    }
    if about.returns:
        schema = add_schema(about.returns, "serialization", schemas)
        success["content"] = {"application/json": {"schema": schema}}
    if about.query:
        query = about.query.model_json_schema(ref_template=SCHEMA)
        schemas.update(query.get("$defs", {}))
        described["parameters"] += [
            {"name": name, "in": "query", "required": name in query.get("required", ()), "schema": schema}
            for name, schema in query["properties"].items()
        ]
    for kind, model in ("json", about.json), ("x-www-form-urlencoded", about.form):
        if model:
            content = {"schema": add_schema(model, "validation", schemas)}
            described["requestBody"] = {"required": True, "content": {f"application/{kind}": content}}
    return described


def add_schema(model: type[BaseModel], mode: JsonSchemaMode, schemas: Json) -> Json:
    """Add a model to the document's schemas, and return the link to it."""
    links, found = models_json_schema([(model, mode)], ref_template=SCHEMA)
    schemas.update(found["$defs"])
    return links[model, mode]
