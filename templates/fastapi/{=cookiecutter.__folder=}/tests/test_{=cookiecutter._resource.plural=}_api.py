#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}: entries, lists, and what is refused."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from {= package =}.base import utc_now
from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from tests.examples import (
    {= resource.constant =},
    {= resource.prefix =}INVALID,
    LEAST_{= resource.constant =},
    OTHER_{= resource.constant =},
    nth_{= resource.name =},
)

URL = "/api/{= resource.url =}"
JSON = {"Content-Type": "application/json"}
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def test_adds_an_entry(api: TestClient) -> None:
    """POST answers 201 with the entry and its address."""
    response = api.post(URL, json={= resource.constant =})

    assert response.status_code == 201
    added = response.json()
#% if resource.references
    assert list(added) == ["id", "owner", {! for field in resource.fields !}"{= field.name =}", {! if field.type == "ref" !}"{= field.reference.name =}", {! endif !}{! endfor !}"created_at", "updated_at"]
#% else
    assert list(added) == ["id", "owner", *{= resource.constant =}, "created_at", "updated_at"]
#% endif
    assert {field: added[field] for field in {= resource.constant =}} == {= resource.constant =}
    assert added["owner"] == "ada"
    assert added["created_at"].endswith("Z")
    assert added["created_at"] <= added["updated_at"]
    assert response.headers["location"] == f"{URL}/{added['id']}"


def test_reads_an_entry(api: TestClient, client: TestClient) -> None:
    """GET answers with what POST did, to everybody."""
    added = api.post(URL, json={= resource.constant =}).json()

    assert client.get(f"{URL}/{added['id']}").json() == added


def test_replaces_an_entry(api: TestClient) -> None:
    """PUT replaces every value and moves the time of the change."""
    before = api.post(URL, json={= resource.constant =}).json()

    after = api.put(f"{URL}/{before['id']}", json=OTHER_{= resource.constant =}).json()

    assert {field: after[field] for field in {= resource.constant =}} == OTHER_{= resource.constant =}
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]
    assert api.get(f"{URL}/{before['id']}").json() == after


def test_deletes_an_entry(api: TestClient, {= resource.name =}: {= resource.class_name =}) -> None:
    """DELETE answers 204, and then there is nothing."""
    response = api.delete(f"{URL}/{{= resource.name =}.id}")

    assert response.status_code == 204
    assert response.content == b""
    assert api.get(f"{URL}/{{= resource.name =}.id}").status_code == 404


def test_lists_newest_first(api: TestClient) -> None:
    """The list says which page it is, and of how many."""
    ids = [api.post(URL, json=nth_{= resource.name =}(n)).json()["id"] for n in range(5)]

    first = api.get(URL, params={"page_size": 2}).json()
    last = api.get(URL, params={"page_size": 2, "page": 3}).json()

    assert [found["id"] for found in first["items"]] == ids[:-3:-1]
    assert [found["id"] for found in last["items"]] == ids[:1]
    assert (first["total"], first["pages"], last["page"]) == (5, 3, 3)
    assert api.get(URL, params={"page": 9}).json()["items"] == []
{! if resource.title_kind in ("str", "text") !}


def test_searches(api: TestClient) -> None:
    """`q` ignores case and surrounding space, and has no wildcards."""
    unusual = {**{= resource.constant =}, "{= resource.title_field =}": "100% of a_b"}
    added = api.post(URL, json=unusual).json()
    api.post(URL, json=OTHER_{= resource.constant =})

    found = api.get(URL, params={"q": " 100% OF A_B "}).json()

    assert found["items"] == [added]
    assert api.get(URL, params={"q": "100_"}).json()["total"] == 0
{! endif !}


@pytest.mark.parametrize(
    "query", ["page=0", "page=1000001", "page=x", "page_size=0", "page_size=101"]
)
def test_refuses_bad_paging(client: TestClient, query: str) -> None:
    """A page out of range is 422."""
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize(("field", "bad"), {= resource.prefix =}INVALID)
def test_refuses_a_bad_value(api: TestClient, field: str, bad: object) -> None:
    """A bad value is 422, which names the field."""
    response = api.post(URL, json={**{= resource.constant =}, field: bad})

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert api.get(URL).json()["total"] == 0


@pytest.mark.parametrize("bad", ["", " \n", "a\0b", "\ud800", 3, None])
def test_refuses_text_that_says_nothing(api: TestClient, bad: object) -> None:
    """Text is not blank, and has no character that a database cannot store."""
    content = json.dumps({**{= resource.constant =}, "{= resource.title_field =}": bad})

    assert api.post(URL, content=content, headers=JSON).status_code == 422


