#% set package = cookiecutter.__package
"""What the API's views share: reading, replying, and describing it in OpenAPI."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, render_template
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from {= package =}.errors import PROBLEM, Invalid, Problem
from {= package =}.values import error_messages

# Its static files are Swagger UI's, from the package that carries them.
bp = Blueprint("openapi", "flask_swagger_ui", "dist", "/docs/assets", url_prefix="/api")

Json = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)
View = TypeVar("View", bound=Callable[..., Any])

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PARAMETER = re.compile(r"<(?:(\w+)(?:\(.*?\))?:)?(\w+)>")  # <int:book_id>, or <name>
SCHEMA = "#/components/schemas/{model}"
FLOW = {"tokenUrl": "/api/token", "scopes": {}}
TOKEN = {"type": "oauth2", "flows": {"password": FLOW}}


def read(model: type[Model], sent: bytes | Mapping[str, str]) -> Model:
    """Return a body of JSON, or the values of a query or form, or answer 422."""
    try:
        if isinstance(sent, bytes):
            return model.model_validate_json(sent)
        return model.model_validate(dict(sent))
    except ValidationError as error:
        raise Invalid(error_messages(error)) from None


def reply(data: BaseModel, status: int = 200) -> Response:
    return Response(data.model_dump_json(), status, mimetype=JSON)


@dataclass(frozen=True, kw_only=True)
class Describe:
    """Decorate a view with what its route does not tell; the view stays as it is."""

    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    media: str = JSON
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
    return {
        "openapi": "3.1.0",
        "info": {"title": current_app.config["TITLE"], "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": TOKEN}},
    }


def describe(view: Any, rule: Rule, schemas: Json) -> Json:
    """Describe what a view takes and returns."""
    about: Describe = view.described
    problem = content(schemas, Problem, "serialization", PROBLEM)
    success: Json = {"description": "Success"}
    operation: Json = {
        "summary": view.__doc__ or view.__name__,
        "responses": {
            str(about.status): success,
            "default": {"description": "A problem", "content": problem},
        },
    }
    if about.returns:
        success["content"] = content(schemas, about.returns, "serialization")
    if about.body:
        body = content(schemas, about.body, "validation", about.media)
        operation["requestBody"] = {"required": True, "content": body}
    parameters = [
        (name, "path", True, {"type": "integer" if kind == "int" else "string"})
        for kind, name in PARAMETER.findall(rule.rule)
    ]
    if about.query:
        query = about.query.model_json_schema(ref_template=SCHEMA)
        schemas |= query.get("$defs", {})
        parameters += [
            (name, "query", name in query.get("required", ()), schema)
            for name, schema in query["properties"].items()
        ]
    operation["parameters"] = [
        {"name": name, "in": place, "required": required, "schema": schema}
        for name, place, required, schema in parameters
    ]
    return operation


def content(
    schemas: Json, model: type[BaseModel], mode: JsonSchemaMode, media: str = JSON
) -> Json:
    """Describe a body; its model becomes one of the document's schemas."""
    links, found = models_json_schema([(model, mode)], ref_template=SCHEMA)
    schemas |= found["$defs"]
    return {media: {"schema": links[model, mode]}}
