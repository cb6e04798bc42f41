"""API: tokens."""

import base64
import json
import time
from collections.abc import Callable
from contextlib import closing

import httpx
import pytest

from .client import (
    WRONG,
    Api,
    Browser,
    address,
    ask,
    assert_problem,
    certificates,
    faults,
    raw,
    short,
)
from .conftest import Account, Server
from .resource import Resource, word

BAD = [
    "",
    "Bearer",
    "Bearer x",
    "Bearer a.b.c",
    "Bearer a b",
    "Bearer " + "A" * 3000,
    "Bearer \u00ff\u00fe",
    "Bearer null",
    "Basic YWRhOnNlY3JldA==",
    "Token x",
    "x",
]


def token_for(server: Server, **form: str) -> httpx.Response:
    """Ask for a token."""
    return ask("POST", f"{server.base_url}/api/token", data=form)


def writes(api: Api, authorization: str | None) -> list[httpx.Response]:
    """Try every write with this header; give the answers."""
    entry = api.create()
    headers = raw(
        address() if authorization is None else {"Authorization": authorization}
    )
    item = f"{api.path}/{entry['id']}"
    bare = httpx.Client(
        base_url=api.http.base_url, headers=headers, timeout=30, verify=certificates()
    )
    with bare:
        answers = [
            bare.post(api.path, json=api.resource.entry()),
            bare.put(item, json=api.resource.entry()),
            bare.delete(item),
        ]
    assert api.get(entry["id"]).json() == entry
    return answers


def assert_401(response: httpx.Response) -> None:
    """Check a 401 and its header."""
    assert_problem(response, 401)
    assert response.headers["www-authenticate"].split()[0].rstrip(",") == "Bearer"


@pytest.mark.contract("API-1", "OPS-8")
def test_a_token_is_given_for_name_and_password(server: Server) -> None:
    """`POST /api/token`: 200, `access_token`, `token_type`, `expires_in`, `no-store`."""
    response = token_for(
        server, username=server.user.username, password=server.user.password
    )

    assert response.status_code == 200
    answer = response.json()
    assert set(answer) == {"access_token", "token_type", "expires_in"}
    assert isinstance(answer.pop("access_token"), str)
    assert answer == {"token_type": "bearer", "expires_in": 3600}  # one hour
    assert "no-store" in response.headers["cache-control"]


@pytest.mark.contract("ERR-2", "SIGN-2")
def test_a_wrong_name_or_password_is_401(server: Server) -> None:
    """401: wrong user name or password; with `WWW-Authenticate: Bearer`."""
    wrong = token_for(
        server, username=server.user.username, password="not " + server.user.password
    )
    unknown = token_for(server, username=word(), password=server.user.password)
    odd = token_for(server, username="a" * 5000, password="b" * 5000)

    assert_401(wrong)
    assert_401(unknown)
    assert odd.status_code in {401, 422}
    assert wrong.json() == unknown.json()


@pytest.mark.contract("ERR-1", "ERR-2")
def test_an_odd_name_or_password_is_refused(server: Server, account: Account) -> None:
    """401 or 422, never 500, for a name or password of any text."""
    for odd in ("a\0b", "\0", "%", "\N{HORSE}"):
        for response in (
            token_for(server, username=odd, password=account.password),
            token_for(server, username=account.username, password=odd),
        ):
            assert response.status_code in {401, 422}, odd
            assert_problem(response, response.status_code)


