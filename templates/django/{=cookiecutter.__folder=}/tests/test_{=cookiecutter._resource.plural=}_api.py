#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | list
#% set bools = resource.fields | selectattr("type", "equalto", "bool") | rejectattr("optional") | map(attribute="name") | list
"""The API of {= resource.label_plural =}."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.forms import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}, {= resource.class_name =}QuerySet
from tests.browser import Browser{= ", typed" if resource.references =}
from tests.examples import (
    {= resource.constant =},
    {= resource.prefix =}FORM,
    {= resource.prefix =}INVALID,
    LEAST_{= resource.constant =},
    OTHER_{= resource.constant =},
    nth_{= resource.name =},
)

URL = "/api/{= resource.url =}"
JSON = "application/json"
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def keep(user: User, count: int) -> list[int]:
    """Keep as many {= resource.label_plural =} of the user's, and return their ids."""
    forms = ({= resource.class_name =}Form({= "typed(nth_%s(n))" % resource.name if resource.references else "nth_%s(n)" % resource.name =}, instance={= resource.class_name =}(owner=user)) for n in range(count))
    return [form.save().pk for form in forms]


def test_adds_an_entry(api: Client) -> None:
    response = api.post(URL, {= resource.constant =}, JSON)

    made = response.json()
    assert response.status_code == 201
#% if resource.references
    assert list(made) == ["id", "owner", {! for field in resource.fields !}"{= field.name =}", {! if field.type == "ref" !}"{= field.attribute =}", {! endif !}{! endfor !}"created_at", "updated_at"]
#% else
    assert list(made) == ["id", "owner", *{= resource.constant =}, "created_at", "updated_at"]
#% endif
    assert {name: made[name] for name in {= resource.constant =}} == {= resource.constant =}
    assert made["owner"] == "ada"
    assert made["created_at"].endswith("Z")
    assert made["created_at"] <= made["updated_at"]
    assert api.get(response["Location"]).json() == made


