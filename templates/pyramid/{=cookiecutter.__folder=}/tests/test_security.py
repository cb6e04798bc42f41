#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Security: headers, hosts, sizes, and what is logged."""

import logging
from collections.abc import Callable

import pytest
from pyramid.router import Router
from webtest import TestApp

from {= package =}.{= resource.plural =} import {= cookiecutter.__texts.modules =}

MODULES = [{= cookiecutter.__texts.modules =}]
URLS = [
#% for _ in cookiecutter.__pages | select
    "/{= resource.url =}",
#% endfor
#% for _ in cookiecutter.__api | select
    "/api/{= resource.url =}",
#% endfor
]


@pytest.mark.parametrize("path", [*URLS, "/", "/nowhere", "/static/icon.svg"])
def test_every_response_has_security_headers(client: TestApp, path: str) -> None:
    headers = client.get(path, status="*").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_hsts_is_for_https_only(client: TestApp) -> None:
    https = {"wsgi.url_scheme": "https"}

    assert "Strict-Transport-Security" not in client.get("/health").headers
    assert (
        "Strict-Transport-Security"
        in client.get("/health", extra_environ=https).headers
    )


@pytest.mark.parametrize("url", URLS)
def test_refuses_what_is_no_text(client: TestApp, url: str) -> None:
    client.get(f"{url}/%FF", status=400)
    client.get(f"{url}?q=%FF", status=400)


@pytest.mark.parametrize("path", [*URLS, "/learner/bytes"])
def test_faults_are_logged(
    client: TestApp,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A 500 says nothing of its cause; the log has the traceback and the request."""
    for module in MODULES:
        monkeypatch.setattr(module, "find_{= resource.plural =}", lambda{= " q" if resource.search_fields =}: b"\xff".decode())
    with caplog.at_level(logging.ERROR):
        response = client.get(path, status=500)

    assert "Something went wrong here." in response
    assert "UnicodeDecodeError" not in response
    assert "UnicodeDecodeError" in caplog.text
    assert f"GET '{path}'" in caplog.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:x@evil.example", "localhost/"]
)
def test_refuses_other_hosts(client: TestApp, host: str) -> None:
    for path in ("/", *URLS):
        client.get(path, headers={"Host": host}, status=400)


def test_any_host_can_be_allowed(make_app: Callable[..., Router]) -> None:
    client = TestApp(make_app(allowed_hosts="*"))

    client.get("/health", headers={"Host": "{= resource.plural =}.example"})


@pytest.mark.parametrize("path", URLS)
def test_refuses_large_bodies(client: TestApp, path: str) -> None:
    client.post(path, b"x" * (1024 * 1024 + 1), status=413)
    client.post(path, b"x", headers={"Transfer-Encoding": "chunked"}, status=413)
