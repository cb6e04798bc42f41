"""Guessing is slow: few attempts for a name, and few failed ones from an address."""

import time
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from .client import WRONG, Browser, Page, address, ask, assert_problem, at_once
from .conftest import Account, Server
from .resource import word

EARLIEST = 5
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
    """After ten attempts for one user name, from anywhere: 429, page and problem."""
    name = account.username if known else word()
    wrong = Account(username=name, password=WRONG)
    right = Account(username=name, password=account.password)

    def try_page(account: Account) -> Page:
        form = new_browser().get("/login").form("/login")
        return form.submit({"username": account.username, "password": account.password})

    statuses = [
        token(server, wrong).status_code if n % 2 else try_page(wrong).status
        for n in range(BY_NAME)
    ]

    assert statuses[:EARLIEST] == [422, 401, 422, 401, 422]
    assert set(statuses) <= {401, 422, 429}
    for late in (wrong, right):
        response = token(server, late)
        assert_problem(response, 429)
        assert retry_after(response) >= 1
        page = try_page(late)
        assert retry_after(page.response) >= 1
        assert page.leads_to("/")
        assert page.one('link[rel~="stylesheet"]')
        assert page.one("h1")
        assert late.password not in page.response.text
        assert not page.browser.is_signed_in
    assert server.token(server.user), "other names are not concerned"


@pytest.mark.contract("SIGN-7")
def test_a_success_sets_the_names_count_back(server: Server, account: Account) -> None:
    """A success sets the name's count back."""
    wrong = Account(username=account.username, password=WRONG)
    for _ in range(1 + BY_NAME // EARLIEST):
        for _ in range(EARLIEST - 1):
            assert token(server, wrong).status_code == 401
        assert token(server, account).status_code == 200


@pytest.mark.contract("SIGN-7", "ERR-8")
def test_an_address_fails_fifty_times(server: Server, account: Account) -> None:
    """After fifty failed attempts from one address, whatever names it tries: 429.

    What a client says of hops before its own does not count.
    """
    here = address()
    hops = f"{address()['X-Forwarded-For']}, {here['X-Forwarded-For']}"
    browser = Browser(server.base_url, here)
    form = browser.get("/login").form("/login")

    def attempt(headers: dict[str, str]) -> tuple[int, float]:
        start = time.perf_counter()
        response = token(server, Account(username=word(), password=WRONG), headers)
        return response.status_code, time.perf_counter() - start

    made = [attempt(here) for _ in range(EARLIEST)]
    hashed = min(took for _, took in made)
    while len(made) < BY_ADDRESS:  # at once, as hashing takes its time
        some = [here, {"X-Forwarded-For": hops}] * 8
        made += at_once(*[partial(attempt, h) for h in some[: BY_ADDRESS - len(made)]])
    refused = [attempt({"X-Forwarded-For": hops}), attempt(here), attempt(here)]

    statuses = [status for status, _ in made]
    assert statuses[:EARLIEST] == [401] * EARLIEST
    assert set(statuses) <= {401, 429}
    assert {status for status, _ in refused} == {429}
    assert min(took for _, took in refused) < hashed / 2, "before any hashing"
    response = token(server, account, here)
    assert_problem(response, 429)
    assert retry_after(response) >= 1
    page = form.submit({"username": account.username, "password": account.password})
    assert retry_after(page.response) >= 1
    assert not browser.is_signed_in
    page = browser.try_to_sign_up(word(), account.password)
    assert retry_after(page.response) >= 1, "signing up hashes as well"
    assert not browser.is_signed_in
    assert browser.get("/").status == 200, "reading is not concerned"
    browser.close()
    assert token(server, account).status_code == 200, "nor are other addresses"
