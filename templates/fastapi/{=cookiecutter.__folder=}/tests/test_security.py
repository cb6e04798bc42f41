#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Security: headers, hosts, cookies, forged forms, large bodies, errors."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.browser import Browser, Controls

PAGES, API = "/{= resource.url =}", "/api/{= resource.url =}"


@pytest.fixture
def faulty(app: FastAPI, client: TestClient) -> TestClient:
    """Return a client of an application that has a fault."""

    @app.get("/fault")
    @app.get("/api/fault")
    def fail() -> None:
        raise RuntimeError("the cause")

    return client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        PAGES,
        API,
        "/nope",
        "/api/nope",
        "/static/style.css",
        "/fault",
        "/api/fault",
    ],
)
def test_every_response_has_security_headers(faulty: TestClient, path: str) -> None:
    """Good or bad, a response tells browsers to be careful."""
    headers = faulty.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" in headers


def test_hsts_is_for_https_only(client: TestClient) -> None:
    """Over HTTP, browsers are not told to use HTTPS."""
    headers = client.get("http://testserver/").headers

    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/fault", "/nope"])
def test_errors_are_pages_or_problems(faulty: TestClient, path: str) -> None:
    """Pages get a page, the API gets problem details; neither gets the cause."""
    page, problem = faulty.get(path), faulty.get(f"/api{path}")

    assert page.status_code == problem.status_code
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json().keys() == {"type", "title", "status", "detail"}
    assert "cause" not in page.text + problem.text


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "[", ""])
def test_refuses_other_hosts(client: TestClient, host: str) -> None:
    """A host that is not allowed is 400."""
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/", headers={"Host": "TestServer:8000"}).status_code == 200
    problem = client.get(API, headers={"Host": host})
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("debug", [True, False])
def test_cookies_are_protected(settings: Settings, debug: bool) -> None:
    """Scripts and other sites do not get the cookie, nor does HTTP but in debugging."""
    app = create_app(settings.model_copy(update={"debug": debug}))

    with TestClient(app, "https://testserver") as client:
        cookie = client.get("/login").headers["set-cookie"]

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert ("secure" in cookie) is not debug


def test_refuses_forged_forms(browser: Browser, visitor: Browser) -> None:
    """A form needs its session's token, and no other site may send it."""
    url = f"{PAGES}/new"
    foreign = Controls(visitor.get("/login").text).values["csrf_token"]
    own = Controls(browser.get(url).text).values

    for form in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
        assert browser.post(url, data=form).status_code == 403
    for origin in ("https://evil.example", "null"):
        response = browser.post(url, data=own, headers={"Origin": origin})
        assert response.status_code == 403
    headers = {"Origin": "https://testserver"}
    assert browser.post(url, data=own, headers=headers).status_code == 422


@pytest.mark.parametrize("url", [f"{PAGES}/new", "/api/token", API])
@pytest.mark.parametrize("chunked", [True, False])
def test_refuses_large_bodies(
    app: FastAPI, browser: Browser, url: str, chunked: bool
) -> None:
    """A body over 1 MiB is 413, whether or not it says so."""

    def chunks() -> Iterator[bytes]:
        for _ in range(17):
            yield b"x" * 65536

    content = chunks() if chunked else b"".join(chunks())
    media_type = (
        "application/json" if url == API else "application/x-www-form-urlencoded"
    )

    response = browser.post(url, content=content, headers={"Content-Type": media_type})

    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/", PAGES, "/login", "/static/style.css", API])
def test_head_works_like_get(client: TestClient, path: str) -> None:
    """HEAD is answered wherever GET is."""
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", [f"{PAGES}/", "/login/", f"{API}/"])
def test_no_path_ends_in_a_slash(client: TestClient, path: str) -> None:
    """Nothing answers or redirects there."""
    assert client.get(path, follow_redirects=False).status_code == 404


def test_static_files_are_read_only(client: TestClient) -> None:
    """405 says so."""
    assert client.post("/static/style.css").headers["allow"] == "GET, HEAD"


def test_the_documentation_comes_from_here(client: TestClient) -> None:
    """The page of the API loads its scripts and styles from this server."""
    page = client.get("/api/docs").text

    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert links
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_description_of_the_api_is_true(client: TestClient) -> None:
    """Every operation says which problems it answers with."""
    paths = client.get("/api/openapi.json").json()["paths"]

    assert set(paths) == {"/api/token", API, API + "/{{= resource.name =}_id}"}
    for operations in paths.values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                problem = "application/problem+json" in response.get("content", {})
                assert problem is not status.startswith("2")


def test_health_asks_the_database(client: TestClient, settings: Settings) -> None:
    """200 while the database answers, 503 when it does not; never cached."""
    nowhere = {"database_url": "sqlite:////nowhere/at/all.sqlite3"}
    broken = TestClient(create_app(settings.model_copy(update=nowhere)))

    for healthy, status, word in ((client, 200, "ok"), (broken, 503, "unavailable")):
        response = healthy.get("/health")
        assert response.status_code == status
        assert response.json() == {"status": word}
        assert response.headers["cache-control"] == "no-store"
