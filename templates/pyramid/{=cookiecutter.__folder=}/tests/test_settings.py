#% set resource = cookiecutter._resource
"""Settings: from the environment and .env, checked at the start."""

from pathlib import Path

import pytest

from {= cookiecutter.__package =}.settings import load_settings

SECRET_KEY = "0123456789" * 4


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start with no settings, in an empty folder."""
    for name in ("SECRET_KEY", "DATABASE_URL", "DEBUG", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the secret key is needed."""
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    settings = load_settings()

    assert settings.debug is False
    assert settings.database_url == "sqlite:///database.sqlite3"
    assert settings.allowed_hosts == "localhost,127.0.0.1"


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """.env is read, and the environment wins over it."""
    (tmp_path / ".env").write_text(f"SECRET_KEY={SECRET_KEY}\nALLOWED_HOSTS=a\n")
    monkeypatch.setenv("ALLOWED_HOSTS", "{= resource.plural =}.example")
    settings = load_settings()

    assert settings.secret_key == SECRET_KEY
    assert settings.allowed_hosts == "{= resource.plural =}.example"


@pytest.mark.parametrize("key", ["", "short", "change-me" + "x" * 40])
def test_a_weak_secret_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """One line says which setting is wrong."""
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(SystemExit, match=r"^Cannot start\. SECRET_KEY: "):
        load_settings()


def test_a_missing_secret_key_stops_the_start() -> None:
    """Without DEBUG, there is no default."""
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        load_settings()


def test_debugging_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DEBUG, a missing key will do."""
    monkeypatch.setenv("DEBUG", "true")

    assert load_settings().debug is True
