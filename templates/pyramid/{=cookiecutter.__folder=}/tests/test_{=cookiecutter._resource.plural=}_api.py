#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
"""The API of {= resource.label_plural =}."""

from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import delete, event
from sqlalchemy.orm import Session
from webtest import TestApp

from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
from tests.examples import (
    {= resource.constant =},
    {= resource.prefix =}INVALID,
    LEAST_{= resource.constant =},
    OTHER_{= resource.constant =},
    nth_{= resource.name =},
)

URL = "/api/{= resource.url =}"
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def test_adds_an_entry(api: TestApp) -> None:
    """POST answers 201 with the entry and its address."""
    response = api.post_json(URL, {= resource.constant =}, status=201)
    entry = response.json

    assert response.location.endswith(f"{URL}/{entry['id']}")
#% if resource.references
    assert list(entry) == ["id", "owner", {! for field in resource.fields !}"{= field.name =}", {! if field.type == "ref" !}"{= field.reference.name =}", {! endif !}{! endfor !}"created_at", "updated_at"]
#% else
    assert list(entry) == ["id", "owner", *{= resource.constant =}, "created_at", "updated_at"]
#% endif
    assert entry["owner"] == "ada"
    assert {name: entry[name] for name in {= resource.constant =}} == {= resource.constant =}
    assert entry["created_at"].endswith("Z")
    assert entry["created_at"] <= entry["updated_at"]


