#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Accounts: signing up, in and out, and tokens."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from {= package =} import create_app
from {= package =}.accounts.models import User
from {= package =}.accounts.service import TOKEN_LIFETIME
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.settings import Settings

from .browser import PASSWORD, Browser

ADA = {"username": "ada", "password": PASSWORD}
WRONG = "The user name or password is wrong."


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.usefixtures("user")
def test_signs_in_and_out(visitor: Browser) -> None:
    signed_in = visitor.submit("/login", ADA, follow_redirects=True)
    signed_out = visitor.submit("/logout", page="/", follow_redirects=True)

    assert signed_in.request.path == "/"
    assert "Signed in." in signed_in.text
    assert "Sign out" in signed_in.text
    assert "Signed out." in signed_out.text
    assert "Sign out" not in visitor.get("/").text
    assert visitor.get("/logout").status_code == 405


@pytest.mark.usefixtures("user")
def test_signing_in_leads_on(visitor: Browser) -> None:
    page = visitor.get("/{= resource.url =}/new", follow_redirects=True)
    signed_in = visitor.submit("/login", ADA | {"next": "/{= resource.url =}/new"})

    assert 'name="next" value="/{= resource.url =}/new"' in page.text
    assert signed_in.location == "/{= resource.url =}/new"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    "target",
    [
        "",
        "{= resource.url =}",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://evil.example/",
        "http://[",
    ],
)
def test_next_stays_on_this_site(visitor: Browser, target: str) -> None:
    assert visitor.submit("/login", ADA | {"next": target}).location == "/"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    "values", [{}, ADA | {"password": "wrong"}, ADA | {"username": "eve"}]
)
def test_a_mistake_tells_nothing(visitor: Browser, values: dict[str, str]) -> None:
    page = visitor.submit("/login", values)

    assert page.status_code == 422
    assert WRONG in page.text
    assert f'value="{values.get("username", "")}"' in page.text
    assert PASSWORD not in page.text


@pytest.mark.usefixtures("user")
def test_signing_in_starts_a_new_session(visitor: Browser) -> None:
    with visitor.session_transaction() as cookie:
        cookie["planted"] = True
    visitor.sign_in("ada", PASSWORD)

    with visitor.session_transaction() as cookie:
        assert "planted" not in cookie


def test_a_copied_cookie_ends_with_sign_out(app: Flask, browser: Browser) -> None:
    thief = Browser(app, app.response_class)
    with browser.session_transaction() as cookie, thief.session_transaction() as copy:
        copy.update(cookie)
    assert "Sign out" in thief.get("/").text

    browser.sign_out()
    assert "Sign out" not in thief.get("/").text


def test_a_session_ends_with_a_changed_password(app: Flask, browser: Browser) -> None:
    app.test_cli_runner().invoke(args=["change-password", "ada"], input="nanoseconds\n")

    assert "Sign out" not in browser.get("/").text


def test_a_session_ends_with_its_account(
    session: Session, user: User, browser: Browser
) -> None:
    session.delete(user)
    session.commit()

    assert "Sign out" not in browser.get("/").text


def test_entries_go_with_their_account(
    session: Session, user: User, {= resource.name =}: {= resource.class_name =}
) -> None:
    session.delete(user)
    session.commit()

    assert session.scalar(select(func.count({= resource.class_name =}.id))) == 0


def test_signs_up(visitor: Browser, session: Session) -> None:
    values = {"username": " grace ", "password": "nanoseconds"}
    page = visitor.submit("/signup", values, follow_redirects=True)

    assert page.request.path == "/"
    assert "Welcome, grace." in page.text
    assert "Sign out" in page.text
    assert session.scalars(select(User.username)).all() == ["grace"]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("ada", "nanoseconds", "username"),
        (" ", "nanoseconds", "username"),
        ("g" * 151, "nanoseconds", "username"),
        ("grace", "short", "password"),
        ("grace", "          ", "password"),
        ("grace", "password1", "password"),
        ("gracehopper", "GraceHopper", "password"),
    ],
)
def test_refuses_a_bad_account(
    visitor: Browser, session: Session, username: str, password: str, field: str
) -> None:
    page = visitor.submit("/signup", {"username": username, "password": password})

    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == 1
    assert f'id="{field}-error"' in page.text
    assert f'value="{password}"' not in page.text
    assert session.scalars(select(User.username)).all() == ["ada"]


