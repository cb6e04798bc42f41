#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}: entries, lists, and what is refused."""

import json

import pytest
from fastapi.testclient import TestClient

from tests.examples import (
    {= resource.constant =},
    INVALID,
    LEAST_{= resource.constant =},
    OTHER_{= resource.constant =},
    nth_{= resource.name =},
)

URL = "/api/{= resource.url =}"


def test_adds_{= resource.article =}_{= resource.name =}(api: TestClient) -> None:
    """POST answers 201 with the entry and its address."""
    response = api.post(URL, json={= resource.constant =})

    assert response.status_code == 201
    entry = response.json()
    assert {name: entry[name] for name in {= resource.constant =}} == {= resource.constant =}
    assert entry["created_at"].endswith("Z")
    assert response.headers["location"] == f"{URL}/{entry['id']}"
    assert api.get(f"{URL}/{entry['id']}").json() == entry


def test_fills_in_what_is_optional(api: TestClient) -> None:
    """What is left out becomes null, or false."""
    entry = api.post(URL, json=LEAST_{= resource.constant =}).json()

    left_out = {= resource.constant =}.keys() - LEAST_{= resource.constant =}.keys()
    assert all(entry[name] in (None, False) for name in left_out)


def test_replaces_{= resource.article =}_{= resource.name =}(api: TestClient) -> None:
    """PUT replaces every value and moves the time of the change."""
    before = api.post(URL, json={= resource.constant =}).json()

    after = api.put(f"{URL}/{before['id']}", json=OTHER_{= resource.constant =}).json()

    assert {name: after[name] for name in {= resource.constant =}} == OTHER_{= resource.constant =}
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]


def test_deletes_{= resource.article =}_{= resource.name =}(api: TestClient) -> None:
    """DELETE answers 204, and then there is nothing."""
    entry = api.post(URL, json={= resource.constant =}).json()

    response = api.delete(f"{URL}/{entry['id']}")

    assert response.status_code == 204
    assert api.get(f"{URL}/{entry['id']}").status_code == 404


def test_lists_the_newest_first_in_pages(api: TestClient) -> None:
    """The list says which page it is, and of how many."""
    ids = [api.post(URL, json=nth_{= resource.name =}(n)).json()["id"] for n in range(5)]

    first = api.get(URL, params={"page_size": 2}).json()
    last = api.get(URL, params={"page_size": 2, "page": 3}).json()

    assert [entry["id"] for entry in first["items"]] == ids[:-3:-1]
    assert [entry["id"] for entry in last["items"]] == ids[:1]
    assert (first["total"], first["pages"], last["page"]) == (5, 3, 3)
    assert api.get(URL, params={"page": 9}).json()["items"] == []


def test_finds_text_as_it_stands(api: TestClient) -> None:
    """`q` ignores case and surrounding space, and has no wildcards."""
    text = "100% of a_b"
    entry = api.post(URL, json={**{= resource.constant =}, "{= resource.title_field =}": text}).json()
    api.post(URL, json=OTHER_{= resource.constant =})

    found = api.get(URL, params={"q": " 100% OF A_B "}).json()

    assert [item["id"] for item in found["items"]] == [entry["id"]]
    assert api.get(URL, params={"q": "100_"}).json()["total"] == 0


@pytest.mark.parametrize(("field", "value"), INVALID)
def test_refuses_invalid_values(api: TestClient, field: str, value: object) -> None:
    """A bad value is 422, which names the field."""
    response = api.post(URL, json={**{= resource.constant =}, field: value})

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert api.get(URL).json()["total"] == 0


@pytest.mark.parametrize("value", ["", " \n", "a\0b", "\ud800", 3, None])
def test_refuses_text_that_says_nothing(api: TestClient, value: object) -> None:
    """Text is not blank, has no NUL and no lone surrogate, and is not made of numbers."""
    content = json.dumps({**{= resource.constant =}, "{= resource.title_field =}": value})
    headers = {"Content-Type": "application/json"}

    assert api.post(URL, content=content, headers=headers).status_code == 422


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "{= resource.title_field =}"), ({**{= resource.constant =}, "id": 1}, "id"), ([], "body"), ("text", "body")],
)
def test_refuses_what_is_no_{= resource.name =}(api: TestClient, data: object, field: str) -> None:
    """Missing and unknown fields are 422, and so is anything but an object."""
    response = api.post(URL, json=data)

    assert response.status_code == 422
    assert field in {error["field"] for error in response.json()["errors"]}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"NaN", b'"\xff"', b"[" * 100_000, "{}".encode("utf-16")]
)
def test_refuses_what_is_no_json(api: TestClient, content: bytes) -> None:
    """A body that is not JSON in UTF-8 is 400."""
    headers = {"Content-Type": "application/json"}

    assert api.post(URL, content=content, headers=headers).status_code == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/jsonx", ""])
def test_refuses_other_media_types(api: TestClient, content_type: str) -> None:
    """A write that is not JSON is 415."""
    headers = {"Content-Type": content_type}

    assert api.post(URL, content=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize("id_", ["0", "-1", "+1", "1.0", "x", "2147483648", "9" * 5000])
def test_knows_no_such_{= resource.name =}(api: TestClient, id_: str) -> None:
    """An id that is no id is 404, like one that nothing has."""
    assert api.get(f"{URL}/1").status_code == 404
    assert api.get(f"{URL}/{id_}").status_code == 404
    assert api.put(f"{URL}/{id_}", json={= resource.constant =}).status_code == 404
    assert api.delete(f"{URL}/{id_}").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=1000001", "page=x", "page_size=0", "page_size=101"]
)
def test_refuses_bad_paging(client: TestClient, query: str) -> None:
    """A page out of range is 422."""
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == query.partition("=")[0]


def test_names_the_methods_of_a_path(client: TestClient) -> None:
    """405 says what the path does take."""
    response = client.patch(URL)

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert client.post(f"{URL}/1").headers["allow"] == "GET, PUT, DELETE"


def test_writing_needs_a_token(client: TestClient) -> None:
    """Without a token, a write is 401 and changes nothing."""
    for response in (
        client.post(URL, json={= resource.constant =}),
        client.put(f"{URL}/1", json={= resource.constant =}),
        client.delete(f"{URL}/1"),
    ):
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
    assert client.get(URL).json()["total"] == 0
#% if resource.unique_fields


@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_refuses_a_value_that_is_taken(api: TestClient, field: str) -> None:
    """A taken value is 409, which names the field, and nothing changes."""
    api.post(URL, json={= resource.constant =})
    other = api.post(URL, json=OTHER_{= resource.constant =}).json()
    data = {**OTHER_{= resource.constant =}, **nth_{= resource.name =}(7), field: {= resource.constant =}[field]}

    added = api.post(URL, json=data)
    changed = api.put(f"{URL}/{other['id']}", json=data)

    assert added.status_code == changed.status_code == 409
    assert field in added.json()["detail"]
    assert api.get(f"{URL}/{other['id']}").json() == other
    assert api.get(URL).json()["total"] == 2
#% endif
