#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Accounts: signing in, out and up, tokens, and how often one may try."""

import time

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.settings import Settings
from tests.browser import PASSWORD, Browser, Controls

NEW, API = "/{= resource.url =}/new", "/api/{= resource.url =}"
ACCOUNT = {"username": "ada", "password": PASSWORD}
WRONG = "The user name or password is wrong."


def is_signed_in(browser: Browser) -> bool:
    """Tell whether pages offer to sign out."""
    return 'action="/logout"' in browser.get("/").text


def is_good_token(client: TestClient, token: str) -> bool:
    """Tell whether the API takes a token."""
    headers = {"Authorization": f"Bearer {token}"}
    status = client.post(API, json={}, headers=headers).status_code
    assert status in (401, 422)
    return status == 422


def test_signs_in_and_out(visitor: Browser, user: User) -> None:
    """Pages greet who is signed in, and offer to sign out."""
    assert visitor.sign_in().headers["location"] == "/"

    home = visitor.get("/")

    assert "Signed in." in home.text
    assert "ada" in home.text
    assert "Signed in." not in visitor.get("/").text
    assert visitor.sign_out().headers["location"] == "/"
    assert "Signed out." in visitor.get("/").text
    assert not is_signed_in(visitor)
    assert visitor.sign_out().status_code == 403


def test_signing_in_leads_on(visitor: Browser, user: User) -> None:
    """The login page knows where the visitor was going."""
    login = visitor.get(NEW).headers["location"]

    values = {**Controls(visitor.get(login).text).values, **ACCOUNT}
    response = visitor.post("/login", data=values)

    assert response.headers["location"] == NEW


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_next_stays_on_this_site(visitor: Browser, user: User, target: str) -> None:
    """Nobody is led to another site."""
    assert visitor.sign_in(next=target).headers["location"] == "/"


