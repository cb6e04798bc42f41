"""API: entries, their values and what becomes of them."""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest

from . import resource as values
from .client import Api, assert_problem, faults, media_type, short
from .conftest import Server
from .resource import Field, Resource

REFUSED = {400, 415, 422}  # which of them is left to the framework
TICK = 0.05  # seconds after which every clock has moved on
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@pytest.mark.contract("API-1")
def test_post_answers_201_with_the_entry_and_its_location(
    api: Api, resource: Resource
) -> None:
    """`POST /api/books`: 201, the entry, `Location` (relative or absolute)."""
    sent = resource.entry()

    response = api.post(sent)

    assert response.status_code == 201, response.text
    assert media_type(response) == "application/json"
    entry = response.json()
    for field in resource.fields:
        assert values.same(field, sent[field.name], entry[field.name]), field
    location = urljoin(str(response.url), response.headers["location"])
    assert location == urljoin(str(response.url), f"{api.path}/{entry['id']}")
    assert api.send("GET", location).json() == entry


@pytest.mark.contract("API-1", "API-10")
def test_get_answers_200_with_the_entry(api: Api, public_api: Api) -> None:
    """`GET /api/books/{id}`: 200, the entry; reads need no token."""
    entry = api.create()

    response = public_api.get(entry["id"])

    assert response.status_code == 200
    assert media_type(response) == "application/json"
    assert response.json() == entry


@pytest.mark.contract("API-2")
def test_an_entry_is_its_id_its_owner_its_fields_in_order_and_two_times(
    api: Api, resource: Resource, server: Server
) -> None:
    """An entry is `id`, `owner`, the fields in the order given, and two times."""
    owner = ["owner"] if "accounts" in server.parts else []
    order = ["id", *owner, *resource.keys, "created_at", "updated_at"]
    entry = api.create()

    assert list(entry) == order
    assert list(api.get(entry["id"]).json()) == order
    assert list(api.list(page_size=1).json()["items"][0]) == order
    assert type(entry["id"]) is int
    assert not owner or entry["owner"] == server.user.username


@pytest.mark.contract("API-4")
def test_times_are_utc_with_z(api: Api, resource: Resource) -> None:
    """Times are RFC 3339 in UTC with `Z`; nothing is updated before it is created."""
    entries = [api.create() for _ in range(20)]
    entries.append(api.put(entries[0]["id"], resource.entry()).json())

    for entry in entries:
        for name in ("created_at", "updated_at"):
            assert UTC_TIME.fullmatch(entry[name]), entry[name]
            age = datetime.now(UTC) - datetime.fromisoformat(entry[name])
            assert timedelta(minutes=-1) < age < timedelta(minutes=1)
        moments = [
            datetime.fromisoformat(entry[n]) for n in ("created_at", "updated_at")
        ]
        assert moments[0] <= moments[1]


@pytest.mark.contract("API-1", "API-4")
def test_put_replaces_the_entry_and_moves_updated_at(
    api: Api, resource: Resource
) -> None:
    """`PUT`: 200, the entry; replaces every field; `updated_at` moves with each PUT."""
    before = api.create()
    sent = resource.entry()
    time.sleep(TICK)

    response = api.put(before["id"], sent)

    assert response.status_code == 200
    after = response.json()
    assert after == api.get(before["id"]).json()
    for field in resource.fields:
        assert values.same(field, sent[field.name], after[field.name]), field
    assert after["id"] == before["id"]
    assert after["created_at"] == before["created_at"]
    moments = [datetime.fromisoformat(e["updated_at"]) for e in (before, after)]
    assert moments[0] < moments[1]
    time.sleep(TICK)
    again = api.put(before["id"], sent).json()
    assert moments[1] < datetime.fromisoformat(again["updated_at"])