def test_reads_an_entry(client: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    found = client.get(f"{URL}/{{= resource.name =}.pk}", headers={"Authorization": "Bearer x"})

    assert found.status_code == 200
    assert {name: found.json()[name] for name in {= resource.constant =}} == OTHER_{= resource.constant =}


def test_replaces_an_entry(api: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    response = api.put(f"{URL}/{{= resource.name =}.pk}", {= resource.constant =}, JSON)

    changed = response.json()
    assert response.status_code == 200
    assert {name: changed[name] for name in {= resource.constant =}} == {= resource.constant =}
    assert changed["updated_at"] > changed["created_at"]
    least = api.put(f"{URL}/{{= resource.name =}.pk}", LEAST_{= resource.constant =}, JSON).json()
    for name in {= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys():
        assert least[name] is {= 'None' if not bools else '(False if name in ("%s",) else None)' % '", "'.join(bools) =}


def test_deletes_an_entry(api: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    response = api.delete(f"{URL}/{{= resource.name =}.pk}")

    assert response.status_code == 204
    assert not {= resource.class_name =}.objects.exists()


def test_lists_newest_first(client: Client, user: User) -> None:
    ids = keep(user, 3)

    first = client.get(URL, {"page_size": 2}).json()
    second = client.get(URL, {"page_size": 2, "page": 2}).json()

    assert [item["id"] for item in first["items"]] == [ids[2], ids[1]]
    assert [item["id"] for item in second["items"]] == [ids[0]]
    assert (first["page"], first["page_size"]) == (1, 2)
    assert (first["total"], first["pages"]) == (3, 2)
    assert client.get(URL, {"page": 9}).json()["items"] == []
{! if is_text !}


def test_searches(client: Client, user: User) -> None:
    _, pk, _ = keep(user, 3)
    {= resource.class_name =}.objects.filter(pk=pk).update({= resource.title_field =}="100%_Sure")

    for q in ("100%_s", "  sure ", "%_S"):
        items = client.get(URL, {"q": q}).json()["items"]
        assert [item["id"] for item in items] == [pk]
    assert client.get(URL, {"q": "100x"}).json()["total"] == 0
    assert client.get(URL, {"q": " "}).json()["total"] == 3
{! endif !}


@pytest.mark.parametrize(
    ("name", "value"),
    [("page", "0"), ("page", "x"), ("page_size", "101"), ("q", "\0"), ("q", "x" * 201)],
)
def test_refuses_bad_paging(client: Client, name: str, value: str) -> None:
    response = client.get(URL, {name: value})

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *{= resource.prefix =}INVALID,
#% if is_text
        ("{= resource.title_field =}", "  "),
        ("{= resource.title_field =}", "a\0b"),
        ("{= resource.search_fields[-1] =}", "\ud800"),
#% endif
#% if resource.title_kind == "str"
        ("{= resource.title_field =}", "x" * 201),
#% endif
    ],
)
def test_refuses_a_bad_value(api: Client, name: str, value: object) -> None:
    response = api.post(URL, {= resource.constant =} | {name: value}, JSON)

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["field"] == name
    assert "^" not in error["message"]
    assert not {= resource.class_name =}.objects.exists()
{! if required !}


def test_requires_what_is_not_optional(api: Client) -> None:
    response = api.post(URL, {}, JSON)

    assert response.status_code == 422
    assert {error["field"] for error in response.json()["errors"]} == set(LEAST_{= resource.constant =})
{! endif !}


@pytest.mark.parametrize("name", ["id", "owner", "created_at", "nonsense"])
def test_refuses_unknown_fields(api: Client, name: str) -> None:
    response = api.post(URL, {= resource.constant =} | {name: 1}, JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_refuses_a_body_that_is_no_json(api: Client, body: bytes) -> None:
    response = api.generic("POST", URL, body, JSON)

    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"
{! if resource.unique_fields !}


@pytest.mark.parametrize("name", ["{= resource.unique_fields | join('", "') =}"])
def test_a_taken_value_is_409(api: Client, user: User, name: str) -> None:
    taken, other = keep(user, 2)
    values = {name: nth_{= resource.name =}(0)[name]}

    added = api.post(URL, nth_{= resource.name =}(2) | values, JSON)
    replaced = api.put(f"{URL}/{other}", nth_{= resource.name =}(1) | values, JSON)
    unchanged = api.put(f"{URL}/{taken}", nth_{= resource.name =}(0), JSON)

    assert (added.status_code, replaced.status_code) == (409, 409)
    assert name in added.json()["detail"]
    assert unchanged.status_code == 200
    assert {= resource.class_name =}.objects.count() == 2


@pytest.mark.parametrize("name", ["{= resource.unique_fields | join('", "') =}"])
def test_a_value_taken_a_moment_ago_is_409(
    api: Client, user: User, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    keep(user, 1)
    validate_unique, looks = {= resource.class_name =}.validate_unique, iter([False])

    def look_too_early({= resource.name =}: {= resource.class_name =}, *args: Any, **kwargs: Any) -> None:
        """Find nothing the first time."""
        if next(looks, True):
            validate_unique({= resource.name =}, *args, **kwargs)

    monkeypatch.setattr({= resource.class_name =}, "validate_unique", look_too_early)

    assert api.post(URL, nth_{= resource.name =}(1) | {name: nth_{= resource.name =}(0)[name]}, JSON).status_code == 409
{! endif !}


def test_only_the_owner_changes(stranger_api: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    path = f"{URL}/{{= resource.name =}.pk}"
    answers = [stranger_api.put(path, {= resource.constant =}, JSON), stranger_api.delete(path)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Only its owner" in answers[0].json()["detail"]
    assert {= resource.class_name =}.objects.get().{= resource.title_field =} == {= resource.name =}.{= resource.title_field =}


def test_writing_needs_a_token(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    path = f"{URL}/{{= resource.name =}.pk}"
    answers = [
        browser.post(URL, {= resource.constant =}, JSON),
        browser.put(path, {= resource.constant =}, JSON),
        browser.delete(path),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert {answer["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert {= resource.class_name =}.objects.get().{= resource.title_field =} == {= resource.name =}.{= resource.title_field =}


@pytest.mark.parametrize("path", ["0", "1", "x", "1.0", "2147483648", "9" * 30])
def test_what_is_gone_is_404(api: Client, path: str) -> None:
    answers = [
        api.get(f"{URL}/{path}"),
        api.put(f"{URL}/{path}", {= resource.constant =}, JSON),
        api.delete(f"{URL}/{path}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.django_db(transaction=True)
def test_looks_up_and_changes_in_one_transaction(
    api: Client, browser: Browser, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So nothing is changed, or comes back, that was deleted in between."""
    get_own, seen = {= resource.class_name =}QuerySet.get_own, []

    def watch(found: {= resource.class_name =}QuerySet, *args: Any) -> {= resource.class_name =}:
        seen.append(connection.in_atomic_block)
        return get_own(found, *args)

    monkeypatch.setattr({= resource.class_name =}QuerySet, "get_own", watch)
    first, second = keep(user, 2)

    api.put(f"{URL}/{first}", OTHER_{= resource.constant =}, JSON)
    api.delete(f"{URL}/{first}")
    browser.submit(f"/{= resource.url =}/{second}/edit", {= resource.prefix =}FORM)
    browser.submit(f"/{= resource.url =}/{second}/delete")
    assert seen == [True] * 6


def test_lists_take_a_constant_number_of_queries(
    client: Client,
    user: User,
    other_user: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keep(user, 3)
    {= resource.class_name =}.objects.filter(pk={= resource.class_name =}.objects.latest("pk").pk).update(owner=other_user)

    for path in (URL, "/{= resource.url =}"):
        with django_assert_num_queries(2):
            assert client.get(path).status_code == 200
