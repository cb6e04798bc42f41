#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The start page, the health check and the documentation."""

from enum import Enum

import pytest
from flask import Blueprint, Flask, Response
from flask.testing import FlaskClient
from flask.views import MethodView
from markupsafe import escape
from pydantic import BaseModel

from {= package =} import create_app
from {= package =}.accounts.service import token_required
from {= package =}.api import Describe, reply
from {= package =}.settings import Settings

from .browser import Browser


def test_the_start_page_leads_on(app: Flask, visitor: Browser) -> None:
    page = visitor.get("/")

    assert str(escape(app.config["DESCRIPTION"])) in page.text
    assert 'href="/{= resource.url =}"' in page.text
    assert 'href="/api/docs"' in page.text


def test_health_asks_the_database(
    client: FlaskClient, settings: Settings, empty_database: str
) -> None:
    empty = create_app(settings.model_copy(update={"database_url": empty_database}))
    broken = empty.test_client()
    with broken.session_transaction() as cookie:
        cookie["user"] = [1, 0]
    well, ill = client.get("/health"), broken.get("/health")

    assert (well.status_code, well.json) == (200, {"status": "ok"})
    assert (ill.status_code, ill.json) == (503, {"status": "unavailable"})
    assert well.headers["Cache-Control"] == ill.headers["Cache-Control"] == "no-store"
    empty.extensions["engine"].dispose()


@pytest.mark.parametrize("path", ["/", "/{= resource.url =}", "/login", "/health", "/api/{= resource.url =}"])
def test_head_works_like_get(client: FlaskClient, path: str) -> None:
    response = client.head(path)

    assert (response.status_code, response.data) == (200, b"")


def test_the_documentation_comes_from_here(client: FlaskClient) -> None:
    page = client.get("/api/docs").text

    assert "://" not in page
    for name in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert f"/api/docs/assets/{name}" in page
        with client.get(f"/api/docs/assets/{name}") as response:
            assert response.status_code == 200


def test_the_description_of_the_api_is_true(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    schemas = document["components"]["schemas"]
    described = {
        f"{method} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }

    assert document["openapi"].startswith("3.1")
    assert described.keys() == {
        "post /api/token",
#% for each in resources
        "get /api/{= each.url =}",
        "post /api/{= each.url =}",
        "get /api/{= each.url =}/{{= each.name =}_id}",
        "put /api/{= each.url =}/{{= each.name =}_id}",
        "delete /api/{= each.url =}/{{= each.name =}_id}",
#% endfor
    }
    assert list(schemas["{= resource.class_name =}Out"]["properties"])[:2] == ["id", "owner"]
    assert schemas["{= resource.class_name =}In"]["additionalProperties"] is False
    for name, operation in described.items():
        (problem,) = operation["responses"]["default"]["content"].values()
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
        writes = not name.startswith("get ") and name != "post /api/token"
        assert ("security" in operation) == writes
    asked = described["get /api/{= resource.url =}"]["parameters"]
    assert {parameter["name"] for parameter in asked} == {"q", "page", "page_size"}


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Wish(BaseModel):
    colour: Colour
    size: int = 1


class Things(MethodView):
    decorators = [token_required]  # noqa: RUF012 -- Flask's way

    @Describe(body=Wish, returns=Wish, status=201)
    def post(self) -> Response:
        """Make a thing."""
        return reply(Wish(colour=Colour.RED), 201)

    @Describe(status=204)
    def delete(self):  # type: ignore[no-untyped-def]
        return ""

    def patch(self) -> str:
        return "not described"


def test_describes_what_comes_next(settings: Settings) -> None:
    bp = Blueprint("things_api", __name__, url_prefix="/api/things")
    bp.add_url_rule("", view_func=Things.as_view("things"))

    @bp.route("/<name>", methods=["GET", "PATCH"])
    @Describe(query=Wish)
    def show_thing(name):  # type: ignore[no-untyped-def]
        return name

    app = create_app(settings)
    app.register_blueprint(bp)
    document = app.test_client().get("/api/openapi.json").get_json()
    things, thing = (
        document["paths"][path] for path in ("/api/things", "/api/things/{name}")
    )

    assert things.keys() == {"post", "delete"}
    assert things["post"]["summary"] == "Make a thing."
    assert things["post"]["security"] == things["delete"]["security"] == [{"token": []}]
    assert "201" in things["post"]["responses"]
    assert thing.keys() == {"get", "patch"}
    name, colour, size = thing["get"]["parameters"]
    assert name["schema"] == {"type": "string"}
    assert (colour["required"], size["required"]) == (True, False)
    assert colour["schema"] == {"$ref": "#/components/schemas/Colour"}
    assert document["components"]["schemas"]["Colour"]["enum"] == ["red", "blue"]
    app.extensions["engine"].dispose()
