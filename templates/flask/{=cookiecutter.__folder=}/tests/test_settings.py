"""Settings: where they come from, and which are refused."""

from pathlib import Path

import pytest

from {= cookiecutter.__package =}.settings import load_settings

SECRET_KEY = "only-for-tests-" * 3


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave out the environment and the `.env` of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in ("SECRET_KEY", "DATABASE_URL", "DEBUG", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_have_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    settings = load_settings()

    assert settings.debug is False
    assert settings.database_url == "sqlite:///database.sqlite3"
    assert settings.allowed_hosts == "localhost,127.0.0.1"


def test_come_from_the_environment_then_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DEBUG=true\nALLOWED_HOSTS=file.example\n")
    monkeypatch.setenv("ALLOWED_HOSTS", "one.example, two.example")
    settings = load_settings()

    assert settings.debug is True
    assert settings.allowed_hosts == "one.example, two.example"


@pytest.mark.parametrize("key", [None, "", "short", "change-me-" + SECRET_KEY])
def test_refuse_a_weak_secret_key(
    monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)

    with pytest.raises(SystemExit, match=r"^Cannot start. SECRET_KEY: .*needs .*$"):
        load_settings()
