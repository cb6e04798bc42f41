#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""Settings, from the environment."""

import runpy
from typing import Any

import pytest
from django.core.management import call_command

from {= package =} import settings

KEY = "a-secret-of-thirty-two-characters"


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Run the settings with this environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(settings.__file__)


@pytest.mark.parametrize("key", ["", "short", "change-me-to-32-characters-or-more"])
def test_a_weak_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        load(monkeypatch, SECRET_KEY=key)
    assert load(monkeypatch, SECRET_KEY=key, DEBUG="true")["DEBUG"]


def test_debugging_relaxes_the_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    developing = load(monkeypatch, SECRET_KEY=KEY, DEBUG="true")
    serving = load(monkeypatch, SECRET_KEY=KEY, DEBUG="false")

    assert not developing["SESSION_COOKIE_SECURE"]
    assert serving["SESSION_COOKIE_SECURE"]
    assert serving["CSRF_COOKIE_SECURE"]


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(monkeypatch, ALLOWED_HOSTS="a.example, b.example")

    assert loaded["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_a_relative_database_is_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    relative = load(monkeypatch, DATABASE_URL="sqlite:///a.sqlite3")
    absolute = load(monkeypatch, DATABASE_URL="sqlite:////data/a.sqlite3")

    in_project = relative["BASE_DIR"] / "a.sqlite3"
    assert relative["DATABASES"]["default"]["NAME"] == str(in_project)
    assert absolute["DATABASES"]["default"]["NAME"] == "/data/a.sqlite3"


def test_another_database_gets_no_options_of_sqlite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = load(monkeypatch, DATABASE_URL="postgres://ada@localhost/books")

    assert loaded["DATABASES"]["default"]["NAME"] == "books"
    assert "OPTIONS" not in loaded["DATABASES"]["default"]


def test_passwords_are_hashed_with_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    (hasher,) = load(monkeypatch)["PASSWORD_HASHERS"]

    assert hasher.endswith("Argon2PasswordHasher")


def test_nothing_is_left_to_warn_of_in_production() -> None:
    call_command("check", "--deploy", "--fail-level", "WARNING")