@pytest.mark.contract("ERR-7")
def test_a_missing_name_or_password_is_422(server: Server) -> None:
    """422: a missing value; `field` is the field's name."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    empty = ask("POST", f"{server.base_url}/api/token", content=b"", headers=headers)
    nothing = assert_problem(empty, 422)
    half = assert_problem(token_for(server, username=server.user.username), 422)

    assert faults(nothing) == {"username", "password"}
    assert faults(half) == {"password"}


@pytest.mark.contract("ERR-13")
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", None])
def test_a_token_is_not_given_for_what_is_no_form(
    server: Server, content_type: str | None
) -> None:
    """What is no form is refused: 400, 415 or 422, as the framework does."""
    account = {"username": server.user.username, "password": server.user.password}
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = ask(
        "POST",
        f"{server.base_url}/api/token",
        content=json.dumps(account).encode(),
        headers=headers,
    )

    assert response.status_code in {400, 415, 422}
    assert_problem(response, response.status_code)


@pytest.mark.contract("ERR-1")
def test_a_bad_form_is_refused(server: Server) -> None:
    """400, 401 or 422, never 500, for bytes that are no form."""
    for content in (b"%ff=%ff", b"\xff\xfe", b"username", b"&&&==", b"username=%"):
        response = ask(
            "POST",
            f"{server.base_url}/api/token",
            content=content,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

        assert response.status_code in {400, 401, 422}, content
        assert_problem(response, response.status_code)


@pytest.mark.contract("ERR-2")
def test_writes_need_a_token(api: Api) -> None:
    """Reading is public, writing needs an account: 401 with `WWW-Authenticate`."""
    for response in writes(api, None):
        assert_401(response)


@pytest.mark.contract("ERR-2")
@pytest.mark.parametrize("authorization", BAD, ids=short)
def test_a_bad_token_is_401(api: Api, authorization: str) -> None:
    """401: a bad token."""
    for response in writes(api, authorization):
        assert_401(response)


def altered(token: str) -> list[str]:
    """Tokens that the server did not sign, made of one that it did."""
    last = "A" if token[-1] != "A" else "Q"
    parts = token.split(".")
    middle = len(token) // 2
    flipped = token[:middle] + ("x" if token[middle] != "x" else "y")
    forged = [
        token[:-8] + last * 8,
        flipped + token[middle + 1 :],
        token[:-8],
        token + "A" * 4,
        token[8:],
        token.swapcase(),
    ]
    if len(parts) == 3:
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode()
        forged += [
            f"{none.rstrip('=')}.{parts[1]}.",
            f"{parts[0]}.{parts[1]}.",
            f"{parts[0]}.{base64.urlsafe_b64encode(b'{}').decode()}.{parts[2]}",
        ]
    return forged


@pytest.mark.contract("ERR-2")
def test_an_altered_token_is_401(api: Api, token: str) -> None:
    """An altered or foreign token is 401."""
    for forged in altered(token):
        for response in writes(api, f"Bearer {forged}"):
            assert_401(response)


@pytest.mark.contract("ERR-2")
def test_the_scheme_is_not_case_sensitive(
    api: Api, resource: Resource, token: str
) -> None:
    """`Authorization: Bearer …`; schemes are compared without case (RFC 9110)."""
    response = api.send(
        "POST",
        api.path,
        data=resource.entry(),
        headers={"Authorization": f"bearer {token}"},
    )

    api.remember(response)
    assert response.status_code == 201


@pytest.mark.contract("API-10")
@pytest.mark.parametrize("authorization", BAD, ids=short)
def test_a_bad_token_does_not_harm_reads(api: Api, authorization: str) -> None:
    """Reads (`GET`) need no token, and a bad one does not harm them."""
    entry = api.create()
    headers = {"Authorization": authorization}

    for path in (api.path, f"{api.path}/{entry['id']}", "/api/openapi.json"):
        assert api.send("GET", path, headers=headers).status_code == 200


@pytest.mark.contract("SIGN-8")
def test_a_session_does_not_count(
    browser: Browser, resource: Resource, api: Api, token: str
) -> None:
    """Session cookies do not count in the API, so it needs no CSRF token."""
    entry = api.create()
    item = f"{api.path}/{entry['id']}"
    for response in (
        browser.http.post(api.path, json=resource.entry()),
        browser.http.put(item, json=resource.entry()),
        browser.http.delete(item),
    ):
        assert_401(response)
    bearer = {"Authorization": f"Bearer {token}"}
    both = browser.http.post(api.path, json=resource.entry(), headers=bearer)
    api.remember(both)
    assert both.status_code == 201
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("SIGN-8")
def test_a_token_is_no_session(
    new_browser: Callable[..., Browser], resource: Resource, token: str
) -> None:
    """Pages use a session: a token does not open them."""
    browser = new_browser({"Authorization": f"Bearer {token}"})

    page = browser.get(f"{resource.path}/new")

    assert page.status in {302, 303}


@pytest.mark.contract("SIGN-6")
def test_a_token_ends_with_sign_out(
    server: Server, resource: Resource, account: Account, own_browser: Browser
) -> None:
    """A token lasts for an hour, and ends with sign-out."""
    token = server.token(account)
    with closing(Api(server.base_url, resource, token)) as own_api:
        entry = own_api.create()
        assert own_api.put(entry["id"], resource.entry()).status_code == 200

        own_browser.get("/").form("/logout").submit()

        assert_401(own_api.put(entry["id"], resource.entry()))
        assert_401(own_api.delete(entry["id"]))
        fresh = server.token(account)
        own_api.headers["Authorization"] = f"Bearer {fresh}"
        assert own_api.delete(entry["id"]).status_code == 204


@pytest.mark.contract("SIGN-8")
def test_the_api_sets_no_cookie(api: Api, server: Server) -> None:
    """Session cookies do not count in the API; it sets none."""
    api.create()
    token_for(server, username=server.user.username, password=server.user.password)

    assert api.list().headers.get("set-cookie") is None
    assert not api.http.cookies


@pytest.mark.contract("SIGN-2")
def test_unknown_names_take_as_long_as_wrong_passwords(
    server: Server, account: Account
) -> None:
    """The same work whether or not the user exists."""

    def best(username: str) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            token_for(server, username=username, password=WRONG)
            times.append(time.perf_counter() - start)
        return min(times)

    token_for(server, username=word(), password=WRONG)
    known, unknown = best(account.username), best(word())

    assert known / 3 < unknown < known * 3
