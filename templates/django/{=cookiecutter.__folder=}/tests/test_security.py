#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What protects the app, and how it tells of errors."""

from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from ninja.errors import HttpError

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}, {= resource.class_name =}QuerySet
from tests.browser import Browser
from tests.examples import {= resource.constant =}, {= resource.prefix =}FORM

JSON = "application/json"
PROBLEM = "application/problem+json"
PROXIED = {
    "Host": "testserver",
    "Origin": "https://testserver",
    "Referer": "https://testserver/login",
    "X-Forwarded-Proto": "https",
}


@pytest.mark.parametrize(
    "path", ["/", "/nope", "/api/{= resource.url =}", "/api/nope", "/static/style.css", "/health"]
)
def test_every_response_has_security_headers(client: Client, path: str) -> None:
    response = client.head(path)

    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_hsts_is_for_https_only(client: Client) -> None:
    proxied = {"X-Forwarded-Proto": "https"}

    assert "Strict-Transport-Security" not in client.get("/")
    assert "Strict-Transport-Security" in client.get("/", headers=proxied)


def test_signs_in_behind_a_proxy(user: User) -> None:
    """The proxy passes the host on and tells that it was HTTPS: that is enough."""
    browser = Browser(headers=PROXIED)

    assert browser.sign_in().status_code == 302


def test_errors_are_pages_or_problems(client: Client, browser: Browser) -> None:
    answer = client.get("/api/{= resource.url =}/1")
    page = browser.get("/nope")

    assert answer.status_code == 404
    assert answer["Content-Type"] == PROBLEM
    assert answer.json().keys() == {"type", "title", "status", "detail"}
    assert client.get("/api/nope")["Content-Type"] == PROBLEM
    assert client.patch("/api/{= resource.url =}").status_code == 405
    assert page.status_code == 404
    assert "There is nothing at this address." in page.content.decode()
    assert "Sign out" in page.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404("No author is called Bob."), 404),
        (PermissionDenied("Not on a Sunday."), 403),
        (HttpError(410, "It went away."), 410),
    ],
)
def test_the_authors_own_errors_keep_their_text(
    client: Client, error: Exception, status: int
) -> None:
    with patch.object({= resource.class_name =}QuerySet, "search", side_effect=error):
        answer = client.get("/api/{= resource.url =}")
        page = client.get("/{= resource.url =}")

    assert answer.status_code == status
    assert answer.json()["detail"] == str(error)
    if not isinstance(error, HttpError):
        assert page.status_code == status
        assert str(error) in page.content.decode()


def test_a_models_own_rules_are_told(api: Client) -> None:
    rule = ValidationError("Not on a Sunday.")

    with patch.object({= resource.class_name =}QuerySet, "search", side_effect=rule):
        answer = api.get("/api/{= resource.url =}")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "__all__", "message": "Not on a Sunday."}
    ]


def test_faults_are_logged(user: User, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser(raise_request_exception=False)
    browser.force_login(user)

    with patch.object({= resource.class_name =}QuerySet, "search", side_effect=ValueError("why")):
        page, answer = browser.get("/{= resource.url =}"), browser.get("/api/{= resource.url =}")

    assert (page.status_code, answer.status_code) == (500, 500)
    assert "Something went wrong here." in page.content.decode()
    assert "Sign in" not in page.content.decode()
    assert answer["Content-Type"] == PROBLEM
    assert b"why" not in page.content + answer.content
    assert "/{= resource.url =}" in caplog.text
    assert "ValueError: why" in caplog.text


def test_a_database_that_fails_is_told_in_a_line(
    user: User, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(raise_request_exception=False)
    browser.force_login(user)
    error = OperationalError("no such table")

    with (
        patch.object({= resource.class_name =}QuerySet, "search", side_effect=error),
        patch("django.contrib.auth.get_user", side_effect=error),
    ):
        page = browser.get("/{= resource.url =}")

    assert page.status_code == 500
    assert "Something went wrong here." in page.content.decode()
    assert "Sign in" not in page.content.decode()
    assert "no such table. Did you run `python manage.py migrate`?" in caplog.text


@pytest.mark.parametrize("host", ["evil.example", "testserver:x@evil.example"])
def test_refuses_other_hosts(client: Client, host: str) -> None:
    for path in ("/", "/api/{= resource.url =}"):
        assert client.get(path, headers={"Host": host}).status_code == 400


def test_cookies_are_protected(visitor: Browser, user: User) -> None:
    visitor.sign_in()

    assert visitor.cookies.keys() == {"csrftoken", "sessionid"}
    for cookie in visitor.cookies.values():
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


def test_refuses_forged_forms(browser: Browser, stranger: Browser) -> None:
    stranger.get("/{= resource.url =}/new")
    theirs = stranger.cookies["csrftoken"].value
    browser.get("/{= resource.url =}/new")

    for forged in ({= resource.prefix =}FORM, {= resource.prefix =}FORM | {"csrfmiddlewaretoken": theirs}):
        response = browser.post("/{= resource.url =}/new", forged)
        assert response.status_code == 403
        assert "The form has expired." in response.content.decode()


def test_refuses_large_bodies(browser: Browser, api: Client) -> None:
    much = "x" * (1024 * 1024 + 1)
    answer = api.post("/api/{= resource.url =}", {= resource.constant =} | {"more": much}, JSON)
    page = browser.submit("/{= resource.url =}/new", {= resource.prefix =}FORM | {"more": much})

    assert answer.status_code in (400, 413)
    assert page.status_code in (400, 413)
    assert not {= resource.class_name =}.objects.exists()


def test_pages_for_an_account_are_not_cached(client: Client, browser: Browser) -> None:
    assert "no-store" in browser.get("/{= resource.url =}")["Cache-Control"]
    assert "Cache-Control" not in client.get("/{= resource.url =}")
