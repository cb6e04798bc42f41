#% set package = cookiecutter.__package
"""Settings: where they come from, and which keys are refused."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings, load_settings

GOOD_KEY = "0123456789" * 4


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in an empty folder, without settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("key", [None, "", "short", "change-me" * 9])
def test_a_weak_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    """One line says which setting is at fault."""
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)

    with pytest.raises(SystemExit, match=r"^[^\n]*SECRET_KEY[^\n]*$"):
        load_settings()
    monkeypatch.setenv("DEBUG", "true")
    assert load_settings().debug


def test_a_bad_value_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names any other setting too."""
    monkeypatch.setenv("SECRET_KEY", GOOD_KEY)
    monkeypatch.setenv("DEBUG", "perhaps")

    with pytest.raises(SystemExit, match="DEBUG"):
        load_settings()


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings come from .env, unless the environment has them."""
    lines = f"SECRET_KEY={GOOD_KEY}\nALLOWED_HOSTS=one.example, Two.example\nOTHER=1\n"
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.sqlite3")

    settings = load_settings()

    assert settings.secret_key == GOOD_KEY
    assert settings.database_url == "sqlite:///other.sqlite3"
    with TestClient(create_app()) as client:
        for host, status in (("two.example", 200), ("localhost", 400)):
            assert client.get("/health", headers={"Host": host}).status_code == status
