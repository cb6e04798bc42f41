#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Accounts: signing in and out, tokens, and accounts that are gone."""

import time

import pytest
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session

from {= package =}.accounts import auth
from {= package =}.accounts.auth import TOKEN_LIFETIME, token_serializer
from {= package =}.accounts.models import User
from {= package =}.settings import Settings
from tests.browser import PASSWORD, Browser, Controls

NEW = "/{= resource.url =}/new"
ACCOUNT = {"username": "ada", "password": PASSWORD}


def test_signs_in_and_out(visitor: Browser, user: User) -> None:
    """Pages greet who is signed in, and offer to sign out."""
    assert visitor.sign_in().headers["location"] == "/"

    home = visitor.get("/")

    assert "Signed in." in home.text
    assert "ada" in home.text
    assert home.headers["cache-control"] == "private, no-store"
    response = visitor.post("/logout", data=Controls(home.text).values)
    assert response.headers["location"] == "/"
    assert "Signed out." in visitor.get("/").text
    assert visitor.get(NEW).status_code == 303


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
    monkeypatch.setattr(auth.password_hash, "hash", hashed.append)

    wrong = visitor.sign_in("wrong password")
    unknown = visitor.submit("/login", {"username": "bob", "password": PASSWORD})

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("ada", "bob") == unknown.text
    assert "The user name or password is wrong." in unknown.text
    assert PASSWORD not in unknown.text
    assert hashed == [PASSWORD]


def test_signing_in_starts_a_new_session(visitor: Browser, user: User) -> None:
    """A token from before signing in is worth nothing afterwards."""
    before = Controls(visitor.get("/login").text).values["csrf_token"]

    visitor.sign_in()

    assert visitor.post("/logout", data={"csrf_token": before}).status_code == 403


def test_a_session_ends_with_its_account(
    browser: Browser, session: Session, user: User
) -> None:
    """Whose account is gone is not signed in any more."""
    assert browser.get(NEW).status_code == 200

    session.delete(user)
    session.commit()

    assert browser.get(NEW).status_code == 303
    assert "Sign in" in browser.get("/").text


def test_issues_a_token(client: TestClient, user: User) -> None:
    """A name and its password are worth a token for an hour."""
    response = client.post("/api/token", data=ACCOUNT)

    assert response.headers["cache-control"] == "no-store"
    token = response.json()
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert client.post("/api/{= resource.url =}", json={}, headers=headers).status_code == 422


def test_refuses_a_token(client: TestClient, user: User) -> None:
    """A mistake is 401, a missing value 422, what is no form 415."""
    wrong = client.post("/api/token", data={**ACCOUNT, "password": "wrong password"})

    assert wrong.status_code == 401
    assert wrong.headers["www-authenticate"] == "Bearer"
    missing = client.post("/api/token", data={"username": "ada"})
    assert [error["field"] for error in missing.json()["errors"]] == ["password"]
    assert client.post("/api/token", json=ACCOUNT).status_code == 415


def test_a_token_expires(
    client: TestClient,
    user: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An altered, foreign or old token, or that of an account that is gone, is 401."""
    foreign = settings.model_copy(update={"secret_key": "another-key"})
    good = token_serializer(settings).dumps(user.id)
    with monkeypatch.context() as patch:
        then = int(time.time()) - TOKEN_LIFETIME - 1
        patch.setattr(TimestampSigner, "get_timestamp", lambda self: then)
        old = token_serializer(settings).dumps(user.id)
    gone = token_serializer(settings).dumps(user.id + 1)

    for token in (good[1:], token_serializer(foreign).dumps(user.id), old, gone, "x"):
        headers = {"Authorization": f"Bearer {token}"}
        assert client.delete("/api/{= resource.url =}/1", headers=headers).status_code == 401


def test_a_session_is_no_token(browser: Browser) -> None:
    """Signing in on pages does not count in the API."""
    assert browser.post("/api/{= resource.url =}", json={}).status_code == 401
