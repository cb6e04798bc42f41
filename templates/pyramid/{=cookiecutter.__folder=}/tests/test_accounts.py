#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Accounts: signing in, up and out, tokens, and too many attempts."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from itsdangerous import TimestampSigner
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webtest import TestApp

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from tests.browser import PASSWORD, Browser
from tests.examples import {= resource.constant =}

LOGIN = {"username": "ada", "password": PASSWORD}
WRONG = {"username": "ada", "password": "wrong"}


def change_password(session: Session, user: User) -> None:
    service.change_password(user, "another horse")
    session.commit()


def test_signs_in_and_out(visitor: Browser, user: User) -> None:
    page = visitor.sign_in("ada").follow()
    assert "Signed in." in page
    assert page.forms[0].html.find("span").text == "ada"
    page = visitor.sign_out().follow()

    assert "Signed out." in page
    assert "Signed out." not in visitor.get("/")
    assert not visitor.is_signed_in()


def test_signing_in_leads_on(visitor: Browser, user: User) -> None:
    """Whoever had to sign in comes back to where they were going."""
    page = visitor.get("/{= resource.url =}/new", status=303).follow()
    form = page.forms[0]
    form["username"], form["password"] = LOGIN.values()

    assert form.submit(status=303).location == "https://localhost/{= resource.url =}/new"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/{= resource.url =}?page=1", "/{= resource.url =}?page=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\r\nX: y", "/"),
    ],
)
def test_next_stays_on_this_site(
    visitor: Browser, user: User, target: str, expected: str
) -> None:
    response = visitor.submit(f"/login?{urlencode({'next': target})}", LOGIN)

    assert response.location == f"https://localhost{expected}"


@pytest.mark.parametrize(
    ("username", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("", "")]
)
def test_a_mistake_tells_nothing(
    visitor: Browser, user: User, username: str, password: str
) -> None:
    """The same answer for an unknown name and a wrong password."""
    page = visitor.sign_in(username, password, status=422)

    assert page.html.find(role="alert").text == "The user name or password is wrong."
    assert page.forms[0]["username"].value == username
    assert page.forms[0]["password"].value == ""


def test_signing_in_starts_a_new_session(visitor: Browser, user: User) -> None:
    """A form's token that was planted before is of no use after."""
    planted = visitor.get("/login").forms[0]["csrf_token"].value
    visitor.sign_in("ada")

    assert visitor.get("/").forms[0]["csrf_token"].value != planted


def test_a_copied_cookie_ends_with_sign_out(
    browser: Browser, make_browser: Callable[[], Browser]
) -> None:
    thief = make_browser()
    thief.cookiejar = list_copy(browser)
    assert thief.is_signed_in()
    browser.sign_out()

    assert not thief.is_signed_in()


def list_copy(browser: Browser) -> object:
    """Return a copy of a browser's cookies."""
    jar = type(browser.cookiejar)()
    for cookie in browser.cookiejar:
        jar.set_cookie(cookie)
    return jar


def test_a_session_ends_with_a_changed_password(
    browser: Browser, user: User, session: Session
) -> None:
    change_password(session, user)

    assert not browser.is_signed_in()


def test_a_session_ends_with_its_account(
    browser: Browser, user: User, session: Session
) -> None:
    session.delete(user)
    session.commit()

    assert not browser.is_signed_in()


def test_entries_go_with_their_account(
    {= resource.name =}: {= resource.class_name =}, user: User, session: Session
) -> None:
    session.delete(user)
    session.commit()

    assert session.scalar(select(func.count()).select_from({= resource.class_name =})) == 0


def test_signs_up(visitor: Browser) -> None:
    """Who signs up is signed in; spaces around the name do not count."""
    values = {"username": " ada ", "password": PASSWORD}
    page = visitor.submit("/signup", values).follow()

    assert "Welcome, ada." in page
    assert visitor.is_signed_in()
    visitor.sign_out()
    visitor.sign_in(" ada ")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("username", {"username": "ada", "password": PASSWORD}),
        ("username", {"username": " ", "password": PASSWORD}),
        ("username", {"username": "x" * 151, "password": PASSWORD}),
        ("password", {"username": "bob", "password": "short"}),
        ("password", {"username": "bob", "password": " " * 8}),
        ("password", {"username": "password-of-bob", "password": "password-of-bob"}),
        ("password", {"username": "bob", "password": "password1"}),
    ],
)
def test_refuses_a_bad_account(
    visitor: Browser, user: User, field: str, values: dict[str, str]
) -> None:
    """What is wrong is said beside the field, and the password is not sent back."""
    page = visitor.submit("/signup", values, status=422)

    assert page.html.find(id=field)["aria-describedby"] == f"{field}-error"
    assert page.html.find(id=f"{field}-error").text
    assert page.forms[0]["username"].value == values["username"]
    assert page.forms[0]["password"].value == ""


