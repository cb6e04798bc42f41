"""API: ids, unknown paths, methods, sizes."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from .client import Api, assert_problem, short
from .resource import Resource

MIB = 1024 * 1024
IDS = [
    *("0", "-1", "2147483648", "9" * 30, "9" * 3000, "abc", "%00", "%20", "%25"),
    *("%ff", "%F0%9F%90%8E", "None", "true", "%C2%B2", "1%2F2", "''", "..;"),
    # Of an entry that is there:
    *("+{id}", "-{id}", "{id}.0", "{id}e0", "0x{id:x}", "{id}_", "{id};x", "{id},"),
    *("%20{id}", "{id}%20", "{id}%0A", "{id}%00", "{underscored}", "{arabic}"),
    *("{full_width}", "{id}%C2%A0"),
]


def written(id_: str, number: int) -> str:
    """An id that is none, made of one that is."""
    digits = str(number)
    return id_.format(
        id=number,
        underscored="_".join([digits[0], digits[1:] or "0"]),
        arabic=quote(digits.translate({48 + n: 0x660 + n for n in range(10)})),
        full_width=quote(digits.translate({48 + n: 0xFF10 + n for n in range(10)})),
    )


@pytest.mark.parametrize("id_", IDS, ids=short)
def test_an_id_that_is_no_id_is_404(api: Api, resource: Resource, id_: str) -> None:
    """An id is 1 to 2,147,483,647 in plain decimal digits; anything else is 404."""
    entry = api.create()
    path = f"{api.path}/{written(id_, entry['id'])}"

    assert_problem(api.send("GET", path), 404)
    assert_problem(api.send("PUT", path, data=resource.entry()), 404)
    assert_problem(api.send("DELETE", path), 404)
    assert api.get(entry["id"]).json() == entry


def test_no_such_entry_is_404(api: Api, resource: Resource) -> None:
    """404: no such entry."""
    gone = api.create()["id"]
    api.delete(gone)
    for id_ in (gone, 2147483647):
        assert_problem(api.get(id_), 404)
        assert_problem(api.put(id_, resource.entry()), 404)
        assert_problem(api.delete(id_), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nope",
        "/api/nope/1",
        "/api/token/nope",
        "/api/openapi.json/",
        "/api/docs/nope",
        "/api/%00",
        "/api/%ff",
        "/api//",
        "/api/a%0Ab",
        "/api/" + "a" * 2000,
    ],
    ids=short,
)
def test_an_unknown_path_is_404(public_api: Api, path: str) -> None:
    """Paths under `/api` get problem JSON instead of a page, even when unknown."""
    for method in ("GET", "POST", "PUT", "DELETE"):
        assert_problem(public_api.send(method, path), 404)
    browser = {"Accept": "text/html"}
    assert_problem(public_api.send("GET", path, headers=browser), 404)


def test_no_path_ends_in_a_slash(api: Api) -> None:
    """No path ends in a slash: with one, it is unknown."""
    entry = api.create()
    for path in (f"{api.path}/", f"{api.path}/{entry['id']}/", "/api/token/"):
        assert_problem(api.send("GET", path), 404)
        assert_problem(api.send("POST", path, data={}), 404)
    nested = f"{api.path}/{entry['id']}/nope"
    assert_problem(api.send("GET", nested), 404)


@pytest.mark.parametrize(
    "method", ["PATCH", "PUT", "POST", "DELETE", "GET", "PROPFIND"]
)
def test_a_wrong_method_is_405_and_allow_is_right(
    api: Api, public_api: Api, method: str
) -> None:
    """405: with `Allow` naming every method of that path."""
    entry = api.create()
    methods = {
        api.path: {"GET", "POST"},
        f"{api.path}/{entry['id']}": {"GET", "PUT", "DELETE"},
        "/api/token": {"POST"},
        "/api/openapi.json": {"GET"},
        "/api/docs": {"GET"},
    }
    for path, allowed in methods.items():
        if method in allowed:
            continue
        for sender in (api, public_api):
            response = sender.send(method, path, data={})

            assert_problem(response, 405)
            allow = {word.strip() for word in response.headers["allow"].split(",")}
            assert allowed <= allow <= allowed | {"HEAD", "OPTIONS"}, path
    assert api.get(entry["id"]).json() == entry


def chunks(size: int) -> Iterator[bytes]:
    """A body of this size in pieces, sent without `Content-Length`."""
    while size > 0:
        yield b" " * min(size, 65536)
        size -= 65536


@pytest.mark.parametrize("size", [MIB + 1, 3 * MIB])
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_body_over_one_mebibyte_is_413(api: Api, size: int, chunked: bool) -> None:
    """413: the body is over 1 MiB, whether or not `Content-Length` says so."""
    entry = api.create()
    targets = [
        ("POST", api.path, "application/json"),
        ("PUT", f"{api.path}/{entry['id']}", "application/json"),
        ("POST", "/api/token", "application/x-www-form-urlencoded"),
    ]
    for method, path, content_type in targets:
        body = chunks(size) if chunked else b" " * size
        response = api.send(
            method, path, content=body, headers={"Content-Type": content_type}
        )

        assert_problem(response, 413)
    assert api.get(entry["id"]).json() == entry


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_body_of_one_mebibyte_is_read(
    api: Api, resource: Resource, chunked: bool
) -> None:
    """413: the body is over 1 MiB; at 1 MiB it is not."""
    start = json.dumps(resource.entry()).encode()
    body = [start, *chunks(MIB - len(start))]
    response = api.send(
        "POST",
        api.path,
        content=iter(body) if chunked else b"".join(body),
        headers={"Content-Type": "application/json"},
    )

    api.remember(response)
    assert response.status_code == 201, response.text


def test_several_faults_change_nothing(
    api: Api, public_api: Api, resource: Resource
) -> None:
    """A request with several faults is answered with any one, and changes nothing."""
    entry = api.create()
    before = api.total()
    responses: list[httpx.Response] = [
        public_api.send("POST", api.path, content=b"{"),
        public_api.send("POST", api.path, data={"nope": 1}),
        public_api.send("POST", f"{api.path}/{entry['id']}", data={}),
        public_api.send("PUT", f"{api.path}/0", content=b"\xff"),
        public_api.send("DELETE", f"{api.path}/abc", content=b"{}"),
        public_api.send("PATCH", f"{api.path}/abc", content=b"x"),
        api.send("PUT", f"{api.path}/{entry['id']}", content=b"{" * 2 * MIB),
        api.send("POST", api.path, content=b" " * 2 * MIB),
    ]

    for response in responses:
        assert response.status_code in {400, 401, 404, 405, 413, 415, 422}
        assert_problem(response, response.status_code)
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry


def test_a_body_with_a_delete_does_no_harm(api: Api) -> None:
    """`DELETE`: 204, no body; a body that comes along is not read."""
    entry = api.create()

    response = api.send(
        "DELETE", f"{api.path}/{entry['id']}", content=b"{", headers={"X-Y": "z"}
    )

    assert response.status_code == 204


def test_names_of_fields_are_json_keys_only(api: Api, resource: Resource) -> None:
    """A GET on the entry ignores a body and unknown query parameters."""
    entry = api.create()

    response = api.send("GET", f"{api.path}/{entry['id']}?{resource.name}=1")

    assert response.json() == entry