def test_a_mistake_tells_nothing(
    visitor: Browser, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown name and a wrong password look alike, and hash as much."""
    hashed: list[str] = []
    monkeypatch.setattr(service.password_hash, "hash", hashed.append)

    wrong = visitor.sign_in(password="wrong password")
    unknown = visitor.sign_in("bob")

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("ada", "bob") == unknown.text
    assert WRONG in unknown.text
    assert PASSWORD not in unknown.text
    assert hashed == [PASSWORD]


def test_signing_in_starts_a_new_session(visitor: Browser, user: User) -> None:
    """A form from before signing in is worth nothing afterwards."""
    before = Controls(visitor.get("/login").text).values["csrf_token"]

    visitor.sign_in()

    assert visitor.post("/logout", data={"csrf_token": before}).status_code == 403


def test_a_copied_cookie_ends_with_sign_out(
    app: FastAPI, browser: Browser, visitor: Browser
) -> None:
    """Signing out ends every copy of the session."""
    visitor.cookies.update(browser.cookies)
    assert is_signed_in(visitor)

    browser.sign_out()

    assert not is_signed_in(visitor)


def test_a_session_ends_with_a_changed_password(
    browser: Browser, session: Session, user: User
) -> None:
    """Whoever knew the old password is not signed in any more."""
    service.change_password(session, user, "another good one")

    assert not is_signed_in(browser)
    assert WRONG in browser.sign_in().text
    browser.sign_in(password="another good one")
    assert is_signed_in(browser)


def test_a_session_ends_with_its_account(
    browser: Browser, session: Session, user: User
) -> None:
    """Whose account is gone is not signed in any more."""
    session.delete(user)
    session.commit()

    assert browser.get(NEW).status_code == 303
    assert not is_signed_in(browser)


def test_entries_go_with_their_account(
    session: Session, user: User, {= resource.name =}: {= resource.class_name =}, client: TestClient
) -> None:
    """Nobody is left who might change them."""
    url = f"{API}/{{= resource.name =}.id}"
    assert client.get(url).status_code == 200

    session.delete(user)
    session.commit()

    assert client.get(url).status_code == 404


def test_signs_up(visitor: Browser) -> None:
    """A visitor makes an account, and is signed in."""
    assert 'href="/signup"' in visitor.get("/login").text

    values = {"username": " grace ", "password": PASSWORD}
    response = visitor.submit("/signup", values)

    assert response.headers["location"] == "/"
    assert "Welcome, grace." in visitor.get("/").text
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    ("field", "username", "password"),
    [
        ("username", "ada", PASSWORD),
        ("username", " ", PASSWORD),
        ("username", "x" * 151, PASSWORD),
        ("password", "grace", "short"),
        ("password", "grace", " " * 8),
        ("password", "grace", "password1"),
        ("password", "gracehopper", "GraceHopper"),
    ],
)
def test_refuses_a_bad_account(
    visitor: Browser, user: User, field: str, username: str, password: str
) -> None:
    """The form comes back with a message, and without the password."""
    values = {"username": username, "password": password}

    response = visitor.submit("/signup", values)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert Controls(response.text).values["username"] == username
    assert Controls(response.text).values["password"] == ""
    assert not is_signed_in(visitor)


def test_sign_up_can_be_off(
    settings: Settings, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the owner of the site makes accounts, there is no such page."""
    monkeypatch.setattr(settings, "allow_signup", False)

    assert visitor.get("/signup").status_code == 404
    login = visitor.get("/login").text
    assert "/signup" not in login
    form = Controls(login).values
    assert visitor.post("/signup", data=form).status_code == 404


def test_issues_a_token(client: TestClient, user: User) -> None:
    """A name and its password are worth a token for an hour."""
    response = client.post("/api/token", data=ACCOUNT)

    assert response.headers["cache-control"] == "no-store"
    token = response.json()
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
    assert is_good_token(client, token["access_token"])


def test_refuses_a_bad_login_for_a_token(client: TestClient, user: User) -> None:
    """A mistake is 401, a missing value 422."""
    wrong = client.post("/api/token", data={**ACCOUNT, "password": "wrong password"})
    missing = client.post("/api/token", data={"username": "ada"})

    assert wrong.status_code == 401
    assert wrong.headers["www-authenticate"] == "Bearer"
    assert wrong.json()["detail"] == WRONG
    assert [error["field"] for error in missing.json()["errors"]] == ["password"]


def test_refuses_a_bad_token(
    app: FastAPI, client: TestClient, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An altered, foreign or old token is 401."""
    tokens = app.state.tokens
    good = service.create_token(tokens, user).access_token
    another = URLSafeTimedSerializer("another-key", salt=tokens.salt)
    foreign = service.create_token(another, user)
    with monkeypatch.context() as patch:
        then = int(time.time()) - service.TOKEN_LIFETIME - 1
        patch.setattr(TimestampSigner, "get_timestamp", lambda self: then)
        old = service.create_token(tokens, user)

    assert is_good_token(client, good)
    for token in (good[1:], foreign.access_token, old.access_token, "x"):
        assert not is_good_token(client, token)


def test_a_token_ends_with_sign_out(
    browser: Browser, client: TestClient, user: User
) -> None:
    """Signing out ends tokens too."""
    token = client.post("/api/token", data=ACCOUNT).json()["access_token"]

    browser.sign_out()

    assert not is_good_token(client, token)


def test_a_token_ends_with_a_changed_password(
    client: TestClient, session: Session, user: User
) -> None:
    """A new password ends tokens too."""
    token = client.post("/api/token", data=ACCOUNT).json()["access_token"]

    service.change_password(session, user, "another good one")

    assert not is_good_token(client, token)


def test_a_session_is_no_token(browser: Browser) -> None:
    """Signing in on pages does not count in the API."""
    assert browser.post(API, json={}).status_code == 401


def test_throttles_by_user_name(client: TestClient, visitor: Browser) -> None:
    """The eleventh attempt for a name is refused, on pages and for tokens."""
    for _ in range(10):
        assert visitor.sign_in().status_code == 422

    page, problem = visitor.sign_in(), client.post("/api/token", data=ACCOUNT)

    assert page.status_code == problem.status_code == 429
    assert 0 < int(page.headers["retry-after"]) <= 300
    assert "Too many attempts." in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert visitor.sign_in("bob").status_code == 422


def test_throttles_by_address(client: TestClient, visitor: Browser) -> None:
    """After fifty failed attempts an address has to wait, whatever the name."""
    for number in range(49):
        account = {"username": f"user {number}", "password": PASSWORD}
        assert client.post("/api/token", data=account).status_code == 401
    assert visitor.submit("/signup", {"username": " "}).status_code == 422

    assert client.post("/api/token", data=ACCOUNT).status_code == 429
    assert visitor.submit("/signup", ACCOUNT).status_code == 429


def test_a_success_resets_the_count(client: TestClient, user: User) -> None:
    """Whoever knows the password is not kept out."""
    for _ in range(12):
        wrong = {**ACCOUNT, "password": "wrong password"}
        assert client.post("/api/token", data=wrong).status_code == 401
        assert client.post("/api/token", data=ACCOUNT).status_code == 200


def test_logs_failed_sign_ins(
    visitor: Browser, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says who tried and from where, and no password."""
    visitor.sign_in("ada\n", "wrong password")

    assert "Sign-in failed for 'ada' from testclient" in caplog.text
    assert "wrong password" not in caplog.text
