#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The health check, what is served at all, and what is said where it cannot be."""

import logging
from collections.abc import Callable

import pytest
from pyramid.router import Router
from webtest import TestApp

from tests.databases import NOWHERE

URL = "{= cookiecutter.__texts.prefix =}/{= resource.url =}"


def test_health_asks_the_database(client: TestApp) -> None:
    response = client.get("/health")

    assert response.json == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("answers", "hint"), [(False, "DATABASE_URL"), (True, "alembic upgrade head")]
)
def test_says_what_to_do_without_a_database(
    make_app: Callable[..., Router],
    empty_database: str,
    caplog: pytest.LogCaptureFixture,
    answers: bool,
    hint: str,
) -> None:
    """{= cookiecutter.__texts.errors_are =} 500 without a traceback in the log, and the health check is 503."""
    app = make_app(database_url=empty_database if answers else NOWHERE)
    client = TestApp(app, extra_environ={"HTTP_HOST": "localhost"})
    response = client.get("/health", status=503)
    with caplog.at_level(logging.ERROR):
        page = client.get(URL, status=500)

    assert response.json == {"status": "unavailable"}
    assert "no-store" in response.headers["Cache-Control"]
    assert "Something went wrong here." in page
    assert hint in caplog.text
    assert "Traceback" not in caplog.text


def test_head_works_like_get(client: TestApp) -> None:
    for path in ("/health", URL{! for _ in cookiecutter.__pages | select !}, "/"{! endfor !}{! for _ in cookiecutter.__logins | select !}, "/login"{! endfor !}{! for _ in cookiecutter.__full | select !}, "/api/{= resource.url =}"{! endfor !}):
        assert client.head(path).body == b""


@pytest.mark.parametrize(
    ("debug", "expected"), [("true", "no-store"), ("false", "max-age=3600")]
)
def test_files_are_kept_in_production_only(
    make_app: Callable[..., Router], debug: str, expected: str
) -> None:
    client = TestApp(make_app(debug=debug))

    for name in ("icon.svg",{! for _ in cookiecutter.__pages | select !} "style.css"{! endfor !}):
        response = client.get(f"/static/{name}", headers={"Host": "localhost"})
        assert expected in response.headers["Cache-Control"]
{! for text in cookiecutter.__open | select !}


def test_says_that_everybody_may_write(
    make_app: Callable[..., Router], caplog: pytest.LogCaptureFixture
) -> None:
    """Each start warns, once."""
    with caplog.at_level(logging.WARNING):
        make_app()

    assert caplog.messages == ["{= text =}"]
{! endfor !}
