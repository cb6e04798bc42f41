#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The health check, and what holds for any address."""

#% for _ in cookiecutter.__open | select
import logging
#% endfor

import pytest
from flask.testing import FlaskClient
{! for _ in cookiecutter.__open | select !}

from {= package =} import create_app
from {= package =}.settings import Settings
{! endfor !}


def test_health_asks_the_database(client: FlaskClient, broken: FlaskClient) -> None:
#% for _ in cookiecutter.__logins | select
    with broken.session_transaction() as cookie:
        cookie["user"] = [1, 0]
#% endfor
    well, ill = client.get("/health"), broken.get("/health")

    assert (well.status_code, well.json) == (200, {"status": "ok"})
    assert (ill.status_code, ill.json) == (503, {"status": "unavailable"})
    assert well.headers["Cache-Control"] == ill.headers["Cache-Control"] == "no-store"


PATHS = [
    "/health",
#% for _ in cookiecutter.__pages | select
    "/",
    "/{= resource.url =}",
#% endfor
#% for _ in cookiecutter.__logins | select
    "/login",
#% endfor
#% for _ in cookiecutter.__api | select
    "/api/{= resource.url =}",
#% endfor
]


@pytest.mark.parametrize("path", PATHS)
def test_head_works_like_get(client: FlaskClient, path: str) -> None:
    response = client.head(path)

    assert (response.status_code, response.data) == (200, b"")
{! for text in cookiecutter.__open | select !}


def test_says_that_everybody_may_write(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        app = create_app(settings)

    assert "{= text =}" in caplog.messages
    app.extensions["engine"].dispose()
{! endfor !}
