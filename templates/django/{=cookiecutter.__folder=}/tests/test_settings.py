#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Settings, from the environment and `.env`."""

import logging
import logging.config
import runpy
from typing import Any

import pytest

from {= package =} import settings

KEY = "a-secret-of-thirty-two-characters"


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Run the settings with this environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(settings.__file__)


@pytest.mark.parametrize("key", ["", "short", "change-me-to-32-characters-or-more"])
def test_a_weak_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    with pytest.raises(SystemExit, match=r"SECRET_KEY: .*Make one: python -c"):
        load(monkeypatch, SECRET_KEY=key)


def test_debugging_needs_no_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    developing = load(monkeypatch, SECRET_KEY="", DEBUG="true"{! for _ in cookiecutter.__logins | select !}, ALLOW_SIGNUP=""{! endfor !})

    assert len(developing["SECRET_KEY"]) >= 32
#% for _ in cookiecutter.__logins | select
    assert developing["ALLOW_SIGNUP"]
#% endfor
#% for _ in cookiecutter.__browsed | select
    assert not developing["SESSION_COOKIE_SECURE"]
#% endfor
    assert capsys.readouterr().out.startswith("SECRET_KEY is not set")
    assert load(monkeypatch)["SECRET_KEY"] == developing["SECRET_KEY"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
#% for _ in cookiecutter.__logins | select
        ("ALLOW_SIGNUP", "2"),
#% endfor
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "nonsense://x"),
        ("DATABASE_URL", "mysql://ada@localhost/x"),
    ],
)
def test_a_bad_value_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SystemExit, match=f"^Cannot start: {name}: ") as stopped:
        load(monkeypatch, **{name: value})

    assert "\n" not in str(stopped.value)


@pytest.mark.parametrize("on", [True, False])
def test_flags_are_read_alike(monkeypatch: pytest.MonkeyPatch, on: bool) -> None:
    words = ("1", "true", "YES", "on") if on else ("0", "False", "no", "off")
    for word in words:
        assert load(monkeypatch, DEBUG=word)["DEBUG"] is on


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` may say DEBUG=true on this machine: the tests' environment says false."""
    assert load(monkeypatch, LOG_LEVEL="ERROR", DEBUG="0")["LOG_LEVEL"] == "ERROR"
    loaded = load(monkeypatch, ALLOWED_HOSTS="a.example, b.example")

    assert loaded["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert loaded["DEBUG"] is False


#% for _ in cookiecutter.__accounts | select
def test_passwords_are_hashed_with_argon2() -> None:
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


#% endfor
def test_static_files_are_collected_in_production() -> None:
    assert settings.STORAGES["staticfiles"]["BACKEND"].startswith("whitenoise.")
    assert settings.STATIC_ROOT.name == "staticfiles"


def test_the_development_servers_log_is_kept() -> None:
    assert logging.getLogger("django.server").handlers
