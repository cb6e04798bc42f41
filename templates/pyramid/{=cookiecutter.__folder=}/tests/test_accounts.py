#% set resource = cookiecutter._resource
"""Accounts: signing in and out, tokens."""

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session
from webtest import TestApp

from {= cookiecutter.__package =}.accounts.models import User
from tests.conftest import PASSWORD


def sign_in(client: TestApp, username: str, password: str, **query: str) -> TestApp:
    """Send the login form, and return the answer."""
    form = client.get("/login", query).forms[0]
    form["username"] = username
    form["password"] = password
    return form.submit(status="*")


def test_signs_in_and_out(browser: TestApp) -> None:
    """The pages say so, once."""
    page = browser.get("/")
    assert "Signed in." in page
    assert "ada" in page
    page = page.forms[0].submit(status=303).follow()

    assert "Signed out." in page
    assert "Sign in" in page


@pytest.mark.parametrize(
    ("username", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("", "")]
)
def test_a_mistake_tells_nothing(
    client: TestApp, user: User, username: str, password: str
) -> None:
    """The same answer for an unknown name and a wrong password."""
    page = sign_in(client, username, password)

    assert page.status_code == 422
    assert "The user name or the password is wrong." in page
    assert page.forms[0]["username"].value == username
    assert page.forms[0]["password"].value == ""


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
    client: TestApp, user: User, target: str, expected: str
) -> None:
    """Signing in leads to a path on this site only."""
    response = sign_in(client, "ada", PASSWORD, next=target)

    assert response.location == f"http://localhost{expected}"


def test_a_session_ends_with_its_account(
    browser: TestApp, user: User, session: Session
) -> None:
    """Whose account is gone is not signed in."""
    session.delete(user)
    session.commit()

    assert "Sign in" in browser.get("/")


def test_gives_a_token(client: TestApp, user: User) -> None:
    """A token comes with its lifetime, and is for no cache."""
    form = {"username": "ada", "password": PASSWORD}
    response = client.post("/api/token", form)

    assert response.json["token_type"] == "bearer"
    assert response.json["expires_in"] == 3600
    assert "no-store" in response.headers["Cache-Control"]


def test_gives_no_token_for_a_wrong_password(client: TestApp, user: User) -> None:
    """A wrong password is 401, a missing one 422, and JSON 415."""
    form = {"username": "ada", "password": "wrong"}

    assert "WWW-Authenticate" in client.post("/api/token", form, status=401).headers
    client.post("/api/token", {"username": "ada"}, status=422)
    client.post_json("/api/token", form, status=415)


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic YTpi", "x"])
def test_a_bad_token_is_401(client: TestApp, header: str) -> None:
    """What is no token of ours is 401."""
    client.post_json("/api/{= resource.url =}", {}, headers={"Authorization": header}, status=401)


def test_a_token_expires(api: TestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token is valid for an hour."""
    now = TimestampSigner("").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now + 3602)

    api.post_json("/api/{= resource.url =}", {}, status=401)


def test_a_token_ends_with_its_account(
    api: TestApp, user: User, session: Session
) -> None:
    """A token of an account that is gone is 401."""
    session.delete(user)
    session.commit()

    api.post_json("/api/{= resource.url =}", {}, status=401)


def test_a_session_is_no_token(browser: TestApp) -> None:
    """The API does not know sessions."""
    browser.post_json("/api/{= resource.url =}", {}, status=401)
