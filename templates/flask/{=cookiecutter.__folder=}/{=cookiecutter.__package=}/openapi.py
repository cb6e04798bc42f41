"""The description of the API, and a page to try it on."""

import json
import re
from typing import Any

from flask import Blueprint, Response, current_app, render_template
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.http import HTTP_STATUS_CODES

from .api import JSON, Endpoint, endpoints
from .database import MAX_ID
from .errors import PROBLEM, Problem

bp = Blueprint("openapi", __name__, url_prefix="/api")
# Swagger UI's files, from the package that carries them.
swagger_ui = Blueprint(
    "swagger_ui",
    "flask_swagger_ui",
    static_folder="dist",
    static_url_path="/api/docs/assets",
)

ID = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
LOCATION = {"Location": {"schema": {"type": "string"}}}
TOKEN = {
    "type": "oauth2",
    "flows": {"password": {"tokenUrl": "/api/token", "scopes": {}}},
}


@bp.get("/docs")
def show_docs() -> str:
    """Show the interactive documentation."""
    return render_template("docs.html")


@bp.get("/openapi.json")
def show_description() -> Response:
    """Describe all endpoints in OpenAPI's words."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        view = current_app.view_functions[rule.endpoint]
        if (endpoint := endpoints.get(view)) and rule.methods:
            (method,) = rule.methods - {"HEAD", "OPTIONS"}
            path = paths.setdefault(re.sub(r"<id:(\w+)>", r"{\1}", rule.rule), {})
            path[method.lower()] = {
                "operationId": view.__name__,
                "summary": view.__doc__,
                **describe_request(endpoint, rule.arguments, schemas),
                "responses": describe_responses(endpoint, rule.arguments, schemas),
            }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": current_app.config["TITLE"],
            "description": current_app.config["DESCRIPTION"],
            "version": "1",
        },
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": TOKEN}},
    }
    return Response(json.dumps(document), mimetype=JSON)


def describe_request(
    endpoint: Endpoint, ids: set[str], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Describe the parameters, the body and the token that an endpoint takes."""
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": ID} for name in ids
    ]
    if endpoint.query:
        query = endpoint.query.model_json_schema()["properties"]
        parameters += [
            {"name": n, "in": "query", "schema": s} for n, s in query.items()
        ]
    described: dict[str, Any] = {"parameters": parameters}
    if endpoint.body:
        content = describe_content(endpoint.media_type, endpoint.body, schemas)
        described["requestBody"] = {"required": True, "content": content}
    if endpoint.token:
        described["security"] = [{"token": []}]
    return described


def describe_responses(
    endpoint: Endpoint, ids: set[str], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Describe the answer of an endpoint, and the problems that its request can have."""
    problems = {
        *endpoint.problems,
        *((401,) if endpoint.token else ()),
        *((404,) if ids else ()),
        *((422,) if endpoint.query else ()),
        *((400, 413, 415, 422) if endpoint.body else ()),
    }
    content = describe_content(PROBLEM, Problem, schemas)
    responses: dict[str, Any] = {
        str(status): {"description": HTTP_STATUS_CODES[status], "content": content}
        for status in sorted(problems)
    }
    responses["default"] = {"description": "Any other error", "content": content}
    success = responses[str(endpoint.status)] = {
        "description": HTTP_STATUS_CODES[endpoint.status]
    }
    if endpoint.returns:
        success["content"] = describe_content(JSON, endpoint.returns, schemas)
    if endpoint.status == 201:
        success["headers"] = LOCATION
    return responses


def describe_content(
    media_type: str, model: type[BaseModel], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Refer to a model's schema, and keep it for the document."""
    refs, definitions = models_json_schema(
        [(model, "validation")], ref_template="#/components/schemas/{model}"
    )
    schemas.update(definitions["$defs"])
    return {media_type: {"schema": refs[model, "validation"]}}
