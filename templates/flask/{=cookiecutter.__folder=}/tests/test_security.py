#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Security: forgery, headers, cookies, hosts; errors that say no more than they should."""

import logging
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import abort
from flask.testing import FlaskClient

from {= package =} import create_app
from {= package =}.security import SECURITY_HEADERS
from {= package =}.settings import Settings

from .browser import PASSWORD, Browser

ADA = {"username": "ada", "password": PASSWORD}
LARGE = b" " * (1024 * 1024 + 1)


@pytest.mark.parametrize("path", ["/", "/{= resource.url =}", "/api/{= resource.url =}", "/nope", "/api/nope"])
def test_every_response_has_security_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert dict(response.headers).items() >= SECURITY_HEADERS.items()


def test_hsts_is_for_https_only(client: FlaskClient) -> None:
    header = "Strict-Transport-Security"

    assert header not in client.get("/").headers
    assert header in client.get("/", base_url="https://localhost").headers
    assert header in client.get("/", headers={"X-Forwarded-Proto": "https"}).headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nope", 404),
        ("GET", "/apis", 404),
        ("GET", "/logout", 405),
        ("GET", "/api/nope", 404),
        ("POST", "/api/{= resource.url =}/1", 405),
    ],
)
def test_errors_are_pages_or_problems(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)

    assert response.status_code == status
    if path.startswith("/api/"):
        assert response.content_type == "application/problem+json"
        assert list(response.get_json()) == ["type", "title", "status", "detail"]
    else:
        assert "Go to the start page" in response.text


@pytest.mark.parametrize("path", ["/bob", "/api/bob"])
def test_the_authors_own_errors_keep_their_text(settings: Settings, path: str) -> None:
    app = create_app(settings)
    app.add_url_rule(path, view_func=lambda: abort(404, "No author is called Bob."))
    response = app.test_client().get(path)

    assert response.status_code == 404
    assert "No author is called Bob." in response.text
    app.extensions["engine"].dispose()


@pytest.fixture
def broken(settings: Settings, empty_database: str) -> Iterator[FlaskClient]:
    """Return a client of an application whose database has no tables."""
    app = create_app(settings.model_copy(update={"database_url": empty_database}))
    yield app.test_client()
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("path", ["/{= resource.url =}", "/api/{= resource.url =}"])
def test_faults_are_logged(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.ERROR):
        response = broken.get(path)

    assert response.status_code == 500
    assert "OperationalError" not in response.text
    assert "Sign in" not in response.text
    assert dict(response.headers).items() >= SECURITY_HEADERS.items()
    assert f"Exception on {path} [GET]" in caplog.text
    assert "Traceback" in caplog.text
    assert "Run: alembic upgrade head" in caplog.text


def test_errors_need_no_database(broken: FlaskClient) -> None:
    with broken.session_transaction() as cookie:
        cookie["user"] = [1, 0]
    page = broken.get("/{= resource.url =}")

    assert page.status_code == 500
    assert "Go to the start page" in page.text
    assert "Sign in" not in page.text


@pytest.mark.parametrize("host", ["evil.example", "localhost:x@evil.example"])
@pytest.mark.parametrize("path", ["/", "/login", "/api/{= resource.url =}", "/nope"])
def test_refuses_other_hosts(client: FlaskClient, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 400


def test_hosts_can_be_any(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"allowed_hosts": ["*"]}))
    page = app.test_client().get("/nope", headers={"Host": "any.example"})

    assert page.status_code == 404
    app.extensions["engine"].dispose()


def test_cookies_are_protected(visitor: Browser) -> None:
    cookie = visitor.get("/login").headers["Set-Cookie"]

    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.usefixtures("user")
def test_refuses_forged_forms(visitor: Browser) -> None:
    with visitor.session_transaction() as cookie:
        cookie["csrf_token"] = "another"
    for values in ({}, {"csrf_token": "another"}):
        page = visitor.post("/login", data=ADA | values)

        assert page.status_code == 403
        assert "The form has expired." in page.text
    assert visitor.sign_in("ada", PASSWORD).status_code == 302


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_takes_strange_headers(visitor: Browser, header: str) -> None:
    visitor.environ_base["wsgi.url_scheme"] = "https"
    visitor.environ_base[f"HTTP_{header.upper()}"] = "http://["

    assert visitor.sign_in("ada", PASSWORD).status_code == 302


@pytest.mark.parametrize("path", ["/login", "/api/token", "/api/{= resource.url =}"])
def test_refuses_large_bodies(api: FlaskClient, path: str) -> None:
    told = api.post(path, data=LARGE)
    streamed = api.post(
        path,
        input_stream=BytesIO(LARGE),
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert (told.status_code, streamed.status_code) == (413, 411)


def test_pages_for_an_account_are_not_cached(
    visitor: Browser, browser: Browser
) -> None:
    assert "no-store" in browser.get("/{= resource.url =}").headers["Cache-Control"]
    assert "Cache-Control" not in visitor.get("/{= resource.url =}").headers