def test_one_of_two_who_sign_up_at_once_gets_the_name(
    visitor: Browser, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database has the last word, and the page still works."""
    monkeypatch.setattr(service, "find_user", lambda session, username: None)
    page = visitor.submit("/signup", LOGIN, status=409)

    assert "Another request was faster." in page
    assert "Sign in" in page


def test_sign_up_can_be_off(make_app: Callable[..., Router]) -> None:
    browser = Browser(
        make_app(allow_signup="false"), extra_environ={"HTTP_HOST": "localhost"}
    )

    browser.get("/signup", status=404)
    assert "/signup" not in browser.get("/login")


def test_issues_a_token(client: TestApp, user: User) -> None:
    """A token comes with its lifetime, and is for no cache."""
    response = client.post("/api/token", LOGIN)

    assert response.json["token_type"] == "bearer"
    assert response.json["expires_in"] == 3600
    assert "no-store" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_refuses_a_bad_login_for_a_token(client: TestApp, user: User) -> None:
    response = client.post("/api/token", WRONG, status=401)

    assert response.headers["WWW-Authenticate"] == "Bearer"
    client.post("/api/token", {"username": "ada"}, status=422)
    client.post_json("/api/token", LOGIN, status=422)


@pytest.mark.parametrize(
    "header", ["Bearer x", "Bearer", "Basic YTpi", "x", "Bearer ä"]
)
def test_refuses_a_bad_token(client: TestApp, header: str) -> None:
    client.post_json("/api/{= resource.url =}", {= resource.constant =}, headers={"Authorization": header}, status=401)


def test_a_token_expires(api: TestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token is valid for an hour."""
    now = TimestampSigner("").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now + 3602)

    api.post_json("/api/{= resource.url =}", {= resource.constant =}, status=401)


def test_a_token_ends_with_sign_out(api: TestApp, browser: Browser) -> None:
    api.post_json("/api/{= resource.url =}", {= resource.constant =}, status=201)
    browser.sign_out()

    api.post_json("/api/{= resource.url =}", {= resource.constant =}, status=401)


def test_a_token_ends_with_a_changed_password(
    api: TestApp, user: User, session: Session
) -> None:
    change_password(session, user)

    api.post_json("/api/{= resource.url =}", {= resource.constant =}, status=401)


def test_a_session_is_no_token(browser: Browser) -> None:
    """The API does not know sessions."""
    browser.post_json("/api/{= resource.url =}", {= resource.constant =}, status=401)


def test_throttles_by_user_name(visitor: Browser, client: TestApp, user: User) -> None:
    """The eleventh attempt is refused whatever the password, in the API as well."""
    for _ in range(10):
        client.post("/api/token", WRONG, status=401)

    response = client.post("/api/token", LOGIN, status=429)
    assert int(response.headers["Retry-After"]) > 0
    page = visitor.sign_in("ada", status=429)
    assert "Too many attempts." in page
    assert "Retry-After" in page.headers


def test_throttles_by_address(client: TestApp, visitor: Browser, user: User) -> None:
    """The last address in X-Forwarded-For is the one that the proxy has seen."""
    for n in range(50):
        headers = {"X-Forwarded-For": f"10.0.0.{n}, 10.1.1.1"}
        form = {"username": f"user{n}", "password": "wrong"}
        client.post("/api/token", form, headers=headers, status=401)

    client.post("/api/token", LOGIN, headers=headers, status=429)
    client.post("/api/token", LOGIN)


def test_sign_ups_count_for_their_address(visitor: Browser) -> None:
    form = visitor.get("/signup").forms[0]
    for _ in range(50):
        form.submit(status=422)

    form.submit(status=429)


def test_a_success_resets_the_count(client: TestApp, user: User) -> None:
    for _ in range(3):
        for _ in range(9):
            client.post("/api/token", WRONG, status=401)
        client.post("/api/token", LOGIN)


def test_logs_failed_sign_ins(
    visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """The name and the address are logged, the password is not."""
    with caplog.at_level(logging.WARNING):
        visitor.sign_in("nobody", "my secret", status=422)

    assert "'nobody'" in caplog.text
    assert "127.0.0.1" in caplog.text
    assert "my secret" not in caplog.text