@pytest.mark.contract("API-1", "TYPE-4")
def test_put_makes_null_what_is_left_out(api: Api, resource: Resource) -> None:
    """`PUT`: what is left out becomes `null` (a `bool`: `false`)."""
    bools: dict[str, Any] = {f.name: True for f in resource.fields if f.type == "bool"}
    entry = api.create(**bools)

    response = api.put(entry["id"], resource.least())

    assert response.status_code == 200, response.text
    after = api.get(entry["id"]).json()
    for field in resource.fields:
        if not field.needed:
            assert after[field.name] is field.absent, field


@pytest.mark.contract("API-1", "TYPE-4", "ERR-7")
def test_put_needs_what_post_needs(api: Api, resource: Resource) -> None:
    """Without `optional`, a value is needed; also in a PUT, which then changes nothing."""
    entry = api.create()

    problem = assert_problem(api.put(entry["id"], {}), 422)

    assert faults(problem) == {field.name for field in resource.fields if field.needed}
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("API-1", "API-9")
def test_delete_answers_204_without_a_body(api: Api) -> None:
    """`DELETE`: 204, no body; then there is no such entry."""
    entry = api.create()

    response = api.delete(entry["id"])

    assert response.status_code == 204
    assert response.content == b""
    assert_problem(api.get(entry["id"]), 404)
    assert_problem(api.delete(entry["id"]), 404)
    assert_problem(api.put(entry["id"], api.resource.entry()), 404)


@pytest.mark.contract("TYPE-1", "TYPE-7")
def test_good_values_come_back_as_they_should(
    api: Api, resource: Resource, field: Field
) -> None:
    """Field types: each good value is taken and sent back in the type's form."""
    for sent, expected in values.good(field):
        if field.unique and expected is not None and api.holds(field, expected):
            continue  # an entry that was there before
        response = api.post(resource.entry(**{field.name: sent}))

        assert response.status_code == 201, (sent, response.text)
        entry = response.json()
        got = entry[field.name]
        assert values.same(field, expected, got), (sent, got)
        assert api.get(entry["id"]).json() == entry
        api.delete(entry["id"])


def named(problem: dict[str, Any], field: Field, sent: object) -> bool:
    """Whether the problem tells of this field, and of nothing else.

    Half of a surrogate pair may have made the whole body unreadable.
    """
    unreadable = "\\ud" in json.dumps(sent) and "\\ud83d" not in json.dumps(sent)
    return faults(problem) == {field.name} or (unreadable and len(faults(problem)) == 1)


@pytest.mark.contract("TYPE-2", "TYPE-3", "TYPE-5", "TYPE-8", "ERR-7", "ERR-16")
def test_bad_values_are_refused(api: Api, resource: Resource, field: Field) -> None:
    """Limits, blank text, coercion, NUL, surrogates: 422, naming the field."""
    before = api.total()
    wrong = []
    for sent in values.bad(field):
        response = api.post(resource.entry(**{field.name: sent}))
        if response.status_code == 422:
            assert named(assert_problem(response, 422), field, sent), sent
        else:
            wrong.append((sent, response.status_code, response.text[:300]))

    assert wrong == []
    assert api.total() == before


@pytest.mark.contract("TYPE-10", "ERR-1")
def test_odd_spellings_do_no_harm(api: Api, resource: Resource, field: Field) -> None:
    """Left to the framework: it takes them, and sends back a good value, or refuses."""
    for sent in values.odd(field):
        response = api.post(resource.entry(**{field.name: sent}))

        if response.status_code == 201:
            entry = response.json()
            assert api.get(entry["id"]).json() == entry
            again = {f.name: entry[f.name] for f in resource.fields}
            kept = api.put(entry["id"], again)
            assert kept.status_code == 200, (sent, kept.text)
            assert kept.json()[field.name] == entry[field.name]
            api.delete(entry["id"])
        elif response.status_code != 409:  # another spelling of what is there
            assert response.status_code in {400, 422}, sent
            assert_problem(response, response.status_code)


