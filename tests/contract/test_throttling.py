"""Guessing is slow: ten attempts for a name, fifty failed ones from an address."""

import time
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from .client import WRONG, Browser, address, ask, assert_problem, at_once
from .conftest import Account, Server
from .resource import word

BY_NAME = 10
BY_ADDRESS = 50


def token(
    server: Server, account: Account, headers: dict[str, str] | None = None
) -> httpx.Response:
    """Ask for a token, from a new address unless `headers` say another."""
    form = {"username": account.username, "password": account.password}
    return ask("POST", f"{server.base_url}/api/token", data=form, headers=headers)


def retry_after(response: httpx.Response) -> int:
    """How long a 429 asks to wait, in seconds."""
    assert response.status_code == 429, response.status_code
    return int(response.headers["retry-after"])


@pytest.mark.contract("SIGN-7", "ERR-8", "PAGE-10")
@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_name_is_tried_ten_times(
    server: Server, account: Account, new_browser: Callable[..., Browser], known: bool
) -> None:
    """Ten attempts for one user name, from anywhere; then 429, page and problem."""
    name = account.username if known else word()
    wrong = Account(username=name, password=WRONG)
    right = Account(username=name, password=account.password)
    for attempt in range(BY_NAME):
        if attempt % 2:
            assert token(server, wrong).status_code == 401, attempt
        else:
            form = new_browser().get("/login").form("/login")
            page = form.submit({"username": name, "password": WRONG})
            assert page.status == 422, attempt

    for late in (wrong, right):
        response = token(server, late)
        assert_problem(response, 429)
        assert 1 <= retry_after(response) <= 300
        browser = new_browser()
        form = browser.get("/login").form("/login")
        page = form.submit({"username": name, "password": late.password})
        assert 1 <= retry_after(page.response) <= 300
        assert page.leads_to("/")
        assert page.one('link[rel~="stylesheet"]')
        assert page.one("h1")
        assert late.password not in page.response.text
        assert not browser.is_signed_in
    assert server.token(server.user), "other names are not concerned"


@pytest.mark.contract("SIGN-7")
def test_a_success_sets_the_names_count_back(server: Server, account: Account) -> None:
    """A success sets the name's count back."""
    wrong = Account(username=account.username, password=WRONG)
    for _ in range(BY_NAME - 1):
        assert token(server, wrong).status_code == 401

    assert token(server, account).status_code == 200

    for _ in range(3):
        assert token(server, wrong).status_code == 401


@pytest.mark.contract("SIGN-7", "ERR-8")
def test_an_address_fails_fifty_times(server: Server, account: Account) -> None:
    """Fifty failed attempts from one address, whatever names it tries; then 429.

    What a client says of hops before its own does not count, a success neither.
    """
    here = address()
    longer = {
        "X-Forwarded-For": f"{address()['X-Forwarded-For']}, {here['X-Forwarded-For']}"
    }
    browser = Browser(server.base_url, here)
    form = browser.get("/login").form("/login")

    def attempt(headers: dict[str, str]) -> tuple[int, float]:
        start = time.perf_counter()
        response = token(server, Account(username=word(), password=WRONG), headers)
        return response.status_code, time.perf_counter() - start

    assert token(server, account, here).status_code == 200
    page = form.submit({"username": word(), "password": WRONG})
    assert page.status == 422
    hashed = [attempt(here) for _ in range(3)]
    for _ in range(2):  # at once, as hashing takes its time
        hashed += at_once(*[partial(attempt, h) for h in (here, longer)] * 11)
    hashed += [attempt(here) for _ in range(BY_ADDRESS - 1 - len(hashed))]
    refused = [attempt(headers) for headers in (here, here, longer)]

    assert {status for status, _ in hashed} == {401}
    assert {status for status, _ in refused} == {429}
    assert min(took for _, took in refused) < min(took for _, took in hashed) / 2, (
        "refused before any hashing"
    )
    response = token(server, account, here)
    assert_problem(response, 429)
    assert 1 <= retry_after(response) <= 300
    page = form.submit({"username": account.username, "password": account.password})
    assert 1 <= retry_after(page.response) <= 300
    assert not browser.is_signed_in
    assert browser.get("/").status == 200, "reading is not concerned"
    browser.close()
    assert token(server, account).status_code == 200, "nor are other addresses"
