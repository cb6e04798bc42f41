#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""The start page, the health check and the description of the API."""

import logging
from collections.abc import Callable

import pytest
from pyramid.router import Router
from webtest import TestApp

from {= package =} import DESCRIPTION
from tests.browser import Browser
from tests.databases import NOWHERE


def test_the_start_page_leads_on(visitor: Browser) -> None:
    page = visitor.get("/")

    assert page.html.find(class_="lead").text == DESCRIPTION
    assert (
        page.html.find("meta", attrs={"name": "description"})["content"] == DESCRIPTION
    )
    assert page.click(href="^/{= resource.url =}$", index=0).status_code == 200
    assert page.click(href="^/api/docs$", index=0).status_code == 200


def test_head_works_like_get(visitor: Browser) -> None:
    for path in ("/", "/{= resource.url =}", "/login", "/api/{= resource.url =}"):
        assert visitor.head(path).body == b""


@pytest.mark.parametrize(
    ("debug", "expected"), [("true", "no-store"), ("false", "max-age=3600")]
)
def test_files_are_kept_in_production_only(
    make_app: Callable[..., Router], debug: str, expected: str
) -> None:
    client = TestApp(make_app(debug=debug))

    for name in ("style.css", "icon.svg"):
        response = client.get(f"/static/{name}", headers={"Host": "localhost"})
        assert expected in response.headers["Cache-Control"]


def test_health_asks_the_database(client: TestApp) -> None:
    response = client.get("/health")

    assert response.json == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("answers", "hint"), [(False, "DATABASE_URL"), (True, "alembic upgrade head")]
)
def test_says_what_to_do_without_a_database(
    make_app: Callable[..., Router],
    empty_database: str,
    caplog: pytest.LogCaptureFixture,
    answers: bool,
    hint: str,
) -> None:
    """Pages are 500 without a traceback in the log, and the health check is 503."""
    app = make_app(database_url=empty_database if answers else NOWHERE)
    client = TestApp(app, extra_environ={"HTTP_HOST": "localhost"})
    response = client.get("/health", status=503)
    with caplog.at_level(logging.ERROR):
        page = client.get("/{= resource.url =}", status=500)

    assert response.json == {"status": "unavailable"}
    assert "no-store" in response.headers["Cache-Control"]
    assert "Something went wrong here." in page
    assert hint in caplog.text
    assert "Traceback" not in caplog.text


def test_the_documentation_comes_from_here(client: TestApp) -> None:
    page = client.get("/api/docs")

    assert page.html.find(id="main")["data-url"] == "/api/openapi.json"
    for script in page.html.find_all("script"):
        assert client.get(script["src"]).status_code == 200


def test_the_description_of_the_api_is_true(client: TestApp) -> None:
    """It has every operation, and the schemas that these name."""
    document = client.get("/api/openapi.json").json
    paths = document["paths"]
    one = paths["/api/{= resource.url =}/{id}"]

    assert {"/api/token"{! for each in resources !}, "/api/{= each.url =}"{! endfor !}} <= set(paths)
    assert set(paths["/api/{= resource.url =}"]) == {"get", "post"}
    assert set(one) == {"get", "put", "delete"}
    assert one["put"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/{= resource.class_name =}In"
    }
    assert one["put"]["security"]
    assert "security" not in one["get"]
    assert one["get"]["parameters"][0]["schema"] == {"type": "integer"}
    assert one["delete"]["responses"]["204"] == {"description": "No Content"}
    for name in ("{= resource.class_name =}In", "{= resource.class_name =}Out", "Problem", "Token"):
        assert name in document["components"]["schemas"]


def test_describes_views_of_any_kind(client: TestApp) -> None:
    """View classes, several methods, strings, enumerations, no annotations."""
    document = client.get("/api/openapi.json").json
    author = document["paths"]["/api/learner/authors/{name}"]
    colours = document["paths"]["/api/learner/colours"]["get"]
    plain = document["paths"]["/api/learner/plain"]["get"]

    assert set(author) == {"get", "put", "patch"}
    assert author["put"]["operationId"] != author["patch"]["operationId"]
    assert author["get"]["parameters"][0]["schema"] == {"type": "string"}
    assert [p["required"] for p in colours["parameters"]] == [True, False]
    assert document["components"]["schemas"]["Colour"]["enum"] == ["red", "blue"]
    assert "application/json" in plain["responses"]["200"]["content"]
    assert not {"/", "/api/docs", "/api/openapi.json"} & set(document["paths"])


def test_checks_what_views_take_and_return(client: TestApp) -> None:
    assert client.get("/api/learner/colours?colour=red").json == {"colour": "red"}
    client.get("/api/learner/colours?colour=green", status=422)
    wish = {"colour": "blue", "size": 2}
    assert client.put_json("/api/learner/authors/bob", wish).json == [wish]
    client.get("/api/learner/wrong", status=500)
