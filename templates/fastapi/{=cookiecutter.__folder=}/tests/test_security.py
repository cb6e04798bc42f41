#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Security: headers, hosts, large bodies, and what the log says of a fault."""

import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.learner import router as more_routes

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nope",
        "/more/fault",
        "/static/icon.svg",
#% for _ in cookiecutter.__pages | select
        "/{= resource.url =}",
#% endfor
#% for _ in cookiecutter.__api | select
        "/api/{= resource.url =}",
        "/api/nope",
#% endfor
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


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:x@evil.example", ""]
)
def test_refuses_other_hosts(client: TestClient, host: str) -> None:
    """A host that is not allowed is 400."""
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/", headers={"Host": "TestServer:8000"}).status_code == 200


@pytest.mark.parametrize(
    ("sender", "url", "media_type"),
    [
#% for _ in cookiecutter.__pages | select
        ("browser", "/{= resource.url =}/new", FORM),
#% endfor
#% for _ in cookiecutter.__tokens | select
        ("client", "/api/token", FORM),
#% endfor
#% for _ in cookiecutter.__api | select
        ("api", "/api/{= resource.url =}", JSON),
#% endfor
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_refuses_large_bodies(
    request: pytest.FixtureRequest,
    sender: str,
    url: str,
    media_type: str,
    chunked: bool,
) -> None:
    """A body over 1 MiB is 413, whether or not it says so."""

    def chunks() -> Iterator[bytes]:
        for _ in range(17):
            yield b"x" * 65536

    client: TestClient = request.getfixturevalue(sender)
    content = chunks() if chunked else b"".join(chunks())

    response = client.post(url, content=content, headers={"Content-Type": media_type})

    assert response.status_code == 413


def test_faults_are_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the request; the server adds the traceback."""
    with caplog.at_level(logging.ERROR):
        client.get("/more/fault")

    assert "GET '/more/fault' failed: RuntimeError('the cause')" in caplog.text


def test_debugging_shows_tracebacks(settings: Settings) -> None:
    """Our own policy does not take the style from the traceback's page."""
    app = create_app(settings.model_copy(update={"debug": True}))
    app.include_router(more_routes)
    client = TestClient(app, raise_server_exceptions=False)

    response = client.get("/more/fault", headers={"Accept": "text/html"})

    assert "the cause" in response.text
    assert "<style" in response.text
    assert "content-security-policy" not in response.headers
