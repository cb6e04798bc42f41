"""API: ids, unknown paths, methods, sizes."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest

from .client import Api, ask, assert_problem, assert_refused, short
from .conftest import Server
from .resource import Resource

MIB = 1024 * 1024
NO_IDS = [
    *("0", "-1", "2147483648", "9" * 30, "9" * 3000, "abc", "%00", "%20", "%25"),
    *("%F0%9F%90%8E", "None", "true", "%C2%B2", "1%2F2", "''", "..;", "nan", "1e9"),
    *("{id},", "0x{id:x}", "{id}%00", "{id};x", "-{id}", "{id}.5", "{id}-{id}"),
]
SPELLINGS = [
    *("+{id}", "{id}.0", "{id}e0", "0{id}", "%20{id}", "{id}%20", "{id}%0A"),
    *("{underscored}", "{arabic}", "{full_width}", "{id}%C2%A0", "{id}_"),
]


def written(id_: str, number: int) -> str:
    """An id as a text, made of one that is there."""
    digits = str(number)
    return id_.format(
        id=number,
        underscored="_".join([digits[0], digits[1:] or "0"]),
        arabic=quote(digits.translate({48 + n: 0x660 + n for n in range(10)})),
        full_width=quote(digits.translate({48 + n: 0xFF10 + n for n in range(10)})),
    )


@pytest.mark.contract("API-9", "ERR-1")
@pytest.mark.parametrize("id_", NO_IDS, ids=short)
def test_what_is_no_id_is_404_or_422(api: Api, resource: Resource, id_: str) -> None:
    """What is no id at all is 404 or 422, never 500."""
    entry = api.create()
    path = f"{api.path}/{written(id_, entry['id'])}"

    for response in (
        api.send("GET", path),
        api.send("PUT", path, data=resource.entry()),
        api.send("DELETE", path),
    ):
        assert response.status_code in {404, 422}
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("API-9", "ERR-1")
@pytest.mark.parametrize("id_", SPELLINGS, ids=short)
def test_an_oddly_spelled_id_does_no_harm(api: Api, id_: str) -> None:
    """The framework reads it as the id that it spells, or as none."""
    entry = api.create()

    response = api.send("GET", f"{api.path}/{written(id_, entry['id'])}")

    if response.status_code == 200:
        assert response.json() == entry or "_" in id_
    else:
        assert response.status_code in {404, 422}


@pytest.mark.contract("API-9", "ERR-4")
def test_no_such_entry_is_404(api: Api, resource: Resource) -> None:
    """404: no such entry."""
    gone = api.create()["id"]
    api.delete(gone)
    for id_ in (gone, 2147483647):
        assert_problem(api.get(id_), 404)
        assert_problem(api.put(id_, resource.entry()), 404)
        assert_problem(api.delete(id_), 404)


@pytest.mark.contract("ERR-1", "ERR-4", "ERR-15")
@pytest.mark.parametrize(
    "path",
    [
        "/api/nope",
        "/api/nope/1",
        "/api/token/nope",
        "/api/docs/nope",
        "/api/%00",
        "/api/a%0Ab",
        "/api/" + "a" * 2000,
    ],
    ids=short,
)
def test_an_unknown_path_is_404(public_api: Api, path: str) -> None:
    """404: an unknown path. What the answer says is left to the framework."""
    for method in ("GET", "HEAD"):
        assert public_api.send(method, path).status_code == 404
    for method in ("POST", "PUT", "DELETE"):
        assert public_api.send(method, path).status_code in {403, 404, 405}


@pytest.mark.contract("ERR-1", "ERR-4")
def test_an_unknown_path_below_an_entry_is_404(api: Api) -> None:
    """404: an unknown path."""
    entry = api.create()

    assert api.send("GET", f"{api.path}/{entry['id']}/nope").status_code == 404


@pytest.mark.contract("API-14", "ERR-1", "OPS-10")
@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api//", "{list}/", "{entry}/", "/api/{list}", "/api/%ff"],
)
def test_slashes_do_no_harm(api: Api, resource: Resource, path: str) -> None:
    """Left to the framework: an answer, a redirect on this site, or a refusal."""
    entry = api.create()
    item = f"{api.path}/{entry['id']}"
    url = api.http.base_url.join(path.format(list=api.path, entry=item))

    for method in ("GET", "POST", "DELETE"):
        response = api.send(method, str(url), data={})

        assert response.status_code < 500
        leads = urljoin(str(url), response.headers.get("location", ""))
        assert urlsplit(leads).netloc == urlsplit(str(url)).netloc
        if response.status_code == 204:  # the entry by another name
            return
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("ERR-5", "ERR-15")
@pytest.mark.parametrize(
    "method", ["PATCH", "PUT", "POST", "DELETE", "GET", "PROPFIND"]
)
def test_a_wrong_method_is_405(
    server: Server, api: Api, public_api: Api, method: str
) -> None:
    """405: a method that the path does not have."""
    entry = api.create()
    methods = {
        api.path: {"GET", "POST"},
        f"{api.path}/{entry['id']}": {"GET", "PUT", "DELETE"},
        "/api/openapi.json": {"GET"},
        "/api/docs": {"GET"},
    }
    if "accounts" in server.parts:
        methods["/api/token"] = {"POST"}
    for path, allowed in methods.items():
        if method in allowed:
            continue
        for sender in (api, public_api):
            assert sender.send(method, path, data={}).status_code == 405
    assert api.get(entry["id"]).json() == entry


def chunks(size: int) -> Iterator[bytes]:
    """A body of this size in pieces, sent without `Content-Length`."""
    while size > 0:
        yield b" " * min(size, 65536)
        size -= 65536


@pytest.mark.contract("ERR-11", "ERR-12")
@pytest.mark.parametrize("size", [MIB + 1, 3 * MIB])
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_body_over_one_mebibyte_is_refused(
    api: Api, resource: Resource, server: Server, size: int, chunked: bool
) -> None:
    """A body of more than 1 MiB is refused, with or without `Content-Length`."""
    entry = api.create()
    before = api.total()
    start = json.dumps(resource.entry()).encode()
    for method, path in (("POST", api.path), ("PUT", f"{api.path}/{entry['id']}")):
        pieces = [start, *chunks(size - len(start))]
        assert_refused(
            ask,  # on a connection of its own, which may be closed
            method,
            f"{server.base_url}{path}",
            content=iter(pieces) if chunked else b"".join(pieces),
            headers={"Content-Type": "application/json"} | api.headers,
        )
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("ERR-11")
def test_a_body_below_one_mebibyte_is_read(api: Api, resource: Resource) -> None:
    """A body of more than 1 MiB is refused; a smaller one is not."""
    body = json.dumps(resource.entry()).encode().ljust(1_000_000)

    response = api.send(
        "POST", api.path, content=body, headers={"Content-Type": "application/json"}
    )

    api.remember(response)
    assert response.status_code == 201, response.text


@pytest.mark.contract("ERR-1")
def test_a_body_in_pieces_is_read_or_refused(api: Api, resource: Resource) -> None:
    """No input gives a 5xx; not every server takes a body without a length."""
    before = api.total()
    body = json.dumps(resource.entry()).encode()

    response = api.send(
        "POST",
        api.path,
        content=iter([body[:9], body[9:]]),
        headers={"Content-Type": "application/json"},
    )

    api.remember(response)
    assert response.status_code == 201 or 400 <= response.status_code < 500
    assert api.total() == before + (response.status_code == 201)


@pytest.mark.contract("API-11")
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
        api.send("PUT", f"{api.path}/abc", content=b"{"),
    ]

    for response in responses:
        assert response.status_code in {400, 401, 404, 405, 413, 415, 422}
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("API-1")
def test_a_body_with_a_delete_does_no_harm(api: Api) -> None:
    """`DELETE`: 204, no body; a body that comes along is not read."""
    entry = api.create()

    response = api.send(
        "DELETE", f"{api.path}/{entry['id']}", content=b"{", headers={"X-Y": "z"}
    )

    assert response.status_code == 204


@pytest.mark.contract("API-8")
def test_names_of_fields_are_json_keys_only(api: Api, resource: Resource) -> None:
    """A GET on the entry ignores a body and unknown query parameters."""
    entry = api.create()

    response = api.send("GET", f"{api.path}/{entry['id']}?{resource.name}=1")

    assert response.json() == entry
