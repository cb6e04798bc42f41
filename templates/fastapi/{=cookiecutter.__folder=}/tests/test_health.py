#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The health check, and what every address has in common."""

import pytest
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.databases import NOWHERE


@pytest.mark.parametrize("answers", [True, False])
def test_health_asks_the_database(
    client: TestClient,
    settings: Settings,
    empty_database: str,
    caplog: pytest.LogCaptureFixture,
    answers: bool,
) -> None:
    """200 while the database answers; 503, and a line in the log, when it does not."""
    bad = {"database_url": empty_database if answers else NOWHERE}
    with TestClient(create_app(settings.model_copy(update=bad))) as broken:
        assert "alembic upgrade head" in caplog.text
        found = [(200, "ok", client.get("/health"))]
        found.append((503, "unavailable", broken.get("http://testserver/health")))

    for status, word, response in found:
        assert response.status_code == status
        assert response.json() == {"status": word}
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/static/icon.svg",
#% for _ in cookiecutter.__pages | select
        "/{= resource.url =}",
#% endfor
#% for _ in cookiecutter.__api | select
        "/api/{= resource.url =}",
#% endfor
    ],
)
def test_head_works_like_get(client: TestClient, path: str) -> None:
    """HEAD is answered wherever GET is."""
    assert client.head(path).status_code == 200
{! for text in cookiecutter.__open | select !}


def test_says_that_everybody_may_write(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody opens the app to the world unaware."""
    with TestClient(create_app(settings)):
        assert caplog.text.count("{= text =}") == 1
{! endfor !}
