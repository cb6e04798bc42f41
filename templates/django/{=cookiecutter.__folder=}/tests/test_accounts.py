#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Accounts: signing in, out and up, tokens, and what slows guessing down."""

import runpy
from datetime import timedelta
from unittest.mock import MagicMock

import pytest
from django.core.signing import TimestampSigner
from django.test import Client, override_settings
from django.utils import timezone

from {= package =} import urls
from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from tests.browser import PASSWORD, Browser

NEW_PASSWORD = "another horse, another staple"
URL = "/{= resource.url =}"
API = "/api/{= resource.url =}"


def ask_for_token(
    client: Client, username: str = "ada", password: str = PASSWORD
) -> int:
    """Sign in to the API, and return the status of the answer."""
    response = client.post("/api/token", {"username": username, "password": password})
    return response.status_code


def may_write(client: Client) -> bool:
    """Tell whether the API takes the client's token."""
    return client.post(API, {}, "application/json").status_code == {= 422 if resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | list else 201 =}


def test_signs_in_and_out(visitor: Browser, user: User) -> None:
    visitor.sign_in()
    page = visitor.get("/").content.decode()

    assert "Signed in." in page
    assert "ada" in page
    assert visitor.get("/logout").status_code == 405
    assert "Signed out." in visitor.sign_out().content.decode()
    assert 'href="/login"' in visitor.get("/").content.decode()


def test_signing_in_leads_on(visitor: Browser, user: User) -> None:
    page = visitor.get(f"{URL}/new", follow=True)

    assert f'name="next" value="{URL}/new"' in page.content.decode()
    values = {"username": "ada", "password": PASSWORD, "next": f"{URL}/new"}
    assert visitor.submit("/login", values)["Location"] == f"{URL}/new"


@pytest.mark.parametrize(
    "target", ["", "//evil.example", "https://evil.example", "/\\evil.example"]
)
def test_next_stays_on_this_site(visitor: Browser, user: User, target: str) -> None:
    values = {"username": "ada", "password": PASSWORD, "next": target}

    assert visitor.submit("/login", values)["Location"] == "/"


def test_a_mistake_tells_nothing(visitor: Browser, user: User) -> None:
    wrong = visitor.sign_in(password="wrong")
    unknown = visitor.sign_in(username="bob")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert 'role="alert"' in wrong.content.decode()
    assert 'value="ada"' in wrong.content.decode()
    assert "wrong" not in wrong.content.decode()


def test_signing_in_starts_a_new_session(visitor: Browser, user: User) -> None:
    visitor.cookies["sessionid"] = planted = "a" * 32

    visitor.sign_in()

    assert visitor.cookies["sessionid"].value not in ("", planted)


def copy_of(browser: Browser) -> Browser:
    """Return a browser with the same session cookie."""
    thief = Browser()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    return thief


def test_a_copied_cookie_ends_with_sign_out(browser: Browser) -> None:
    thief = copy_of(browser)
    assert thief.get(f"{URL}/new").status_code == 200

    browser.sign_out()

    assert thief.get(f"{URL}/new").status_code == 302


def test_a_session_ends_with_a_changed_password(browser: Browser) -> None:
    thief = copy_of(browser)
    values = {
        "old_password": PASSWORD,
        "new_password1": NEW_PASSWORD,
        "new_password2": NEW_PASSWORD,
    }

    page = browser.submit("/password", values, follow=True)

    assert "Password changed." in page.content.decode()
    assert browser.get(f"{URL}/new").status_code == 200
    assert thief.get(f"{URL}/new").status_code == 302


def test_a_session_ends_with_its_account(browser: Browser, user: User) -> None:
    user.delete()

    assert browser.get(f"{URL}/new").status_code == 302


def test_entries_go_with_their_account(user: User, {= resource.name =}: {= resource.class_name =}) -> None:
    user.delete()

    assert not {= resource.class_name =}.objects.exists()


def sign_up(browser: Browser, username: str, password: str = NEW_PASSWORD) -> int:
    """Fill in the form to sign up, and return the status of the answer."""
    values = {"username": username, "password1": password, "password2": password}
    status: int = browser.submit("/signup", values).status_code
    return status


