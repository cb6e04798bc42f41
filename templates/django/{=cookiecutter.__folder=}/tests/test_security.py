#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What protects the app."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}, {= resource.class_name =}QuerySet
#% for _ in cookiecutter.__pages | select
from tests.browser import Browser
#% endfor
from tests.examples import {! for _ in cookiecutter.__api | select !}{= resource.constant =}{! endfor !}{! for _ in cookiecutter.__full | select !}, {! endfor !}{! for _ in cookiecutter.__pages | select !}{= resource.prefix =}FORM{! endfor +!}

{! for _ in cookiecutter.__api | select !}
JSON = "application/json"
{! endfor !}
LISTS = [
#% for _ in cookiecutter.__pages | select
    "/{= resource.url =}",
#% endfor
#% for _ in cookiecutter.__api | select
    "/api/{= resource.url =}",
#% endfor
]
PATHS = [{! for _ in cookiecutter.__pages | select !}"/static/style.css", {! endfor !}{! for _ in cookiecutter.__api | select !}"/api/nope", {! endfor !}"/", "/nope", "/health", *LISTS]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_security_headers(client: Client, path: str) -> None:
    response = client.head(path)

    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_hsts_is_for_https_only(client: Client) -> None:
    proxied = {"X-Forwarded-Proto": "https"}

    assert "Strict-Transport-Security" not in client.get("/")
    assert "Strict-Transport-Security" in client.get("/", headers=proxied)


@pytest.mark.parametrize("path", LISTS)
def test_faults_are_logged(
    client: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with patch.object({= resource.class_name =}QuerySet, "search", side_effect=ValueError("why")):
        answer = client.get(path)

    assert answer.status_code == 500
    assert b"why" not in answer.content
    assert path in caplog.text
    assert "ValueError: why" in caplog.text


@pytest.mark.parametrize("path", LISTS)
def test_a_database_that_fails_is_told_in_a_line(
    client: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    error = OperationalError("no such table")

    with patch.object({= resource.class_name =}QuerySet, "search", side_effect=error):
        answer = client.get(path)

    assert answer.status_code == 500
    assert "no such table. Did you run `python manage.py migrate`?" in caplog.text


@pytest.mark.parametrize("host", ["evil.example", "testserver:x@evil.example"])
def test_refuses_other_hosts(client: Client, host: str) -> None:
    for path in PATHS[-3:]:
        assert client.get(path, headers={"Host": host}).status_code == 400


def test_refuses_large_bodies({! for _ in cookiecutter.__pages | select !}browser: Browser, {! endfor !}{! for _ in cookiecutter.__api | select !}api: Client{! endfor !}) -> None:
    much = "x" * (1024 * 1024 + 1)
    answers = [
#% for _ in cookiecutter.__pages | select
        browser.submit("/{= resource.url =}/new", {= resource.prefix =}FORM | {"more": much}),
#% endfor
#% for _ in cookiecutter.__api | select
        api.post("/api/{= resource.url =}", {= resource.constant =} | {"more": much}, JSON),
#% endfor
    ]

    assert {answer.status_code for answer in answers} <= {400, 413}
    assert not {= resource.class_name =}.objects.exists()
