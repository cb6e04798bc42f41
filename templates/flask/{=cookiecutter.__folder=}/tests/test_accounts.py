#% set resource = cookiecutter._resource
"""Accounts: the login page, tokens, the command that makes accounts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from {= cookiecutter.__package =}.accounts.auth import TOKEN_LIFETIME
from {= cookiecutter.__package =}.accounts.models import User
from {= cookiecutter.__package =}.database import get_session

from .conftest import PASSWORD, Submit

ADA = {"username": "ada", "password": PASSWORD}


def test_signs_in_and_out(client: FlaskClient, submit: Submit) -> None:
    signed_in = submit("/login", ADA, follow_redirects=True)
    signed_out = submit("/logout", follow_redirects=True)

    assert signed_in.request.path == "/"
    assert "Signed in." in signed_in.text
    assert "Sign out" in signed_in.text
    assert "Signed out." in signed_out.text
    assert "Sign out" not in client.get("/").text


def test_a_new_session_begins_with_signing_in(
    client: FlaskClient, submit: Submit
) -> None:
    with client.session_transaction() as session:
        session["planted"] = True
    submit("/login", ADA)

    with client.session_transaction() as session:
        assert "planted" not in session


@pytest.mark.parametrize(
    "data", [{}, ADA | {"password": "wrong"}, ADA | {"username": "eve"}]
)
def test_mistakes_all_look_the_same(submit: Submit, data: dict[str, str]) -> None:
    page = submit("/login", data)

    assert page.status_code == 422
    assert "The user name or the password is wrong." in page.text
    assert f'value="{data.get("username", "")}"' in page.text
    assert PASSWORD not in page.text


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/{= resource.url =}/new?a=b", "/{= resource.url =}/new?a=b"),
        ("", "/"),
        ("{= resource.plural =}", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example/", "/"),
    ],
)
def test_next_stays_on_this_site(
    client: FlaskClient, submit: Submit, target: str, location: str
) -> None:
    form = client.get("/login", query_string={"next": target})
    response = submit("/login", ADA | {"next": target})

    assert 'name="next"' in form.text
    assert response.location == location


def test_a_session_ends_with_its_account(app: Flask, signed_in: FlaskClient) -> None:
    with app.app_context():
        get_session().delete(get_session().get_one(User, 1))
        get_session().commit()

    assert "Sign out" not in signed_in.get("/").text


def test_gives_a_token(client: FlaskClient) -> None:
    response = client.post("/api/token", data=ADA)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.get_json()["token_type"] == "bearer"
    assert response.get_json()["expires_in"] == TOKEN_LIFETIME
    headers = {"Authorization": f"Bearer {response.get_json()['access_token']}"}
    assert client.post("/api/{= resource.url =}", json={}, headers=headers).status_code == 422


@pytest.mark.parametrize(
    ("data", "status"),
    [(ADA | {"password": "wrong"}, 401), (ADA | {"username": "eve"}, 401), ({}, 422)],
)
def test_gives_no_token(client: FlaskClient, data: dict[str, str], status: int) -> None:
    form = "application/x-www-form-urlencoded"

    assert client.post("/api/token", data=data, content_type=form).status_code == status
    assert client.post("/api/token", json=data).status_code == 415


def test_a_token_expires(
    app: Flask, api: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = TimestampSigner("").get_timestamp() + TOKEN_LIFETIME + 1
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: late)

    assert api.delete("/api/{= resource.url =}/1").status_code == 401


def test_a_token_ends_with_its_account(app: Flask, api: FlaskClient) -> None:
    with app.app_context():
        get_session().delete(get_session().get_one(User, 1))
        get_session().commit()

    assert api.delete("/api/{= resource.url =}/1").status_code == 401


def test_makes_an_account(app: Flask, submit: Submit) -> None:
    made = app.test_cli_runner().invoke(
        args=["create-user", "grace"], input="nanoseconds\nnanoseconds\n"
    )

    assert made.exit_code == 0
    assert "nanoseconds" not in made.output
    assert submit("/login", {"username": "grace", "password": "nanoseconds"}).location


@pytest.mark.parametrize(
    ("name", "entered", "reason"),
    [
        ("ada", "nanoseconds\nnanoseconds\n", "ada has an account already."),
        (" ", "nanoseconds\nnanoseconds\n", "1 to 150 characters"),
        ("grace", "short\nshort\n", "at least 8 characters"),
        ("grace", "nanoseconds\nmicroseconds\n", "do not match"),
    ],
)
def test_refuses_to_make_an_account(
    app: Flask, name: str, entered: str, reason: str
) -> None:
    refused = app.test_cli_runner().invoke(args=["create-user", name], input=entered)

    assert refused.exit_code != 0
    assert reason in refused.output
