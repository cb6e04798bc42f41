#% set package = cookiecutter.__package
"""Settings: where they come from, and which are refused."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from {= package =}.main import create_app
from {= package =}.settings import Settings, load_settings

#% for _ in cookiecutter.__secret | select
GOOD_KEY = "0123456789" * 4
{! endfor !}


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without settings, and with a .env that is not there yet."""
    for setting in Settings.model_fields:
        monkeypatch.delenv(setting.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")


{! for _ in cookiecutter.__secret | select !}
@pytest.mark.parametrize("key", [None, "", "short", "change-me" * 9])
def test_a_weak_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    """One line says which setting is at fault, and what to do."""
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)

    with pytest.raises(SystemExit, match=r"^Cannot start: SECRET_KEY: [^\n]*python"):
        load_settings()


def test_debugging_needs_no_key(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A key of the moment is made, and the log says so."""
    monkeypatch.setenv("DEBUG", "true")

    first, second = load_settings(), load_settings()

    assert first.secret_key != second.secret_key
    assert len(first.secret_key) >= 32
    assert "SECRET_KEY" in caplog.text
#% for _ in cookiecutter.__logins | select
    assert first.allow_signup
{! endfor !}


{! endfor !}
@pytest.mark.parametrize(
    ("setting", "bad"),
    [
        ("DEBUG", "perhaps"),
#% for _ in cookiecutter.__logins | select
        ("ALLOW_SIGNUP", "2"),
#% endfor
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "nosuchdatabase://localhost/data"),
    ],
)
def test_a_bad_value_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, setting: str, bad: str
) -> None:
    """One line names the setting."""
#% for _ in cookiecutter.__secret | select
    monkeypatch.setenv("SECRET_KEY", GOOD_KEY)
#% endfor
    monkeypatch.setenv(setting, bad)

    with pytest.raises(SystemExit, match=rf"^Cannot start: {setting}: [^\n]*$"):
        load_settings()


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("1", True), ("Yes", True), ("ON", True), ("0", False), ("no", False)],
)
def test_flags_are_read_alike(
    monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool
) -> None:
    """Flags are words or digits, in any case."""
#% for _ in cookiecutter.__secret | select
    monkeypatch.setenv("SECRET_KEY", GOOD_KEY)
#% endfor
    monkeypatch.setenv("DEBUG", value)
#% for _ in cookiecutter.__logins | select
    monkeypatch.setenv("ALLOW_SIGNUP", value)
{! endfor !}

    settings = load_settings()

    assert settings.debug is {! for _ in cookiecutter.__logins | select !}settings.allow_signup is {! endfor !}meaning


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_database: str
) -> None:
    """Settings come from .env, unless the environment has them."""
    lines = {! for _ in cookiecutter.__secret | select !}f{! endfor !}"{! for _ in cookiecutter.__secret | select !}SECRET_KEY={GOOD_KEY}\n{! endfor !}ALLOWED_HOSTS=one.example, Two.example\nOTHER=1\n"
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", empty_database)

    settings = load_settings()

#% for _ in cookiecutter.__secret | select
    assert settings.secret_key.get_secret_value() == GOOD_KEY
#% endfor
    assert settings.database_url == empty_database
    with TestClient(create_app()) as client:
        for host, status in (("two.example", 200), ("localhost", 400)):
            response = client.get("/static/icon.svg", headers={"Host": host})
            assert response.status_code == status
