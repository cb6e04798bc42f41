#% set resource = cookiecutter._resource
"""The start page and the documentation."""

from flask.testing import FlaskClient

from {= cookiecutter.__package =}.api import endpoints


def test_home_says_what_the_project_is(client: FlaskClient) -> None:
    page = client.get("/")

    assert client.application.config["DESCRIPTION"] in page.get_data(as_text=True)
    assert 'href="/{= resource.url =}"' in page.text
    assert 'href="/api/docs"' in page.text


def test_the_documentation_is_complete(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    operations = [
        operation for path in document["paths"].values() for operation in path.values()
    ]

    assert document["openapi"].startswith("3.1")
    assert len(operations) == len(endpoints)
    assert all(operation["responses"] for operation in operations)


def test_the_documentation_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api/docs").text

    assert "://" not in page
    for path in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert f"/api/docs/assets/{path}" in page
        with client.get(f"/api/docs/assets/{path}") as response:
            assert response.status_code == 200
