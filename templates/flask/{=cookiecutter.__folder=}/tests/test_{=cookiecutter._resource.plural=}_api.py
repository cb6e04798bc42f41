#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | map(attribute="name") | list
"""The API of {= resource.label_plural =}."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
{! if resource.unique_fields !}
from {= package =}.{= resource.plural =} import service
{! endif !}

from .browser import Browser
from .examples import {= resource.constant =}, {= resource.prefix =}INVALID, LEAST_{= resource.constant =}, OTHER_{= resource.constant =}, nth_{= resource.name =}

URL = "/api/{= resource.url =}"
#% if resource.references

pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def test_adds_an_entry(api: FlaskClient) -> None:
    response = api.post(URL, json={= resource.constant =})
    shown = response.get_json()

    assert response.status_code == 201
    assert response.location == f"{URL}/{shown['id']}"
#% if resource.references
    assert list(shown) == ["id", "owner", {! for field in resource.fields !}"{= field.name =}", {! if field.type == "ref" !}"{= field.reference.name =}", {! endif !}{! endfor !}"created_at", "updated_at"]
#% else
    assert list(shown) == ["id", "owner", *{= resource.constant =}, "created_at", "updated_at"]
#% endif
    assert shown.items() >= {**{= resource.constant =}, "owner": "ada"}.items()
    assert shown["created_at"].endswith("Z")
    assert shown["updated_at"] >= shown["created_at"]
    assert api.get(response.location).get_json() == shown


def test_reads_an_entry(client: FlaskClient, {= resource.name =}: {= resource.class_name =}) -> None:
    headers = {"Authorization": "Bearer nonsense"}  # which reading does not mind
    response = client.get(f"{URL}/{{= resource.name =}.id}", headers=headers)

    assert response.status_code == 200
    assert response.get_json().items() >= {= resource.constant =}.items()


def test_replaces_an_entry(api: FlaskClient, {= resource.name =}: {= resource.class_name =}) -> None:
    url = f"{URL}/{{= resource.name =}.id}"
    before = api.get(url).get_json()
    response = api.put(url, json=OTHER_{= resource.constant =})

    assert response.status_code == 200
    assert response.get_json().items() >= OTHER_{= resource.constant =}.items()
    assert response.get_json()["created_at"] == before["created_at"]
    assert response.get_json()["updated_at"] > before["updated_at"]
    assert api.get(url).get_json() == response.get_json()


def test_replaces_every_value(api: FlaskClient, {= resource.name =}: {= resource.class_name =}) -> None:
    after = api.put(f"{URL}/{{= resource.name =}.id}", json=LEAST_{= resource.constant =}).get_json()

    for name in {= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys():
        assert after[name] in (None, False)


def test_deletes_an_entry(api: FlaskClient, {= resource.name =}: {= resource.class_name =}) -> None:
    response = api.delete(f"{URL}/{{= resource.name =}.id}")

    assert (response.status_code, response.data) == (204, b"")
    assert api.get(URL).get_json()["total"] == 0


def test_lists_newest_first(api: FlaskClient) -> None:
    ids = [api.post(URL, json=nth_{= resource.name =}(n)).get_json()["id"] for n in range(3)]
    first, second, third = (
        api.get(f"{URL}?page_size=2&page={page}").get_json() for page in (1, 2, 3)
    )

    assert [entry["id"] for entry in first.pop("items")] == [ids[2], ids[1]]
    assert first == {"page": 1, "page_size": 2, "total": 3, "pages": 2}
    assert [entry["id"] for entry in second["items"]] == [ids[0]]
    assert third["items"] == []


{! if is_text !}
@pytest.mark.usefixtures("{= resource.name =}")
@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (str({= resource.constant =}["{= resource.title_field =}"]).upper(), 1),
        (f" {str({= resource.constant =}['{= resource.title_field =}']).lower()} ", 1),
        ("", 1),
        ("%_%", 0),
        ("no such text", 0),
    ],
)
def test_searches(client: FlaskClient, wanted: str, total: int) -> None:
    response = client.get(URL, query_string={"q": wanted})

    assert response.get_json()["total"] == total


{! endif !}
@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=1000001", "page_size=101", "q=%00"]
)
def test_refuses_bad_paging(client: FlaskClient, query: str) -> None:
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize(("field", "value"), {= resource.prefix =}INVALID)
def test_refuses_a_bad_value(api: FlaskClient, field: str, value: object) -> None:
    response = api.post(URL, json={= resource.constant =} | {field: value})

    assert response.status_code == 422
    assert [error["field"] for error in response.get_json()["errors"]] == [field]
    assert api.get(URL).get_json()["total"] == 0


{! if required !}
def test_requires_what_is_not_optional(api: FlaskClient) -> None:
    response = api.post(URL, json={})

    assert response.status_code == 422
    assert {e["field"] for e in response.get_json()["errors"]} == LEAST_{= resource.constant =}.keys()


{! endif !}
@pytest.mark.parametrize("field", ["id", "owner", "created_at", "titel"])
def test_refuses_unknown_fields(api: FlaskClient, field: str) -> None:
    response = api.post(URL, json={= resource.constant =} | {field: 1})

    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == field


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_refuses_a_body_that_is_no_json(api: FlaskClient, body: bytes) -> None:
    response = api.post(URL, data=body, content_type="application/json")

    assert response.status_code == 422
    assert response.get_json()["errors"][0]["field"] == "body"


{! if resource.unique_fields !}
@pytest.mark.parametrize("field", {= resource.unique_fields | tojson =})
def test_a_taken_value_is_409(api: FlaskClient, field: str) -> None:
    first = api.post(URL, json=nth_{= resource.name =}(1)).get_json()
    second = api.post(URL, json=nth_{= resource.name =}(2)).get_json()
    values = nth_{= resource.name =}(3) | {field: first[field]}
    responses = (
        api.post(URL, json=values),
        api.put(f"{URL}/{second['id']}", json=values),
    )

    for response in responses:
        assert response.status_code == 409
        assert response.get_json()["detail"] == f"The value of {field} is taken."
    assert api.get(f"{URL}/{second['id']}").get_json() == second
    assert api.put(f"{URL}/{first['id']}", json=nth_{= resource.name =}(1)).status_code == 200


def test_a_value_taken_at_the_same_moment_is_409(
    api: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "check_unique", lambda *_: None)
    api.post(URL, json={= resource.constant =})
    response = api.post(URL, json={= resource.constant =})

    assert response.status_code == 409
    assert response.content_type == "application/problem+json"
    assert api.get(URL).get_json()["total"] == 1


{! endif !}
def test_only_the_owner_changes(stranger_api: FlaskClient, {= resource.name =}: {= resource.class_name =}) -> None:
    url = f"{URL}/{{= resource.name =}.id}"
    before = stranger_api.get(url).get_json()

    for response in (
        stranger_api.put(url, json=OTHER_{= resource.constant =}),
        stranger_api.delete(url),
    ):
        assert response.status_code == 403
        assert response.content_type == "application/problem+json"
        assert response.get_json()["detail"].startswith("Only its owner may")
    assert stranger_api.get(url).get_json() == before


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nonsense", "Basic YWRhOmFkYQ=="]
)
def test_writing_needs_a_token(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, authorization: str
) -> None:
    url, headers = f"{URL}/{{= resource.name =}.id}", {"Authorization": authorization}
    for response in (
        browser.post(URL, json=OTHER_{= resource.constant =}, headers=headers),
        browser.put(url, json=OTHER_{= resource.constant =}, headers=headers),
        browser.delete(url, headers=headers),
    ):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert response.content_type == "application/problem+json"
    assert browser.get(url).get_json().items() >= {= resource.constant =}.items()


@pytest.mark.parametrize("id", ["0", "-1", "1.0", "x", "2147483648", "9" * 20])
def test_what_is_gone_is_404(api: FlaskClient, id: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        response = api.open(f"{URL}/{id}", method=method, json={= resource.constant =})

        assert response.status_code == 404
        assert response.content_type == "application/problem+json"


def test_what_goes_meanwhile_is_404(
    api: FlaskClient, session: Session, {= resource.name =}: {= resource.class_name =}
) -> None:
    url = f"{URL}/{{= resource.name =}.id}"

    def delete_first(*_arguments: object) -> None:
        session.delete({= resource.name =})
        session.commit()

    sa.event.listen(Session, "before_flush", delete_first, once=True)
    response = api.put(url, json=OTHER_{= resource.constant =})

    assert response.status_code == 404
    assert api.get(url).status_code == 404


def test_lists_take_a_constant_number_of_queries(
    app: Flask, client: FlaskClient, session: Session, user: User
) -> None:
    engine, statements = app.extensions["engine"], []

    def note(*arguments: object) -> None:
        statements.append(arguments[2])

    def count() -> int:
        statements.clear()
        assert client.get(URL).status_code == 200
        return len(statements)

    sa.event.listen(engine, "before_cursor_execute", note)
    empty = count()
    for n in range(5):
        session.add({= resource.class_name =}(owner=user, **{= resource.class_name =}In.model_validate(nth_{= resource.name =}(n)).model_dump()))
    session.commit()
    full = count()
    sa.event.remove(engine, "before_cursor_execute", note)

    assert full == empty