def test_requires_what_is_not_optional(api: TestClient) -> None:
    """What is left out becomes null, or false; the rest must be there."""
    added = api.post(URL, json=LEAST_{= resource.constant =}).json()

    left_out = {= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys()
    assert all(added[field] in (None, False) for field in left_out)
    problem = api.post(URL, json={}).json()
    assert {error["field"] for error in problem["errors"]} == LEAST_{= resource.constant =}.keys()
    assert {error["message"] for error in problem["errors"]} == {
        "This field is required."
    }


@pytest.mark.parametrize("field", ["id", "owner", "created_at", "nonsense", "\ud800"])
def test_refuses_unknown_fields(api: TestClient, field: str) -> None:
    """A typing error is not lost."""
    content = json.dumps({**{= resource.constant =}, field: "ada"})

    response = api.post(URL, content=content, headers=JSON)

    assert response.status_code == 422
    assert len(response.json()["errors"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"NaN", b'"\xff"', b"[" * 100_000, b"[]", b'"text"']
)
def test_refuses_a_body_that_is_no_json(api: TestClient, content: bytes) -> None:
    """What is no JSON object is refused, and so is any other media type."""
    response = api.post(URL, content=content, headers=JSON)

    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    other = {"Content-Type": "text/plain"}
    good = json.dumps({= resource.constant =})
    assert api.post(URL, content=good, headers=other).status_code == 422
{! if resource.unique_fields !}


@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_a_taken_value_is_409(api: TestClient, field: str) -> None:
    """A taken value is 409, which names the field, and nothing changes."""
    api.post(URL, json={= resource.constant =})
    other = api.post(URL, json=nth_{= resource.name =}(3)).json()
    data = {**nth_{= resource.name =}(7), field: {= resource.constant =}[field]}

    added = api.post(URL, json=data)
    changed = api.put(f"{URL}/{other['id']}", json=data)

    assert added.status_code == changed.status_code == 409
    assert added.json()["detail"] == f"The value of {field} is taken."
    assert api.get(f"{URL}/{other['id']}").json() == other
    assert api.get(URL).json()["total"] == 2


def test_a_value_taken_at_the_same_time_is_409(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database has the last word."""
    api.post(URL, json={= resource.constant =})
    monkeypatch.setattr({= resource.plural =}_service, "check_unique", lambda *_: None)

    assert api.post(URL, json={= resource.constant =}).status_code == 409
    assert api.get(URL).json()["total"] == 1
{! if resource.fields | selectattr("unique") | selectattr("optional") | list !}


def test_nothing_is_never_taken(api: TestClient) -> None:
    """Any number of entries may leave a unique value out."""
    unset = dict.fromkeys({= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys())
    for n in range(2):
        entry = {**nth_{= resource.name =}(n), **unset}
        assert api.post(URL, json=entry).status_code == 201
#% endif
{! endif !}


def test_only_the_owner_changes(
    stranger_api: TestClient, client: TestClient, {= resource.name =}: {= resource.class_name =}
) -> None:
    """Others get 403, and nothing changes."""
    url = f"{URL}/{{= resource.name =}.id}"
    before = client.get(url).json()

    changed = stranger_api.put(url, json={= resource.constant =})
    deleted = stranger_api.delete(url)

    assert changed.status_code == deleted.status_code == 403
    assert changed.json()["detail"].startswith("Only its owner may")
    assert client.get(url).json() == before


def test_writing_needs_a_token(client: TestClient, {= resource.name =}: {= resource.class_name =}) -> None:
    """Without a token, a write is 401 and changes nothing."""
    url = f"{URL}/{{= resource.name =}.id}"
    before = client.get(URL).json()

    for response in (
        client.post(URL, json={= resource.constant =}),
        client.put(url, json={= resource.constant =}),
        client.delete(url),
    ):
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
    assert client.get(URL).json() == before


def test_what_is_gone_is_404(
    api: TestClient,
    session: Session,
    {= resource.name =}: {= resource.class_name =},
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change does not bring back what was deleted in the meantime."""
    url, now = f"{URL}/{{= resource.name =}.id}", utc_now()

    def delete_meanwhile() -> object:
        session.delete({= resource.name =})
        session.commit()
        return now

    monkeypatch.setattr({= resource.plural =}_service, "utc_now", delete_meanwhile)

    assert api.put(url, json={= resource.constant =}).status_code == 404
    assert api.get(url).status_code == 404
    assert api.put(url, json={= resource.constant =}).status_code == 404
    assert api.delete(url).status_code == 404


@pytest.mark.parametrize("id_", ["0", "-1", "1.5", "x", "2147483648", "9" * 5000])
def test_refuses_a_bad_id(client: TestClient, id_: str) -> None:
    """What is no id is 422."""
    assert client.get(f"{URL}/{id_}").status_code == 422


def test_lists_take_a_constant_number_of_queries(
    app: FastAPI, api: TestClient, stranger_api: TestClient
) -> None:
    """Owners come with their entries."""
    queries: list[str] = []

    def count_query(
        _connection: object, _cursor: object, query: str, *_: object
    ) -> None:
        queries.append(query)

    def count_queries() -> int:
        queries.clear()
        api.get(URL)
        return len(queries)

    api.post(URL, json=nth_{= resource.name =}(0))
    event.listen(app.state.engine, "before_cursor_execute", count_query)
    before = count_queries()
    for n in range(1, 5):
        (api if n % 2 else stranger_api).post(URL, json=nth_{= resource.name =}(n))

    assert count_queries() == before > 0
    event.remove(app.state.engine, "before_cursor_execute", count_query)
