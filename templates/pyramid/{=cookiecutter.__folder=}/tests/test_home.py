#% set resource = cookiecutter._resource
"""The start page and the health check."""

from pathlib import Path

import pytest
from webtest import TestApp

from {= cookiecutter.__package =} import main
from tests.conftest import make_client, make_settings


def test_the_start_page_leads_on(client: TestApp) -> None:
    """The start page links to the {= resource.label_plural =} and the API."""
    page = client.get("/")

    assert page.click("See the {= resource.label_plural =}").status_code == 200
    assert page.click("Explore the API").status_code == 200
    assert client.head("/").body == b""


@pytest.mark.parametrize("name", ["style.css", "icon.svg"])
def test_files_are_served(client: TestApp, name: str) -> None:
    """The stylesheet and the icon come from here."""
    assert client.get(f"/static/{name}").status_code == 200


def test_health_asks_the_database(client: TestApp) -> None:
    """200 while the database answers."""
    response = client.get("/health")

    assert response.json == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


def test_health_tells_that_the_database_is_gone(tmp_path: Path) -> None:
    """503 when the database does not answer."""
    url = f"sqlite:///{tmp_path}/no/such/folder.sqlite3"
    client = make_client(main({}, make_settings(database_url=url)))
    response = client.get("/health", status=503)

    assert response.json == {"status": "unavailable"}
    assert "no-store" in response.headers["Cache-Control"]
    client.get("/{= resource.url =}", status=500)
