#% set resource = cookiecutter._resource
"""Security: forged forms, headers, hosts, sizes and faults."""

import logging

import pytest
from pyramid.httpexceptions import HTTPForbidden
from webtest import TestApp

from {= cookiecutter.__package =} import main
from {= cookiecutter.__package =}.{= resource.plural =} import service
from tests.conftest import FORM, fill, make_client, make_settings


def test_a_form_needs_its_token(browser: TestApp) -> None:
    """A post without the session's token is 403."""
    page = browser.post("/{= resource.url =}/new", FORM, status=403)

    assert "The form has expired." in page


def test_a_form_is_not_taken_from_another_site(browser: TestApp) -> None:
    """A post with another site's `Origin` is 403."""
    form = browser.get("/{= resource.url =}/new").forms[1]

    form.submit(headers={"Origin": "https://evil.example"}, status=403)
    form.submit(headers={"Origin": "null"}, status=403)
    form.submit(headers={"Origin": "http://["}, status=403)
    form.submit(headers={"Origin": "http://localhost"}, status=422)


@pytest.mark.parametrize("path", ["/", "/api/{= resource.url =}", "/nowhere", "/static/style.css"])
def test_headers_are_on_every_response(client: TestApp, path: str) -> None:
    """Also on errors and files."""
    headers = client.get(path, status="*").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_https_is_to_be_kept(client: TestApp) -> None:
    """Over HTTPS, browsers are told to stay there."""
    response = client.get("/", extra_environ={"wsgi.url_scheme": "https"})

    assert "Strict-Transport-Security" in response.headers


def test_pages_for_accounts_are_not_cached(browser: TestApp) -> None:
    """What an account sees stays with it."""
    assert browser.get("/").headers["Cache-Control"] == "private, no-store"


def test_cookies_are_guarded() -> None:
    """Cookies are out of reach of scripts, other sites and plain HTTP."""
    app = make_client(main({}, make_settings(debug=False)))
    cookie = app.get("/login").headers["Set-Cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" in cookie


@pytest.mark.parametrize("path", ["/", "/api/{= resource.url =}"])
def test_other_hosts_are_refused(client: TestApp, path: str) -> None:
    """A host that is not allowed is 400."""
    client.get(path, headers={"Host": "evil.example"}, status=400)


@pytest.mark.parametrize("path", ["/login", "/api/token", "/api/{= resource.url =}"])
def test_large_bodies_are_refused(client: TestApp, path: str) -> None:
    """More than 1 MiB is 413."""
    response = client.post(path, b"x" * (1024 * 1024 + 1), status=413)

    assert response.content_type == (
        "application/problem+json" if "api" in path else "text/html"
    )


def test_files_are_refused(client: TestApp) -> None:
    """No form here sends files."""
    client.post("/login", upload_files=[("a", "a.txt", b"a")], status=415)


@pytest.mark.parametrize("path", ["/nowhere", "/{= resource.url =}/0", "/%FF", "/{= resource.url =}/"])
def test_an_unknown_page_is_404(client: TestApp, path: str) -> None:
    """A page says so, with a way home."""
    page = client.get(path, status=404)

    assert "There is nothing at this address." in page
    assert page.html.find("a", string="Go to the start page")["href"] == "/"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nowhere", "/api/%FF"])
def test_an_unknown_address_of_the_api_is_404(client: TestApp, path: str) -> None:
    """Problem details under /api, even when it is unknown."""
    response = client.get(path, status=404)

    assert response.content_type == "application/problem+json"
    assert response.json == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


@pytest.mark.parametrize("path", ["/{= resource.url =}", "/api/{= resource.url =}"])
def test_a_fault_tells_nothing(
    browser: TestApp,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A fault is logged, and 500 says nothing of its cause."""

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("the cause")

    monkeypatch.setattr(service, "list_{= resource.plural =}", fail)
    with caplog.at_level(logging.ERROR):
        response = browser.get(path, status=500)

    assert "Something went wrong here." in response
    assert "the cause" not in response
    assert "the cause" in caplog.text


def test_a_fault_changes_nothing(
    browser: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a failed request has written is rolled back."""
    save = service.save_{= resource.name =}

    def fail(*args: object) -> None:
        save(*args)  # type: ignore[arg-type]
        raise RuntimeError

    monkeypatch.setattr(service, "save_{= resource.name =}", fail)
    form = browser.get("/{= resource.url =}/new").forms[1]
    fill(form, FORM)
    form.submit(status=500)

    assert "No {= resource.label_plural =} yet" in browser.get("/{= resource.url =}")


def test_what_is_forbidden_is_403(
    browser: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those signed in who may not do something are told so."""

    def refuse(*args: object, **options: object) -> None:
        raise HTTPForbidden("Not this.")

    monkeypatch.setattr(service, "list_{= resource.plural =}", refuse)

    assert "Not this." in browser.get("/{= resource.url =}", status=403)
