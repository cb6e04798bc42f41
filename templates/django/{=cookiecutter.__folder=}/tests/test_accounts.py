#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""Accounts: signing in and out, and tokens."""

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from {= package =}.accounts.models import User
from tests.conftest import PASSWORD
from tests.entries import entry

FORM = {"username": "ada", "password": PASSWORD}
FORM_TYPE = "application/x-www-form-urlencoded"


def test_signs_in_and_goes_on(client: Client, account: User) -> None:
    assert 'value="/{= r.url =}/new"' in client.get("/login?next=/{= r.url =}/new").content.decode()

    response = client.post("/login", FORM | {"next": "/{= r.url =}/new"}, follow=True)

    assert response.redirect_chain == [("/{= r.url =}/new", 302)]
    assert "Signed in." in response.content.decode()


@pytest.mark.parametrize(
    "target",
    ["", "//evil.example", "https://evil.example", "/\\evil.example", "x", "/\nx"],
)
def test_next_never_leaves_the_site(client: Client, account: User, target: str) -> None:
    response = client.post("/login", FORM | {"next": target})

    assert response["Location"] == "/"


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong"}, {"username": "bob"}, {"username": "a\0"}]
)
def test_a_wrong_name_or_password_shows_the_form_again(
    client: Client, account: User, wrong: dict[str, str]
) -> None:
    response = client.post("/login", FORM | wrong)

    html = response.content.decode()
    assert response.status_code == 422
    assert PASSWORD not in html
    assert '<form class="stack"' in html


def test_unknown_names_and_wrong_passwords_look_the_same(
    client: Client, account: User
) -> None:
    wrong = client.post("/login", FORM | {"password": "wrong"}).context["form"]
    unknown = client.post("/login", FORM | {"username": "bob"}).context["form"]

    assert wrong.errors == unknown.errors


def test_signs_out(browser: Client) -> None:
    assert browser.get("/logout").status_code == 405

    response = browser.post("/logout", follow=True)

    assert "Signed out." in response.content.decode()
    assert 'href="/login"' in response.content.decode()


def test_gives_a_token(client: Client, account: User) -> None:
    body = "username=ada&password=correct+horse+battery"

    response = client.post("/api/token", body, FORM_TYPE)

    assert response.json().keys() == {"access_token", "token_type", "expires_in"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("username=ada&password=wrong", 401),
        ("username=bob&password=wrong", 401),
        ("username=ada", 422),
        ("username=a%00&password=x", 422),
    ],
)
def test_gives_no_token(client: Client, account: User, body: str, status: int) -> None:
    assert client.post("/api/token", body, FORM_TYPE).status_code == status


def test_gives_no_token_for_what_is_no_form(client: Client, account: User) -> None:
    response = client.post("/api/token", FORM, "application/json")

    assert response.status_code == 415


def status_with(token: str) -> int:
    """Try to add an entry with this token."""
    client = Client(headers={"Authorization": f"Bearer {token}"})
    return client.post("/api/{= r.url =}", entry(), "application/json").status_code


def test_refuses_an_altered_or_foreign_token(token: str) -> None:
    pk = token.partition(":")[0]

    assert status_with(token) == 201
    for bad in ("", "x", token[:-1], "2" + token, TimestampSigner().sign(pk)):
        assert status_with(bad) == 401


def test_refuses_an_expired_token(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)

    assert status_with(token) == 401


def test_refuses_the_token_of_an_account_that_is_gone(
    token: str, account: User
) -> None:
    User.objects.update(is_active=False)
    assert status_with(token) == 401
    account.delete()

    assert status_with(token) == 401
