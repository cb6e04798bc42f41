#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Security: headers, hosts, cookies, forged forms, large bodies, errors."""

import logging
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, UploadFile
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError, ProgrammingError

from {= package =}.accounts import views
from {= package =}.main import create_app
from {= package =}.pages import check_csrf_token
from {= package =}.settings import Settings
from tests.browser import Browser, Controls

PAGES, API = "/{= resource.url =}", "/api/{= resource.url =}"


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


# What an author might add next.
more = APIRouter(include_in_schema=False)


@more.get("/fault")
@more.get("/api/fault")
def fail() -> None:
    raise RuntimeError("the cause")


@more.get("/moods/{key}")
@more.get("/api/moods/{key}")
def find_mood(key: str, mood: Mood = Mood.GOOD) -> str:
    if key == "gone":
        raise HTTPException(410, {"reason": "No mood lasts."})
    if key == "raced":
        raise IntegrityError("INSERT", {}, Exception("the cause"))
    if key == "unknown":
        raise ProgrammingError("SELECT", {}, Exception("the cause"))
    raise HTTPException(404, f"Nobody called {key} is in a {mood} mood.")


@more.post("/api/photos")
def measure_photo(photo: UploadFile, caption: Annotated[str, Form()]) -> int | None:
    return photo.size


@more.post("/photos", dependencies=[Depends(check_csrf_token)])
def show_photo(photo: UploadFile, caption: Annotated[str, Form()]) -> int | None:
    return photo.size


@pytest.fixture(scope="module", autouse=True)
def extended(app: FastAPI) -> None:
    """Give the application more routes, of which some fail."""
    app.include_router(more)


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
def test_every_response_has_security_headers(client: TestClient, path: str) -> None:
    """Good or bad, a response tells browsers to be careful."""
    headers = client.get(path).headers

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
def test_errors_are_pages_or_problems(client: TestClient, path: str) -> None:
    """Pages get a page, the API gets problem details; neither gets the cause."""
    page, problem = client.get(path), client.get(f"/api{path}")

    assert page.status_code == problem.status_code
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json().keys() == {"type", "title", "status", "detail"}
    assert "cause" not in page.text + problem.text


@pytest.mark.parametrize(("path", "status"), [("/fault", 500), ("/nope", 404)])
def test_errors_know_who_is_signed_in(
    browser: Browser, client: TestClient, path: str, status: int
) -> None:
    """An error page offers to sign out."""
    client.cookies.update(browser.cookies)

    response = client.get(path)

    assert response.status_code == status
    assert "Sign out" in response.text


