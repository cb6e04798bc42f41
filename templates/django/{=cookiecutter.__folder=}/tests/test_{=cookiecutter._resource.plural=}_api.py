#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The API of {= r.label_plural =}."""

import json
from typing import Any

import pytest
from django.test import Client

from {= package =}.{= r.plural =} import models
from tests.entries import entry, keep

URL = "/api/{= r.url =}"
JSON = "application/json"

pytestmark = pytest.mark.django_db


def test_lists_the_newest_first_in_pages(client: Client) -> None:
    ids = [keep(n).pk for n in range(3)]

    first = client.get(URL, {"page_size": 2}).json()
    second = client.get(f"{URL}?page_size=2&page=2").json()
    past = client.get(URL, {"page": 9}).json()

    assert [item["id"] for item in first["items"]] == [ids[2], ids[1]]
    assert [item["id"] for item in second["items"]] == [ids[0]]
    assert (first["page"], first["page_size"]) == (1, 2)
    assert (first["total"], first["pages"]) == (3, 2)
    assert past["items"] == []


def test_finds_entries_by_their_text(client: Client) -> None:
    keep(1)
    found = keep(2)
    models.{= r.class_name =}.objects.filter(pk=found.pk).update({= r.title_field =}="100%_Sure")

    for q in ("100%_s", "  sure ", "%_S"):
        items = client.get(URL, {"q": q}).json()["items"]
        assert [item["id"] for item in items] == [found.pk]
    assert client.get(URL, {"q": "100x"}).json()["total"] == 0
    assert client.get(URL, {"q": " "}).json()["total"] == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("page", "0"), ("page", "x"), ("page_size", "101"), ("q", "\0"), ("q", "x" * 201)],
)
def test_refuses_bad_paging(client: Client, name: str, value: str) -> None:
    response = client.get(URL, {name: value})

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


def test_adds_an_entry(api: Client) -> None:
    response = api.post(URL, entry(), JSON)

    made = response.json()
    assert response.status_code == 201
    assert {name: made[name] for name in entry()} == entry()
    assert made["created_at"].endswith("Z")
    assert api.get(response["Location"]).json() == made


def test_replaces_an_entry(api: Client) -> None:
    kept = keep()

    response = api.put(f"{URL}/{kept.pk}", entry(1), JSON)

    changed = response.json()
    assert response.status_code == 200
    assert {name: changed[name] for name in entry(1)} == entry(1)
    assert changed["updated_at"] > changed["created_at"]


def test_deletes_an_entry(api: Client) -> None:
    kept = keep()

    response = api.delete(f"{URL}/{kept.pk}")

    assert response.status_code == 204
    assert not models.{= r.class_name =}.objects.exists()


def test_reading_needs_no_token_and_minds_no_bad_one(client: Client) -> None:
    kept = keep()

    for headers in ({}, {"Authorization": "Bearer nonsense"}):
        assert client.get(URL, headers=headers).status_code == 200
        assert client.get(f"{URL}/{kept.pk}", headers=headers).status_code == 200


def test_writing_needs_a_token(browser: Client) -> None:
    kept = keep()
    answers = [
        browser.post(URL, entry(1), JSON),
        browser.put(f"{URL}/{kept.pk}", entry(1), JSON),
        browser.delete(f"{URL}/{kept.pk}"),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert {answer["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert models.{= r.class_name =}.objects.get() == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
#% for field in r.fields
        ("{= field.name =}", {= field.invalid =}),
#% endfor
        ("{= r.title_field =}", "  "),
        ("{= r.title_field =}", "\0"),
        ("{= r.title_field =}", "\ud800"),
        ("id", 1),
        ("nonsense", 1),
    ],
)
def test_refuses_a_bad_value(api: Client, name: str, value: object) -> None:
    response = api.post(URL, entry() | {name: value}, JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]
    assert not models.{= r.class_name =}.objects.exists()
#% set needed = r.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | map(attribute="name") | list
{! if needed !}


def test_names_what_is_missing(api: Client) -> None:
    problem = api.post(URL, {}, JSON).json()

    assert {error["field"] for error in problem["errors"]} == {
#% for name in needed
        "{= name =}",
#% endfor
    }
#% endif
{! if "int" in r.types !}


@pytest.mark.parametrize("name", ["{= r.fields | selectattr("type", "equalto", "int") | map(attribute="name") | join('", "') =}"])
def test_takes_a_whole_number_however_it_is_written(api: Client, name: str) -> None:
    assert api.post(URL, entry() | {name: 3.0}, JSON).json()[name] == 3
#% endif
{! if r.unique_fields !}


@pytest.mark.parametrize("name", ["{= r.unique_fields | join('", "') =}"])
def test_refuses_a_value_that_is_taken(api: Client, name: str) -> None:
    taken, other = keep(0), keep(1)
    values = {name: entry(0)[name]}

    added = api.post(URL, entry(2) | values, JSON)
    replaced = api.put(f"{URL}/{other.pk}", entry(1) | values, JSON)
    unchanged = api.put(f"{URL}/{taken.pk}", entry(0), JSON)

    assert (added.status_code, replaced.status_code) == (409, 409)
    assert name in added.json()["detail"]
    assert unchanged.status_code == 200
    assert models.{= r.class_name =}.objects.count() == 2
{! endif !}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[]", 422), (b"null", 422)],
)
def test_refuses_a_body_that_is_no_object(
    api: Client, body: bytes, status: int
) -> None:
    response = api.generic("POST", URL, body, JSON, CONTENT_TYPE=JSON)

    assert response.status_code == status


def test_refuses_a_body_of_another_type(api: Client) -> None:
    response = api.post(URL, json.dumps(entry()), "text/plain")

    assert response.status_code == 415


@pytest.mark.parametrize("path", ["0", "1", "x", "1.0", "2147483648", "9" * 30])
def test_an_unknown_entry_is_not_found(api: Client, path: str) -> None:
    answers = [
        api.get(f"{URL}/{path}"),
        api.put(f"{URL}/{path}", entry(), JSON),
        api.delete(f"{URL}/{path}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_the_document_describes_every_answer(client: Client) -> None:
    document: dict[str, Any] = client.get("/api/openapi.json").json()
    responses = document["paths"][URL]["post"]["responses"]

    assert {"201", "400", "401", "413", "415", "422"} <= set(responses)
    assert "Location" in responses["201"]["headers"]
    assert list(responses["422"]["content"]) == ["application/problem+json"]