def test_signs_up(visitor: Browser) -> None:
    assert 'href="/signup"' in visitor.get("/login").content.decode()

    assert sign_up(visitor, " grace ") == 302

    page = visitor.get("/").content.decode()
    assert "Welcome, grace." in page
    assert visitor.get(f"{URL}/new").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("", NEW_PASSWORD),
        ("x" * 151, NEW_PASSWORD),
        ("ada", NEW_PASSWORD),
        ("grace", "short"),
        ("grace", " " * 8),
        ("grace", "password1"),
        ("grace-hopper", "grace-hopper"),
    ],
)
def test_refuses_a_bad_account(
    visitor: Browser, user: User, username: str, password: str
) -> None:
    assert sign_up(visitor, username, password) == 422
    assert User.objects.get() == user


def test_sign_up_can_be_off(visitor: Browser) -> None:
    with override_settings(ALLOW_SIGNUP=False):
        patterns = tuple(runpy.run_path(urls.__file__)["urlpatterns"])

    with override_settings(ROOT_URLCONF=patterns):
        assert visitor.get("/signup").status_code == 404
        assert "/signup" not in visitor.get("/login").content.decode()


def test_issues_a_token(client: Client, user: User) -> None:
    response = client.post("/api/token", {"username": "ada", "password": PASSWORD})

    token = response.json()
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert may_write(Client(headers=headers))


def test_refuses_a_bad_login_for_a_token(client: Client, user: User) -> None:
    assert ask_for_token(client, password="wrong") == 401
    assert ask_for_token(client, username="bob") == 401
    assert ask_for_token(client, username="a\0") == 401
    assert client.post("/api/token", {"username": "ada"}).status_code == 422


def test_refuses_a_bad_token(
    client: Client, api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = api.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    assert may_write(api)
    for bad in ("", "x", token[:-1], f"2{token}", TimestampSigner().sign("1")):
        assert not may_write(Client(headers={"Authorization": f"Bearer {bad}"}))
    assert not may_write(Client(headers={"Authorization": token}))
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert not may_write(api)


def test_a_token_ends_with_sign_out(api: Client, browser: Browser) -> None:
    assert may_write(api)

    browser.sign_out()

    assert not may_write(api)


def test_a_token_ends_with_a_changed_password(api: Client, user: User) -> None:
    user.set_password(NEW_PASSWORD)
    user.save()

    assert not may_write(api)


def test_a_token_ends_with_its_account(api: Client, user: User) -> None:
    User.objects.update(is_active=False)
    assert not may_write(api)
    user.delete()

    assert not may_write(api)


def test_a_session_is_no_token(browser: Browser) -> None:
    assert not may_write(browser)


def test_throttles_by_user_name(visitor: Browser, client: Client, user: User) -> None:
    for _ in range(5):
        assert visitor.sign_in(password="wrong").status_code == 422
        assert ask_for_token(client, password="wrong") == 401

    page = visitor.sign_in()
    answer = client.post("/api/token", {"username": "ada", "password": PASSWORD})

    assert (page.status_code, answer.status_code) == (429, 429)
    assert page["Retry-After"] == answer["Retry-After"] == "300"
    assert "Too many attempts" in page.content.decode()
    assert "Too many requests" in answer.json()["detail"]
    assert visitor.sign_in(username="bob").status_code == 422


def test_throttles_by_address(client: Client, user: User) -> None:
    def ask(n: int, address: str) -> int:
        """Guess a password, coming from this address."""
        proxied = Client(headers={"X-Forwarded-For": f"10.9.9.9, {address}"})
        return ask_for_token(proxied, username=f"guess{n}")

    for n in range(50):
        assert ask(n, "10.0.0.1") == 401

    assert ask(50, "10.0.0.1") == 429
    assert ask(50, "10.0.0.2") == 401
    assert sign_up(Browser(headers={"X-Forwarded-For": "10.0.0.1"}), "grace") == 429


def test_a_success_resets_the_count(client: Client, user: User) -> None:
    for _ in range(3):
        for _ in range(9):
            assert ask_for_token(client, password="wrong") == 401
        assert ask_for_token(client) == 200


def test_an_attempt_counts_when_its_time_runs_out(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "django.core.cache.cache.incr", MagicMock(side_effect=ValueError)
    )

    assert ask_for_token(client) == 200


def test_logs_failed_sign_ins(
    visitor: Browser, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in(password="secret-word")

    assert "'ada' from 127.0.0.1" in caplog.text
    assert "secret-word" not in caplog.text
