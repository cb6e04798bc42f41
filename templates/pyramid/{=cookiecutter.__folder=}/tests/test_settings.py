#% set package = cookiecutter.__package
"""Settings: from the ini file, the environment and .env, checked at the start."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from {= package =} import main
from {= package =}.settings import Settings, load_settings
from tests.databases import NOWHERE

#% for _ in cookiecutter.__secret | select
KEY = "0123456789" * 4
{! endfor !}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start without settings{! for _ in cookiecutter.__secret | select !} but a good key{! endfor !}, in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
#% for _ in cookiecutter.__secret | select
    monkeypatch.setenv("SECRET_KEY", KEY)
#% endfor
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    monkeypatch.chdir(tmp_path)


{! for _ in cookiecutter.__secret | select !}
@pytest.mark.parametrize("key", ["", "short", "change-me" + "x" * 40])
def test_a_weak_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """One line says which setting is wrong, and what to do."""
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(SystemExit, match=r"^Cannot start: SECRET_KEY: .*python -c"):
        main({})


def test_debugging_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DEBUG, each start makes a key of its own{! for _ in cookiecutter.__logins | select !}, and visitors may sign up{! endfor !}."""
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("DEBUG", "true")
    first, second = load_settings(), load_settings()

    assert len(first.secret_key) >= 32
    assert first.secret_key != second.secret_key
#% for _ in cookiecutter.__logins | select
    assert first.allow_signup
{! endfor !}


{! endfor !}
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "nosuchdatabase://localhost"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_bad_value_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=f"^Cannot start: {name}: .+$"):
        main({})


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *((text, True) for text in ("1", "true", "YES", "On")),
        *((text, False) for text in ("0", "False", "no", "OFF")),
    ],
)
def test_flags_are_read_alike(
    monkeypatch: pytest.MonkeyPatch, text: str, flag: bool
) -> None:
    monkeypatch.setenv("DEBUG", text)

    assert load_settings().debug is flag


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nALLOWED_HOSTS=a.example\n")
    monkeypatch.setenv("ALLOWED_HOSTS", "b.example, c.example")
    settings = load_settings()

    assert settings.log_level == "ERROR"
    assert settings.allowed_hosts == ["b.example", "c.example"]
    assert settings.debug is False
#% for _ in cookiecutter.__logins | select
    assert settings.allow_signup is False
{! endfor !}


def test_the_ini_file_wins_over_both(
    monkeypatch: pytest.MonkeyPatch, empty_database: str
) -> None:
    """What stands under [app:main] is not ignored."""
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    engine = main({}, database_url=empty_database).registry["engine"]

    assert engine.url == make_url(empty_database)
    engine.dispose()