def test_a_database_that_fails_is_503(
    settings: Settings,
    browser: Browser,
    empty_database: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log has a line that says what may help."""
    bad = {"database_url": empty_database}
    app = create_app(settings.model_copy(update=bad))

    with TestClient(app, "https://testserver", cookies=browser.cookies) as client:
        caplog.clear()
        for path in (PAGES, API, f"{PAGES}/new"):
            assert client.get(path).status_code == 503
    assert "alembic upgrade head" in caplog.text


def test_a_missing_table_is_503_whatever_it_is_taken_for(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """To some databases it is a failure, to others a programmer's error."""
    assert client.get("/api/moods/unknown").status_code == 503
    assert caplog.text.count("alembic upgrade head") == 1


def test_the_authors_own_errors_keep_their_text(client: TestClient) -> None:
    """What a route says of its error arrives, on pages and in the API."""
    page = client.get("/moods/bob?mood=bad")
    problem = client.get("/api/moods/bob?mood=bad")

    assert page.status_code == problem.status_code == 404
    assert "Nobody called bob is in a bad mood." in page.text
    assert problem.json()["detail"] == "Nobody called bob is in a bad mood."
    assert client.get("/api/moods/bob?mood=x").status_code == 422
    assert client.get("/moods/bob?mood=x").status_code == 404
    assert "No mood lasts." in client.get("/api/moods/gone").json()["detail"]


def test_what_clashes_is_409(client: TestClient) -> None:
    """A value that somebody else took a moment ago is no fault of ours."""
    page, problem = client.get("/moods/raced"), client.get("/api/moods/raced")

    assert page.status_code == problem.status_code == 409
    assert "cause" not in page.text + problem.text


def test_uploads_work(client: TestClient, browser: Browser) -> None:
    """A route takes files, in the API and on pages; what is missing is named."""
    photo = {"photo": b"12345"}
    form = {"caption": "A cat", **Controls(browser.get("/").text).values}

    assert client.post("/api/photos", data=form, files=photo).json() == 5
    assert browser.post("/photos", data=form, files=photo).json() == 5
    problem = client.post("/api/photos", files=photo)
    assert problem.json()["errors"][0]["field"] == "caption"
    form.pop("caption")
    page = browser.post("/photos", data=form, files=photo)
    assert page.status_code == 422
    assert "caption: This field is required." in page.text
    assert browser.post("/photos", files=photo).status_code == 403


def test_faults_are_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the request; the server adds the traceback."""
    with caplog.at_level(logging.ERROR):
        client.get("/fault")

    assert "GET '/fault' failed: RuntimeError('the cause')" in caplog.text


def test_debugging_shows_tracebacks(settings: Settings) -> None:
    """Our own policy does not take the style from the traceback's page."""
    app = create_app(settings.model_copy(update={"debug": True}))
    app.include_router(more)
    client = TestClient(app, raise_server_exceptions=False)

    response = client.get("/fault", headers={"Accept": "text/html"})

    assert "the cause" in response.text
    assert "<style" in response.text
    assert "content-security-policy" not in response.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:x@evil.example", ""]
)
def test_refuses_other_hosts(client: TestClient, host: str) -> None:
    """A host that is not allowed is 400."""
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/", headers={"Host": "TestServer:8000"}).status_code == 200


@pytest.mark.parametrize("debug", [True, False])
def test_cookies_are_protected(settings: Settings, debug: bool) -> None:
    """Scripts and other sites do not get the cookie, nor does HTTP but in debugging."""
    app = create_app(settings.model_copy(update={"debug": debug}))

    cookie = TestClient(app).get("/login").headers["set-cookie"]

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert ("secure" in cookie) is not debug


def test_refuses_forged_forms(browser: Browser, visitor: Browser) -> None:
    """A form needs its session's token; any other `Origin` does no harm."""
    url = f"{PAGES}/new"
    foreign = Controls(visitor.get("/login").text).values["csrf_token"]
    own = Controls(browser.get(url).text).values

    for form in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
        response = browser.post(url, data=form)
        assert response.status_code == 403
        assert "The form has expired." in response.text
    for origin in ("https://testserver", "null", "http://["):
        headers = {"Origin": origin}
        assert browser.post(url, data=own, headers=headers).status_code == 422


def test_every_form_is_guarded() -> None:
    """Routers of pages need not think of it."""
    assert not views.router.dependencies


@pytest.mark.parametrize("url", [f"{PAGES}/new", "/api/token", API])
@pytest.mark.parametrize("chunked", [True, False])
def test_refuses_large_bodies(
    browser: Browser, api: TestClient, url: str, chunked: bool
) -> None:
    """A body over 1 MiB is 413, whether or not it says so."""

    def chunks() -> Iterator[bytes]:
        for _ in range(17):
            yield b"x" * 65536

    content = chunks() if chunked else b"".join(chunks())
    media_type = (
        "application/json" if url == API else "application/x-www-form-urlencoded"
    )
    sender = api if url == API else browser

    response = sender.post(url, content=content, headers={"Content-Type": media_type})

    assert response.status_code == 413


def test_pages_for_an_account_are_not_cached(
    browser: Browser, visitor: Browser
) -> None:
    """Public pages may be kept; those with a session's secrets may not."""
    assert browser.get(PAGES).headers["cache-control"] == "private, no-store"
    assert visitor.get("/login").headers["cache-control"] == "private, no-store"
    public = TestClient(browser.app).get(f"https://testserver{PAGES}")
    assert "cache-control" not in public.headers
