#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The health check, {! for _ in cookiecutter.__open | select !}the warning, {! endfor !}and what `HEAD` is answered."""

#% for _ in cookiecutter.__open | select
import runpy
#% endfor
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}

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
    "/api/docs",
#% endfor
]


def test_health_asks_the_database(client: Client) -> None:
    well = client.get("/health")
    with patch.object({= resource.class_name =}.objects, "exists", side_effect=DatabaseError):
        ill = client.get("/health")

    assert (well.status_code, well.json()) == (200, {"status": "ok"})
    assert (ill.status_code, ill.json()) == (503, {"status": "unavailable"})
    assert "no-store" in well["Cache-Control"]
    assert "no-store" in ill["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_head_works_like_get(client: Client, path: str) -> None:
    response = client.head(path)

    assert response.status_code == 200
    assert not response.content
#% for text in cookiecutter.__open | select


def test_says_that_everybody_may_write(caplog: pytest.LogCaptureFixture) -> None:
    with patch("django.core.wsgi.get_wsgi_application"):
        runpy.run_module("{= package =}.wsgi")

    assert caplog.messages == [
        "{= text =}"
    ]
#% endfor