@pytest.mark.contract("TYPE-2", "TYPE-3", "ERR-7")
def test_bad_values_are_refused_in_put(
    api: Api, resource: Resource, field: Field
) -> None:
    """A PUT is checked like a POST; a refused one changes nothing."""
    entry = api.create()
    for sent in values.bad(field)[:6]:
        response = api.put(entry["id"], resource.entry(**{field.name: sent}))

        assert named(assert_problem(response, 422), field, sent), sent

    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("TYPE-4", "TYPE-5")
def test_a_field_may_be_left_out_or_is_needed(
    api: Api, resource: Resource, field: Field
) -> None:
    """`optional`: may be left out or `null`; else a value is needed (`bool`: `false`)."""
    entry = resource.entry()
    del entry[field.name]

    response = api.post(entry)

    if field.needed:
        assert faults(assert_problem(response, 422)) == {field.name}
    else:
        assert response.status_code == 201, response.text
        assert response.json()[field.name] is field.absent
    null = api.post(resource.entry(**{field.name: None}))
    if field.optional:
        assert null.status_code == 201, null.text
        assert null.json()[field.name] is None
    else:
        assert faults(assert_problem(null, 422)) == {field.name}


@pytest.mark.contract("TYPE-6", "ERR-6")
def test_a_taken_value_is_409_and_detail_names_the_field(
    api: Api, resource: Resource, field: Field
) -> None:
    """`unique`: a second entry with the same value is refused (409, detail names it)."""
    first, second = api.create(), api.create()
    copy = resource.entry(**{field.name: first[field.name]})
    if not field.unique:
        assert api.post(copy).status_code == 201
        return
    for response in (api.post(copy), api.put(second["id"], copy)):
        detail = assert_problem(response, 409)["detail"].lower()
        assert field.name in detail or field.label.lower() in detail
    assert api.get(second["id"]).json() == second
    keeps = resource.entry(**{field.name: second[field.name]})
    assert api.put(second["id"], keeps).status_code == 200


@pytest.mark.contract("TYPE-6")
def test_any_number_of_entries_may_have_null(
    api: Api, resource: Resource, field: Field
) -> None:
    """`unique`: any number of entries may have `null`."""
    if not field.optional:
        assert_problem(api.post(resource.entry(**{field.name: None})), 422)
        return
    for _ in range(3):
        response = api.post(resource.entry(**{field.name: None}))

        assert response.status_code == 201, response.text


@pytest.mark.contract("TYPE-6", "ERR-6")
def test_a_taken_value_is_told_though_other_fields_are_null(
    api: Api, resource: Resource, field: Field
) -> None:
    """409: `detail` names the field that is taken, also when other fields are `null`."""
    others = [f for f in resource.fields if f != field and f.optional]
    nulls: dict[str, Any] = {other.name: None for other in others}
    first, second = api.create(**nulls), api.create(**nulls)
    copy = resource.entry(**nulls | {field.name: first[field.name]})
    if not field.unique:
        assert api.post(copy).status_code == 201
        return
    for response in (api.post(copy), api.put(second["id"], copy)):
        detail = assert_problem(response, 409)["detail"].lower()
        assert field.name in detail or field.label.lower() in detail
        for other in others:
            if other.name not in field.label.lower() and other.name not in field.name:
                assert not re.search(rf"\b{other.label.lower()}\b", detail), detail
    assert api.get(second["id"]).json() == second


@pytest.mark.contract("API-3", "ERR-7")
@pytest.mark.parametrize(
    "name", ["id", "owner", "created_at", "updated_at", "colour_", "__x"]
)
def test_an_unknown_field_is_refused(api: Api, resource: Resource, name: str) -> None:
    """422: an unknown field, also the server's own `id`, `owner` and two times."""
    entry = api.create()
    value = entry.get(name, "red")

    for response in (
        api.post(resource.entry(**{name: value})),
        api.put(entry["id"], resource.entry(**{name: value})),
    ):
        assert faults(assert_problem(response, 422)) == {name}
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("ERR-7")
def test_every_fault_is_told(api: Api, resource: Resource) -> None:
    """422: `errors`, one for each fault, `field` being the field's name."""
    sent: dict[str, Any] = {field.name: [] for field in resource.fields}

    problem = assert_problem(api.post(sent | {"colour_": 1}), 422)

    assert faults(problem) == {*sent, "colour_"}
    nothing = assert_problem(api.post({}), 422) if any_needed(resource) else None
    if nothing:
        assert faults(nothing) == {f.name for f in resource.fields if f.needed}


