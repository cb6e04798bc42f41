#% set resource = cookiecutter._resource
"""Security: forgery, headers, cookies, hosts; errors that say no more than they should."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from {= cookiecutter.__package =}.database import Base
from {= cookiecutter.__package =}.security import SECURITY_HEADERS

from .conftest import PASSWORD, Submit

ADA = {"username": "ada", "password": PASSWORD}


def test_a_form_needs_its_token(client: FlaskClient) -> None:
    page = client.post("/login", data=ADA)

    assert page.status_code == 403
    assert "The form has expired" in page.text


def test_a_form_needs_the_token_of_its_session(app: Flask, submit: Submit) -> None:
    submit("/login", ADA)
    other = app.test_client()
    with other.session_transaction() as session:
        session["csrf_token"] = "another"

    assert submit("/login", ADA).status_code == 302
    assert other.post("/login", data=ADA | {"csrf_token": "another"}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost", 302), ("http://evil.example", 403), ("null", 403)],
)
def test_a_form_is_of_this_site(
    client: FlaskClient, submit: Submit, origin: str, status: int
) -> None:
    headers = {"Origin": origin}

    assert submit("/login", ADA, headers=headers).status_code == status
    assert client.get("/login", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/{= resource.url =}", "/api/{= resource.url =}", "/nope", "/api/nope"])
def test_every_response_has_the_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert dict(response.headers).items() >= SECURITY_HEADERS.items()
    assert "Strict-Transport-Security" not in response.headers


def test_https_is_for_good(client: FlaskClient) -> None:
    response = client.get("/", base_url="https://localhost")

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_cookies_are_protected(client: FlaskClient) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]

    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("path", ["/", "/{= resource.url =}", "/login", "/api/{= resource.url =}"])
def test_refuses_other_hosts(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400


def test_takes_hosts_in_any_case(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "LocalHost:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/nope", "/{= resource.url =}/1", "/{= resource.url =}/", "/apis"])
def test_pages_that_are_not_there_are_styled(client: FlaskClient, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 404
    assert "Go to the start page" in page.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api", 404), ("GET", "/api/nope", 404), ("POST", "/api/{= resource.url =}/1", 405)],
)
def test_the_api_answers_with_problems(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert list(response.get_json()) == ["type", "title", "status", "detail"]
    assert response.get_json()["status"] == status


def test_names_the_methods_that_are_allowed(client: FlaskClient) -> None:
    allowed = client.patch("/api/{= resource.url =}/1").headers["Allow"].split(", ")

    assert set(allowed) == {"DELETE", "GET", "HEAD", "OPTIONS", "PUT"}


@pytest.mark.parametrize("path", ["/{= resource.url =}", "/api/{= resource.url =}"])
def test_faults_of_ours_say_nothing_of_their_cause(
    app: Flask, signed_in: FlaskClient, path: str
) -> None:
    with app.app_context():
        Base.metadata.drop_all(app.extensions["engine"])
    response = signed_in.get(path)

    assert response.status_code == 500
    assert "Something went wrong here." in response.text
    assert dict(response.headers).items() >= SECURITY_HEADERS.items()


def test_health(client: FlaskClient) -> None:
    response = client.get("/health")

    assert response.json == {"status": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


def test_health_of_a_broken_database(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("{= cookiecutter.__package =}.home.text", lambda _sql: text("SELECT nonsense"))
    response = client.get("/health")

    assert response.status_code == 503
    assert response.json == {"status": "unavailable"}
    assert response.headers["Cache-Control"] == "no-store"
