#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The start page, the health check and the description of the API."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from tests.examples import {= resource.constant =}


def test_the_start_page_leads_on(client: Client) -> None:
    html = client.get("/").content.decode()

    assert 'href="/{= resource.url =}"' in html
    assert 'href="/api/docs"' in html


def test_health_asks_the_database(client: Client) -> None:
    well = client.get("/health")
    with patch.object({= resource.class_name =}.objects, "exists", side_effect=DatabaseError):
        ill = client.get("/health")

    assert (well.status_code, well.json()) == (200, {"status": "ok"})
    assert (ill.status_code, ill.json()) == (503, {"status": "unavailable"})
    assert "no-store" in well["Cache-Control"]
    assert "no-store" in ill["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/{= resource.url =}", "/login", "/health", "/api/docs"])
def test_head_works_like_get(client: Client, path: str) -> None:
    response = client.head(path)

    assert response.status_code == 200
    assert not response.content


def test_the_documentation_comes_from_here(client: Client) -> None:
    html = client.get("/api/docs").content.decode()

    assert 'src="/static/ninja/swagger-ui-bundle.js"' in html
    assert 'src="http' not in html
    assert client.head("/static/ninja/swagger-ui-bundle.js").status_code == 200


def test_the_description_of_the_api_is_true(client: Client) -> None:
    document: dict[str, Any] = client.get("/api/openapi.json").json()
    operation = document["paths"]["/api/{= resource.url =}"]["post"]
    entry = document["components"]["schemas"]["{= resource.class_name =}In"]

    assert operation["security"] == [{"Bearer": []}]
    assert set(operation["responses"]) == {"201", "default"}
    problem = operation["responses"]["default"]["content"]["application/problem+json"]
    assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert list(entry["properties"]) == list({= resource.constant =})
    assert entry["additionalProperties"] is False
#% if resource.title_kind == "str"
    assert entry["properties"]["{= resource.title_field =}"]["maxLength"] == 200
#% endif
