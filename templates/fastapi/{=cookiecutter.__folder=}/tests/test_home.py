#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The start page, the health check, and the API's description of itself."""

import re

import pytest
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.databases import NOWHERE

PAGES, API = "/{= resource.url =}", "/api/{= resource.url =}"


def test_the_start_page_leads_on(client: TestClient) -> None:
    """It links to the entries and to the API."""
    page = client.get("/").text

    assert f'href="{PAGES}"' in page
    assert 'href="/api/docs"' in page


@pytest.mark.parametrize("answers", [True, False])
def test_health_asks_the_database(
    client: TestClient,
    settings: Settings,
    empty_database: str,
    caplog: pytest.LogCaptureFixture,
    answers: bool,
) -> None:
    """200 while the database answers; 503, and a line in the log, when it does not."""
    bad = {"database_url": empty_database if answers else NOWHERE}
    with TestClient(create_app(settings.model_copy(update=bad))) as broken:
        assert "alembic upgrade head" in caplog.text
        found = [(200, "ok", client.get("/health"))]
        found.append((503, "unavailable", broken.get("http://testserver/health")))

    for status, word, response in found:
        assert response.status_code == status
        assert response.json() == {"status": word}
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", PAGES, "/login", "/static/style.css", API])
def test_head_works_like_get(client: TestClient, path: str) -> None:
    """HEAD is answered wherever GET is."""
    assert client.head(path).status_code == 200


def test_the_documentation_comes_from_here(client: TestClient) -> None:
    """The page of the API loads its scripts and styles from this server."""
    page = client.get("/api/docs").text

    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_description_of_the_api_is_true(settings: Settings) -> None:
    """Every operation says which problems it answers with."""
    with TestClient(create_app(settings), "https://testserver") as client:
        document = client.get("/api/openapi.json").json()

    paths = document["paths"]
    assert set(paths) == {"/api/token", API, API + "/{{= resource.name =}_id}"{! for other in (cookiecutter._resources | default([]))[1:] !}, "/api/{= other.url =}", "/api/{= other.url =}/{{= other.name =}_id}"{! endfor !}}
    problem = {"$ref": "#/components/schemas/Problem"}
    assert document["components"]["schemas"]["Problem"]["properties"].keys() == {
        "type",
        "title",
        "status",
        "detail",
        "errors",
    }
    for operations in paths.values():
        for operation in operations.values():
            assert "default" in operation["responses"]
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    content = response["content"]["application/problem+json"]
                    assert content["schema"] == problem
