#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set sender = {"api": "api", "": "client"}[cookiecutter.__api | join]
"""Security: headers, hosts, sizes; faults that say no more than they should."""

import logging
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from {= package =} import create_app
from {= package =}.security import SECURITY_HEADERS
from {= package =}.settings import Settings

LARGE = b" " * (1024 * 1024 + 1)
LISTS = [{! for _ in cookiecutter.__pages | select !}"/{= resource.url =}", {! endfor !}{! for _ in cookiecutter.__api | select !}"/api/{= resource.url =}"{! endfor !}]
PATHS = ["/", "/nope", {! for _ in cookiecutter.__api | select !}"/api/nope", {! endfor !}*LISTS]
# Where something may be sent.
TAKERS = [
#% for _ in cookiecutter.__logins | select
    "/login",
#% endfor
#% for _ in cookiecutter.__tokens | select
    "/api/token",
#% endfor
#% for _ in cookiecutter.__pages | select
    "/{= resource.url =}/new",
#% endfor
#% for _ in cookiecutter.__api | select
    "/api/{= resource.url =}",
#% endfor
]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_security_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert dict(response.headers).items() >= SECURITY_HEADERS.items()


def test_hsts_is_for_https_only(client: FlaskClient) -> None:
    header = "Strict-Transport-Security"

    assert header not in client.get("/").headers
    assert header in client.get("/", base_url="https://localhost").headers
    assert header in client.get("/", headers={"X-Forwarded-Proto": "https"}).headers


@pytest.mark.parametrize("path", LISTS)
def test_faults_are_logged(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.ERROR):
        response = broken.get(path)

    assert response.status_code == 500
    assert "OperationalError" not in response.text
    assert dict(response.headers).items() >= SECURITY_HEADERS.items()
    assert f"Exception on {path} [GET]" in caplog.text
    assert "Traceback" in caplog.text
    assert "Run: alembic upgrade head" in caplog.text


@pytest.mark.parametrize("host", ["evil.example", "localhost:x@evil.example"])
@pytest.mark.parametrize("path", PATHS)
def test_refuses_other_hosts(client: FlaskClient, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 400


def test_hosts_can_be_any(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"allowed_hosts": ["*"]}))
    response = app.test_client().get("/nope", headers={"Host": "any.example"})

    assert response.status_code == 404
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("path", TAKERS)
def test_refuses_large_bodies({= sender =}: FlaskClient, path: str) -> None:
    told = {= sender =}.post(path, data=LARGE)
    streamed = {= sender =}.post(
        path,
        input_stream=BytesIO(LARGE),
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert (told.status_code, streamed.status_code) == (413, 411)