def test_sign_up_can_be_off(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"allow_signup": False}))
    client = app.test_client()

    assert client.get("/signup").status_code == 404
    assert "/signup" not in client.get("/login").text
    app.extensions["engine"].dispose()


@pytest.mark.usefixtures("user")
def test_issues_a_token(client: FlaskClient) -> None:
    response = client.post("/api/token", data=ADA)
    token = response.get_json()

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert token["token_type"] == "bearer"
    assert token["expires_in"] == TOKEN_LIFETIME
    headers = bearer(token["access_token"])
    assert client.post("/api/{= resource.url =}", json={}, headers=headers).status_code == 422


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("values", "status"),
    [(ADA | {"password": "wrong"}, 401), (ADA | {"username": "eve"}, 401), ({}, 422)],
)
def test_refuses_a_bad_login_for_a_token(
    client: FlaskClient, values: dict[str, str], status: int
) -> None:
    response = client.post("/api/token", data=values)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_refuses_a_bad_token(
    api: FlaskClient, monkeypatch: pytest.MonkeyPatch, {= resource.name =}: {= resource.class_name =}
) -> None:
    late = TimestampSigner("").get_timestamp() + TOKEN_LIFETIME + 1
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: late)

    assert api.delete(f"/api/{= resource.url =}/{{= resource.name =}.id}").status_code == 401


def test_a_token_ends_with_sign_out(api: FlaskClient, browser: Browser) -> None:
    assert api.post("/api/{= resource.url =}", json={}).status_code == 422
    browser.sign_out()

    assert api.post("/api/{= resource.url =}", json={}).status_code == 401


def test_a_token_ends_with_a_changed_password(app: Flask, api: FlaskClient) -> None:
    app.test_cli_runner().invoke(args=["change-password", "ada"], input="nanoseconds\n")

    assert api.post("/api/{= resource.url =}", json={}).status_code == 401


def test_a_session_is_no_token(browser: Browser) -> None:
    cookie = browser.get_cookie("session")
    assert cookie

    headers = bearer(cookie.value)
    assert browser.post("/api/{= resource.url =}", json={}, headers=headers).status_code == 401


@pytest.mark.usefixtures("user")
def test_throttles_by_user_name(visitor: Browser, client: FlaskClient) -> None:
    for _ in range(10):
        assert visitor.sign_in("ada", "wrong").status_code == 422
    page = visitor.sign_in("ada", PASSWORD)
    problem = client.post("/api/token", data=ADA)

    assert page.status_code == problem.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "Too many attempts." in page.text
    assert problem.content_type == "application/problem+json"
    assert visitor.sign_in("eve", "wrong").status_code == 422


def test_throttles_by_address(client: FlaskClient) -> None:
    def sign_in(n: int, address: str) -> int:
        # The last address is what the proxy says; others may be made up.
        headers = {"X-Forwarded-For": f"10.0.0.{n}, {address}"}
        values = {"username": f"name{n}", "password": "wrong"}
        return client.post("/api/token", data=values, headers=headers).status_code

    assert {sign_in(n, "10.1.1.1") for n in range(50)} == {401}
    assert sign_in(50, "10.1.1.1") == 429
    assert sign_in(51, "10.1.1.2") == 401


@pytest.mark.usefixtures("user")
def test_a_success_resets_the_count(client: FlaskClient) -> None:
    for _ in range(2):
        for _ in range(9):
            client.post("/api/token", data=ADA | {"password": "wrong"})
        assert client.post("/api/token", data=ADA).status_code == 200


def test_logs_failed_sign_ins(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        client.post("/api/token", data={"username": "eve\n", "password": "my secret"})

    assert "Sign-in failed for 'eve' from 127.0.0.1" in caplog.text
    assert "my secret" not in caplog.text
