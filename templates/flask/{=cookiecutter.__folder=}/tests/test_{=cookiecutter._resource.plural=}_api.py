#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from {= cookiecutter.__package =}.{= resource.plural =} import service
from {= cookiecutter.__package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= cookiecutter.__package =}.database import get_session

from .examples import {= resource.constant =}, INVALID, OTHER, TITLE_FIELD, nth_{= resource.name =}


@pytest.fixture
def saved_{= resource.name =}(app: Flask) -> dict[str, Any]:
    """Add {= resource.article =} {= resource.label =}, and return it as the API shows it."""
    with app.app_context():
        service.save_{= resource.name =}(get_session(), {= resource.class_name =}In.model_validate({= resource.constant =}))
    shown: dict[str, Any] = app.test_client().get("/api/{= resource.url =}/1").get_json()
    return shown


def test_adds_{= resource.article =}_{= resource.name =}(api: FlaskClient) -> None:
    response = api.post("/api/{= resource.url =}", json={= resource.constant =})

    assert response.status_code == 201
    assert response.location == "/api/{= resource.url =}/1"
    assert api.get(response.location).json == response.json
    assert list(response.get_json()) == ["id", *{= resource.constant =}, "created_at", "updated_at"]
    assert response.get_json().items() >= {= resource.constant =}.items()
    assert response.get_json()["created_at"].endswith("Z")


def test_shows_{= resource.article =}_{= resource.name =}_to_everyone(
    client: FlaskClient, saved_{= resource.name =}: dict[str, Any]
) -> None:
    response = client.get("/api/{= resource.url =}/1", headers={"Authorization": "Bearer nonsense"})

    assert response.status_code == 200
    assert response.json == saved_{= resource.name =}


def test_replaces_{= resource.article =}_{= resource.name =}(api: FlaskClient, saved_{= resource.name =}: dict[str, Any]) -> None:
    response = api.put("/api/{= resource.url =}/1", json=OTHER)

    assert response.status_code == 200
    assert response.get_json().items() >= OTHER.items()
    assert response.get_json()["created_at"] == saved_{= resource.name =}["created_at"]
    assert response.get_json()["updated_at"] > saved_{= resource.name =}["updated_at"]


def test_deletes_{= resource.article =}_{= resource.name =}(api: FlaskClient, saved_{= resource.name =}: dict[str, Any]) -> None:
    response = api.delete("/api/{= resource.url =}/1")

    assert (response.status_code, response.data) == (204, b"")
    assert api.get("/api/{= resource.url =}/1").status_code == 404


def test_lists_{= resource.plural =}_newest_first(api: FlaskClient) -> None:
    for n in range(3):
        api.post("/api/{= resource.url =}", json=nth_{= resource.name =}(n))

    first = api.get("/api/{= resource.url =}?page_size=2").get_json()
    second = api.get("/api/{= resource.url =}?page_size=2&page=2").get_json()
    third = api.get("/api/{= resource.url =}?page_size=2&page=3").get_json()

    assert [{= resource.name =}["id"] for {= resource.name =} in first.pop("items")] == [3, 2]
    assert first == {"page": 1, "page_size": 2, "total": 3, "pages": 2}
    assert [{= resource.name =}["id"] for {= resource.name =} in second["items"]] == [1]
    assert third["items"] == []


@pytest.mark.parametrize(
    ("q", "total"),
    [
        ({= resource.constant =}[TITLE_FIELD].upper(), 1),
        (f" {{= resource.constant =}[TITLE_FIELD].lower()} ", 1),
        ("", 1),
        ("%_%", 0),
        ("no such text", 0),
    ],
)
def test_finds_{= resource.plural =}_that_contain_a_text(api: FlaskClient, q: str, total: int) -> None:
    api.post("/api/{= resource.url =}", json={= resource.constant =})

    assert api.get("/api/{= resource.url =}", query_string={"q": q}).get_json()["total"] == total


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=1000001", "page_size=101", "q=%00"]
)
def test_refuses_bad_paging(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/{= resource.url =}?{query}")

    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("field", INVALID)
def test_refuses_a_bad_value(api: FlaskClient, field: str) -> None:
    response = api.post("/api/{= resource.url =}", json={= resource.constant =} | {field: INVALID[field]})

    assert response.status_code == 422
    assert [error["field"] for error in response.get_json()["errors"]] == [field]
    assert api.get("/api/{= resource.url =}").get_json()["total"] == 0


#% if resource.unique_fields
@pytest.mark.parametrize("field", {= resource.unique_fields | tojson =})
def test_refuses_a_value_that_is_taken(api: FlaskClient, field: str) -> None:
    first = api.post("/api/{= resource.url =}", json=nth_{= resource.name =}(1)).get_json()
    second = api.post("/api/{= resource.url =}", json=nth_{= resource.name =}(2)).get_json()
    values = nth_{= resource.name =}(3) | {field: first[field]}

    for response in (
        api.post("/api/{= resource.url =}", json=values),
        api.put("/api/{= resource.url =}/2", json=values),
    ):
        assert response.status_code == 409
        assert field in response.get_json()["detail"]
    assert api.get("/api/{= resource.url =}/2").json == second
    assert api.put("/api/{= resource.url =}/1", json=nth_{= resource.name =}(1)).status_code == 200


#% endif
@pytest.mark.parametrize(
    "body", [{"id": 7}, {= resource.constant =} | {"id": 7}, {= resource.constant =} | {TITLE_FIELD: "\ud800"}]
)
def test_refuses_missing_unknown_and_broken_values(
    api: FlaskClient, body: dict[str, Any]
) -> None:
    assert api.post("/api/{= resource.url =}", json=body).status_code == 422


def test_says_when_the_body_is_no_object(api: FlaskClient) -> None:
    response = api.post(
        "/api/{= resource.url =}", json=None, data="[]", content_type="application/json"
    )

    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == "body"


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_refuses_what_is_no_json(api: FlaskClient, body: bytes) -> None:
    response = api.post("/api/{= resource.url =}", data=body, content_type="application/json")

    assert response.status_code == 400


def test_refuses_other_types_than_json(api: FlaskClient) -> None:
    assert api.post("/api/{= resource.url =}", data={= resource.constant =}).status_code == 415


def test_refuses_a_large_body(api: FlaskClient) -> None:
    body = b" " * (1024 * 1024 + 1)
    response = api.post("/api/{= resource.url =}", data=body, content_type="application/json")

    assert response.status_code == 413


@pytest.mark.parametrize(
    "id", ["0", "-1", "01", "1.0", "x", "2147483648", "99999999999999999999"]
)
def test_answers_404_for_what_is_no_id(api: FlaskClient, id: str) -> None:
    assert api.get(f"/api/{= resource.url =}/{id}").status_code == 404
    assert api.put(f"/api/{= resource.url =}/{id}", json={= resource.constant =}).status_code == 404
    assert api.delete(f"/api/{= resource.url =}/{id}").status_code == 404


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nonsense", "Basic YWRhOmFkYQ=="]
)
def test_writing_needs_a_token(
    signed_in: FlaskClient, saved_{= resource.name =}: dict[str, Any], authorization: str
) -> None:
    headers = {"Authorization": authorization}
    for response in (
        signed_in.post("/api/{= resource.url =}", json={= resource.constant =}, headers=headers),
        signed_in.put("/api/{= resource.url =}/1", json=OTHER, headers=headers),
        signed_in.delete("/api/{= resource.url =}/1", headers=headers),
    ):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert response.content_type == "application/problem+json"
    assert signed_in.get("/api/{= resource.url =}/1").json == saved_{= resource.name =}