def test_reads_an_entry(client: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    """GET is public, and a bad token does no harm."""
    entry = client.get(f"{URL}/{{= resource.name =}.id}").json

    assert {name: entry[name] for name in {= resource.constant =}} == {= resource.constant =}
    headers = {"Authorization": "Bearer x"}
    assert client.get(f"{URL}/{{= resource.name =}.id}", headers=headers).json == entry


def test_replaces_an_entry(api: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    """PUT replaces every field, so what is left out is empty afterwards."""
    url = f"{URL}/{{= resource.name =}.id}"
    before = api.get(url).json
    changed = api.put_json(url, OTHER_{= resource.constant =}).json
    least = api.put_json(url, LEAST_{= resource.constant =}).json

    assert {name: changed[name] for name in OTHER_{= resource.constant =}} == OTHER_{= resource.constant =}
    assert changed["created_at"] == before["created_at"]
    assert changed["updated_at"] > before["updated_at"]
    assert not any(least[name] for name in {= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys())
    assert api.get(url).json == least


def test_deletes_an_entry(api: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    url = f"{URL}/{{= resource.name =}.id}"

    assert api.delete(url, status=204).body == b""
    api.get(url, status=404)


def test_lists_newest_first(api: TestApp) -> None:
    """A list has pages, of which those past the end are empty."""
    ids = [api.post_json(URL, nth_{= resource.name =}(n)).json["id"] for n in range(3)]
    first = api.get(f"{URL}?page_size=2&no_such_parameter=1").json

    assert [entry["id"] for entry in first["items"]] == [ids[2], ids[1]]
    assert (first["page"], first["page_size"]) == (1, 2)
    assert (first["total"], first["pages"]) == (3, 2)
    assert api.get(f"{URL}?page=3&page_size=2").json["items"] == []
{! if is_text !}


def test_searches(client: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    """`q` ignores case and takes % as it is."""
    text = {= resource.name =}.{= resource.title_field =}.upper()

    assert client.get(URL, {"q": f" {text} "}).json["total"] == 1
    assert client.get(URL, {"q": "100%"}).json["total"] == 0
{! endif !}


@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=101", "q=%00"])
def test_refuses_bad_paging(client: TestApp, query: str) -> None:
    problem = client.get(f"{URL}?{query}", status=422).json

    assert [fault["field"] for fault in problem["errors"]] == [query.split("=")[0]]


@pytest.mark.parametrize(
    ("field", "value"),
#% if is_text
    [
        *{= resource.prefix =}INVALID,
        ("{= resource.title_field =}", "a\0b"),
        ("{= resource.title_field =}", " \t"),
    ],
#% else
    {= resource.prefix =}INVALID,
#% endif
)
def test_refuses_a_bad_value(api: TestApp, field: str, value: object) -> None:
    """The field is named, and nothing is saved."""
    problem = api.post_json(URL, {**{= resource.constant =}, field: value}, status=422).json

    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert api.get(URL).json["total"] == 0


@pytest.mark.parametrize("field", {= resource.constant =})
def test_requires_what_is_not_optional(api: TestApp, field: str) -> None:
    """A field that is left out is 422, null, or false."""
    values = {name: value for name, value in {= resource.constant =}.items() if name != field}
    response = api.post_json(URL, values, status="*")

    if field in LEAST_{= resource.constant =}:
        assert response.status_code == 422
        assert response.json["errors"] == [
            {"field": field, "message": "This field is required."}
        ]
    else:
        assert not response.json[field]


@pytest.mark.parametrize("field", ["id", "owner", "created_at", "no_such_field"])
def test_refuses_unknown_fields(api: TestApp, field: str) -> None:
    problem = api.post_json(URL, {**{= resource.constant =}, field: 1}, status=422).json

    assert [fault["field"] for fault in problem["errors"]] == [field]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b'{"{= resource.title_field =}": NaN}', b"[" * 99999]
)
def test_refuses_a_body_that_is_no_json(api: TestApp, body: bytes) -> None:
    problem = api.post(URL, body, content_type="application/json", status=422).json

    assert problem["errors"]
#% if resource.unique_fields


@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_a_taken_value_is_409(api: TestApp, field: str) -> None:
    """The field is named, also where others are null; nothing changes."""
    first, second = nth_{= resource.name =}(0), nth_{= resource.name =}(1)
    api.post_json(URL, first)
    url = f"{URL}/{api.post_json(URL, second).json['id']}"
    before = api.get(url).json
    least = {name: second[name] for name in LEAST_{= resource.constant =}}

    for problem in (
        api.post_json(URL, {**nth_{= resource.name =}(2), field: first[field]}, status=409).json,
        api.put_json(url, {**second, field: first[field]}, status=409).json,
        api.put_json(url, {**least, field: first[field]}, status=409).json,
    ):
        assert f" {field} " in problem["detail"]
    assert api.get(URL).json["total"] == 2
    assert api.get(url).json == before
    api.put_json(url, second)
{! endif !}


def test_only_the_owner_changes(stranger_api: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    url = f"{URL}/{{= resource.name =}.id}"
    before = stranger_api.get(url).json
    detail = "Only its owner may change or delete this {= resource.label =}."

    assert stranger_api.put_json(url, {}, status=403).json["detail"] == detail
    assert stranger_api.delete(url, status=403).json["detail"] == detail
    assert stranger_api.get(url).json == before


def test_writing_needs_a_token(client: TestApp, {= resource.name =}: {= resource.class_name =}) -> None:
    url = f"{URL}/{{= resource.name =}.id}"

    for response in (
        client.post_json(URL, {= resource.constant =}, status=401),
        client.put_json(url, {= resource.constant =}, status=401),
        client.delete(url, status=401),
    ):
        assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "id", ["0", "999999999", "99999999999", "-1", "x", "1.0", "%C2%B2"]
)
def test_what_is_gone_is_404(client: TestApp, id: str) -> None:
    response = client.get(f"{URL}/{id}", status=404)

    assert response.content_type == "application/problem+json"
    assert response.json["detail"] == "There is nothing at this address."


def test_what_goes_meanwhile_is_404(
    api: TestApp,
    {= resource.name =}: {= resource.class_name =},
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A PUT that a DELETE overtakes is 404, and does not bring the entry back."""
    id = {= resource.name =}.id

    def delete_and_save(*values: Any) -> None:
        session.execute(delete({= resource.class_name =}))
        session.commit()
        save_{= resource.name =}(*values)

    monkeypatch.setattr({= resource.plural =}_api, "save_{= resource.name =}", delete_and_save)
    api.put_json(f"{URL}/{id}", OTHER_{= resource.constant =}, status=404)

    api.get(f"{URL}/{id}", status=404)


def test_lists_take_a_constant_number_of_queries(
    app: Router, api: TestApp, stranger_api: TestApp
) -> None:
    """Owners come with their entries."""
    queries: list[str] = []

    @event.listens_for(app.registry["engine"], "before_cursor_execute")
    def note(_1: Any, _2: Any, statement: str, *_others: Any) -> None:
        queries.append(statement)

    counts = []
    for n, writer in enumerate((api, stranger_api, api)):
        writer.post_json(URL, nth_{= resource.name =}(n))
        queries.clear()
        assert api.get(URL).json["total"] == n + 1
        counts.append(len([text for text in queries if text.startswith("SELECT")]))
    event.remove(app.registry["engine"], "before_cursor_execute", note)

    assert counts == [counts[0]] * 3
