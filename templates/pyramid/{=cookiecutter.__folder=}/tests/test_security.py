#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | map(attribute="name") | list
#% set typed = resource.title_field if resource.title_field in required else (required or [""])[0]
"""Security: headers, hosts, forged forms, sizes, and what errors tell."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from pyramid.router import Router
from webtest import TestApp

from {= package =}.{= resource.plural =} import api, views
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
from tests.browser import Browser
from tests.examples import {= resource.prefix =}FORM

NOT_FOUND = "There is nothing at this address."


@pytest.mark.parametrize("path", ["/", "/api/{= resource.url =}", "/nowhere", "/static/style.css"])
def test_every_response_has_security_headers(client: TestApp, path: str) -> None:
    headers = client.get(path, status="*").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_hsts_is_for_https_only(client: TestApp, visitor: Browser) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "Strict-Transport-Security" in visitor.get("/").headers


@pytest.mark.parametrize(
    "path", ["/nowhere", "/{= resource.url =}/0", "/{= resource.url =}/", "/api/nowhere", "/api"]
)
def test_errors_are_pages_or_problems(client: TestApp, path: str) -> None:
    response = client.get(path, status=404)

    if path.startswith("/api"):
        assert response.content_type == "application/problem+json"
        assert response.json == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": NOT_FOUND,
        }
    else:
        assert NOT_FOUND in response
        assert response.html.find("a", string="Go to the start page")["href"] == "/"


@pytest.mark.parametrize(
    "path", ["/%FF", "/api/%FF", "/{= resource.url =}?q=%FF", "/api/{= resource.url =}?q=%FF"]
)
def test_refuses_what_is_no_text(client: TestApp, path: str) -> None:
    client.get(path, status=400)


def test_a_wrong_method_is_405(client: TestApp) -> None:
    response = client.patch_json("/api/{= resource.url =}", {}, status=405)

    assert response.headers["Allow"] == "GET, POST"


def test_the_authors_own_errors_keep_their_text(
    client: TestApp, visitor: Browser, browser: Browser
) -> None:
    """Whether they are raised, or a permission is refused with a reason."""
    unknown = client.get("/api/learner/authors/bob", status=404).json
    assert unknown["detail"] == "No author is called Bob."
    assert "No author is called Bob." in visitor.get("/learner/page", status=404)
    assert "Only in winter." in visitor.get("/learner/forbidden", status=403)
    assert "Only in summer." in browser.get("/learner/refused", status=403)
    assert "Closed on Sundays." in browser.get("/learner/denied", status=403)


@pytest.mark.parametrize("path", ["/{= resource.url =}", "/api/{= resource.url =}", "/learner/bytes"])
def test_faults_are_logged(
    browser: Browser,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A 500 says nothing of its cause; the log has the traceback and the request."""
    for module in (api, views):
        monkeypatch.setattr(module, "find_{= resource.plural =}", lambda{= " q" if resource.search_fields =}: b"\xff".decode())
    with caplog.at_level(logging.ERROR):
        response = browser.get(path, status=500)

    assert "Something went wrong here." in response
    assert "Sign in" not in response
    assert "UnicodeDecodeError" not in response
    assert "UnicodeDecodeError" in caplog.text
    assert f"GET '{path}'" in caplog.text


def test_a_fault_changes_nothing(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a failed request has written is rolled back."""

    def save_and_fail(*values: Any) -> None:
        save_{= resource.name =}(*values)
        raise RuntimeError

    monkeypatch.setattr(views, "save_{= resource.name =}", save_and_fail)
    browser.submit("/{= resource.url =}/new", {= resource.prefix =}FORM, status=500)

    assert browser.get("/{= resource.url =}").html.find(class_="empty")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:x@evil.example", "localhost/"]
)
def test_refuses_other_hosts(client: TestApp, host: str) -> None:
    for path in ("/", "/{= resource.url =}/new", "/api/{= resource.url =}"):
        client.get(path, headers={"Host": host}, status=400)


def test_any_host_can_be_allowed(make_app: Callable[..., Router]) -> None:
    client = TestApp(make_app(allowed_hosts="*"))

    client.get("/", headers={"Host": "{= resource.plural =}.example"})


def test_cookies_are_protected(
    visitor: Browser, make_app: Callable[..., Router]
) -> None:
    """From scripts, from other sites and, in production, from plain HTTP."""
    cookie = visitor.get("/login").headers["Set-Cookie"].lower()
    app = make_app(debug="true")
    debugging = TestApp(app).get("/login", headers={"Host": "localhost"})

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" in cookie
    assert "secure" not in debugging.headers["Set-Cookie"].lower()


@pytest.mark.parametrize("path", ["/{= resource.url =}/new", "/logout"])
def test_refuses_forged_forms(browser: Browser, path: str) -> None:
    """A post needs the token of this session, and comes from this site."""
    token = browser.get("/").forms[0]["csrf_token"].value
    form = {**{= resource.prefix =}FORM, "csrf_token": token}

    assert "The form has expired." in browser.post(path, {= resource.prefix =}FORM, status=403)
    browser.post(path, {**{= resource.prefix =}FORM, "csrf_token": "x"}, status=403)
    browser.post(path, form, headers={"Origin": "https://evil.example"}, status=403)
    browser.post(path, form, headers={"Origin": "https://["}, status=400)
    browser.post(path, form, status=303)


@pytest.mark.parametrize("path", ["/login", "/api/token", "/api/{= resource.url =}"])
def test_refuses_large_bodies(client: TestApp, path: str) -> None:
    response = client.post(path, b"x" * (1024 * 1024 + 1), status=413)

    is_problem = response.content_type == "application/problem+json"
    assert is_problem == path.startswith("/api")
    client.post(path, b"x", headers={"Transfer-Encoding": "chunked"}, status=413)


def test_takes_only_the_texts_of_a_form(browser: Browser) -> None:
    """A file where a text is expected counts as left out; nonsense is refused."""
#% if typed
    token = browser.get("/").forms[0]["csrf_token"].value
    files = [("{= typed =}", "a.txt", b"a")]
    page = browser.post(
        "/{= resource.url =}/new", {"csrf_token": token}, upload_files=files, status=422
    )

    assert page.html.find(id="{= typed =}-error").text == "This field is required."
#% endif
    for content_type in (
        "multipart/form-data; boundary=é",
        "text/html; charset=latin-1",
    ):
        browser.post("/login", b"a", content_type=content_type, status=(400, 403))


def test_pages_for_an_account_are_not_cached(
    browser: Browser, visitor: Browser
) -> None:
    """Public pages may be kept, but are another page for each account."""
    assert browser.get("/").headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in visitor.get("/").headers
    assert visitor.get("/").headers["Vary"] == "Cookie"