def any_needed(resource: Resource) -> bool:
    """Whether an empty entry lacks something."""
    return any(field.needed for field in resource.fields)


@pytest.mark.contract("ERR-7")
@pytest.mark.parametrize("body", [[], [{}], 3, "x", None, True, 1.5])
def test_a_body_that_is_no_object_is_422(api: Api, body: object) -> None:
    """422: a bad value: the whole body, when it is not an object."""
    entry = api.create()
    for response in (api.post(body), api.put(entry["id"], body)):
        assert_problem(response, 422)
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("ERR-13", "ERR-1")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": }',
        b"{'a': 1}",
        b"nope",
        b"{} {}",
        b'{"a": "\xff"}',
        b"\xff\xfe",
        b'{"title": "\xed\xa0\x80"}',
        '{"colour_": "a"}'.encode("utf-16"),  # where it is read, the field is unknown
    ],
    ids=repr,
)
def test_a_body_that_is_no_json_is_refused(api: Api, body: bytes) -> None:
    """The framework says 400, 415 or 422 to a body that is no JSON, or not UTF-8."""
    entry = api.create()
    headers = {"Content-Type": "application/json"}

    for method, path in (("POST", api.path), ("PUT", f"{api.path}/{entry['id']}")):
        response = api.send(method, path, content=body, headers=headers)

        assert response.status_code in REFUSED
        assert_problem(response, response.status_code)
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("ERR-13", "ERR-1")
@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "-Infinity", "9" * 5000, "1e999999", "[" * 100_000],
    ids=short,
)
def test_json_at_its_limits_is_refused(
    api: Api, resource: Resource, value: str
) -> None:
    """400 or 422, never 500: JSON in name only, or of absurd size or depth."""
    name = resource.fields[-1].name
    entry = resource.entry()
    entry[name] = "@"
    body = json.dumps(entry).replace('"@"', value).encode()

    response = api.send(
        "POST", api.path, content=body, headers={"Content-Type": "application/json"}
    )

    assert response.status_code in REFUSED, response.text
    assert_problem(response, response.status_code)


@pytest.mark.contract("API-1")
@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
    ],
)
def test_json_may_have_parameters(
    api: Api, resource: Resource, content_type: str
) -> None:
    """The API speaks JSON in UTF-8, with and without a `charset`."""
    name = resource.text_fields[0].name
    title = f"\u00dcber {values.word()}"
    body = json.dumps(resource.entry(**{name: title}), ensure_ascii=False).encode()

    response = api.send(
        "POST", api.path, content=body, headers={"Content-Type": content_type}
    )

    api.remember(response)
    assert response.status_code == 201, response.text
    assert response.json()[name] == title
    assert title in response.content.decode() or "\\u00" in response.text


@pytest.mark.contract("ERR-13", "ERR-1")
@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "json",
        "\xff",
    ],
)
def test_another_media_type_does_no_harm(
    api: Api, resource: Resource, content_type: str | None
) -> None:
    """The framework reads it as JSON all the same, or says 400, 415 or 422."""
    before = api.total()
    sent = resource.entry()
    headers = {} if content_type is None else {"Content-Type": content_type}

    response = api.send(
        "POST", api.path, content=json.dumps(sent).encode(), headers=headers
    )

    api.remember(response)
    if response.status_code == 201:
        entry = response.json()
        for field in resource.fields:
            assert values.same(field, sent[field.name], entry[field.name]), field
    else:
        assert response.status_code in REFUSED
        assert_problem(response, response.status_code)
        assert api.total() == before
