#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""What protects the app: headers, cookies, CSRF tokens, limits; and how it fails."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from {= package =}.accounts.models import User
from {= package =}.{= r.plural =}.models import {= r.class_name =}QuerySet
from {= package =}.wsgi import application
from tests.conftest import PASSWORD
from tests.entries import FORM

JSON = "application/json"
PROBLEM = "application/problem+json"
TOO_MUCH = b"x" * (1024 * 1024 + 1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/nope", "/api/{= r.url =}", "/api/nope", "/static/style.css", "/health"]
)
def test_every_response_has_the_security_headers(client: Client, path: str) -> None:
    response = client.head(path)

    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "Strict-Transport-Security" not in response
    assert "Strict-Transport-Security" in client.head(path, secure=True)


def test_cookies_are_protected(client: Client, account: User) -> None:
    client.get("/login")
    client.post("/login", {"username": "ada", "password": PASSWORD})

    assert client.cookies.keys() == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


def test_pages_of_those_signed_in_are_not_cached(browser: Client) -> None:
    assert browser.get("/")["Cache-Control"] == "private, no-store"


def test_a_form_needs_its_token(account: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)

    response = browser.post("/{= r.url =}/new", FORM)

    assert response.status_code == 403
    assert "Go to the start page" in response.content.decode()


def test_the_api_needs_no_csrf_token(token: str) -> None:
    api = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})

    assert api.post("/api/{= r.url =}", {}, JSON).status_code == 422


def test_another_host_is_refused(client: Client) -> None:
    evil = {"Host": "evil.example"}

    assert client.get("/", headers=evil).status_code == 400
    response = client.get("/api/{= r.url =}", headers=evil)

    assert response.status_code == 400
    assert response["Content-Type"] == PROBLEM


def test_a_large_body_is_refused(browser: Client, api: Client) -> None:
    page = browser.generic("POST", "/{= r.url =}/new", TOO_MUCH, "multipart/form-data")
    answer = api.generic("POST", "/api/{= r.url =}", TOO_MUCH, JSON)

    assert (page.status_code, answer.status_code) == (413, 413)
    assert answer["Content-Type"] == PROBLEM


class Chunks:
    """A body that comes in pieces, and says nothing of its length."""

    def __init__(self, body: bytes) -> None:
        """Begin with the whole body to come."""
        self.body = body

    def read(self, size: int) -> bytes:
        """Return what comes next."""
        piece, self.body = self.body[:size], self.body[size:]
        return piece


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", "400"), (TOO_MUCH * 2, "413")],
    ids=["short", "long"],
)
def test_a_body_in_chunks_is_read(token: str, body: bytes, status: str) -> None:
    chunks = Chunks(body)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/{= r.url =}",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": JSON,
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.input": chunks,
        "wsgi.input_terminated": True,
    }
    statuses: list[str] = []

    with patch("django.db.close_old_connections"):
        application(environ, lambda line, *rest: statuses.append(line))  # type: ignore[arg-type] # nothing is written

    assert statuses[0].startswith(status)
    assert chunks.body == b""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/nope", 404),
        ("POST", "/api/", 404),
        ("PATCH", "/api/{= r.url =}", 405),
        ("POST", "/api/docs", 405),
    ],
)
def test_errors_of_the_api_are_problems(
    client: Client, method: str, path: str, status: int
) -> None:
    response = client.generic(method, path)

    problem = response.json()
    assert response.status_code == status
    assert response["Content-Type"] == PROBLEM
    assert response["Content-Length"] == str(len(response.content))
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert ("Allow" in response) == (status == 405)


def test_a_fault_says_nothing_of_its_cause(token: str) -> None:
    client = Client(raise_request_exception=False)

    with patch.object({= r.class_name =}QuerySet, "search", side_effect=ValueError("why")):
        page, answer = client.get("/{= r.url =}"), client.get("/api/{= r.url =}")

    assert (page.status_code, answer.status_code) == (500, 500)
    assert "Go to the start page" in page.content.decode()
    assert answer["Content-Type"] == PROBLEM
    assert b"why" not in page.content + answer.content


def test_health_asks_the_database(client: Client) -> None:
    response = client.get("/health")

    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_health_tells_of_a_database_that_does_not_answer(client: Client) -> None:
    with patch("{= package =}.views.connection.cursor", side_effect=DatabaseError):
        response = client.get("/health")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable"}
    assert "no-store" in response["Cache-Control"]


def test_the_documentation_loads_nothing_from_elsewhere(client: Client) -> None:
    html = client.get("/api/docs").content.decode()

    assert 'src="/static/ninja/swagger-ui-bundle.js"' in html
    assert "http" not in html
    assert client.head("/static/ninja/swagger-ui-bundle.js").status_code == 200
