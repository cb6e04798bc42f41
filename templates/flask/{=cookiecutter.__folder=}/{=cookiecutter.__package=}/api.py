#% set package = cookiecutter.__package
"""What the API's views share: reading, replying, and describing it in OpenAPI."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, render_template, request
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from {= package =}.errors import PROBLEM, Invalid, Problem
from {= package =}.forms import form_errors

# The static files are Swagger UI's, from the package that carries them.
bp = Blueprint(
    "openapi",
    "flask_swagger_ui",
    url_prefix="/api",
    static_folder="dist",
    static_url_path="/docs/assets",
)

Json = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)
View = TypeVar("View", bound=Callable[..., Any])

PARAMETER = re.compile(r"<(?:(\w+)(?:\(.*?\))?:)?(\w+)>")  # <int:book_id>, or <name>
TYPES = {"int": "integer", "float": "number"}
SCHEMA = "#/components/schemas/{model}"
TOKEN = {
    "type": "oauth2",
    "flows": {"password": {"tokenUrl": "/api/token", "scopes": {}}},
}


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


@dataclass(frozen=True, kw_only=True)
class Describe:
    """Decorate a view with what its route does not tell; the view stays as it is."""

    query: type[BaseModel] | None = None
    json: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    returns: type[BaseModel] | None = None
    status: int = 200

    def __call__(self, view: View) -> View:
        vars(view)["described"] = self
        return view


@bp.get("/docs")
def show_docs() -> str:
    return render_template("docs.html")


@bp.get("/openapi.json")
def show_document() -> Json:
    """Describe the API: every view that has a `Describe`."""
    schemas: Json = {}
    problem = {PROBLEM: {"schema": add_schema(schemas, Problem, "serialization")}}
    paths: Json = {}
    for rule in current_app.url_map.iter_rules():
        whole = current_app.view_functions[rule.endpoint]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            # A MethodView has a function of its own for each method.
            view = getattr(getattr(whole, "view_class", None), method.lower(), whole)
            if hasattr(view, "described"):
                operation = describe(view, rule, schemas)
                operation["operationId"] = f"{rule.endpoint}.{method}"
                if hasattr(whole, "needs_token"):
                    operation["security"] = [{"token": []}]
                path = paths.setdefault(PARAMETER.sub(r"{\2}", rule.rule), {})
                path[method.lower()] = operation
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


def describe(view: Any, rule: Rule, schemas: Json) -> Json:
    """Describe what a view takes and returns."""
    about: Describe = view.described
    success: Json = {"description": "Success"}
    problem = {"$ref": "#/components/responses/Problem"}
    parameters = [
        (name, "path", True, {"type": TYPES.get(kind, "string")})
        for kind, name in PARAMETER.findall(rule.rule)
    ]
    operation: Json = {
        "summary": view.__doc__ or view.__name__,
        "responses": {str(about.status): success, "default": problem},
    }
    if about.query:
        query = about.query.model_json_schema(ref_template=SCHEMA)
        schemas |= query.get("$defs", {})
        parameters += [
            (name, "query", name in query.get("required", ()), schema)
            for name, schema in query["properties"].items()
        ]
    if about.returns:
        link = add_schema(schemas, about.returns, "serialization")
        success["content"] = {"application/json": {"schema": link}}
    if body := about.json or about.form:
        kind = "application/json" if about.json else "application/x-www-form-urlencoded"
        content = {kind: {"schema": add_schema(schemas, body, "validation")}}
        operation["requestBody"] = {"required": True, "content": content}
    operation["parameters"] = [
        {"name": name, "in": place, "required": required, "schema": schema}
        for name, place, required, schema in parameters
    ]
    return operation


def add_schema(schemas: Json, model: type[BaseModel], mode: JsonSchemaMode) -> Json:
    """Add a model to the schemas of the document, and return a link to it."""
    links, found = models_json_schema([(model, mode)], ref_template=SCHEMA)
    schemas |= found["$defs"]
    return links[model, mode]
