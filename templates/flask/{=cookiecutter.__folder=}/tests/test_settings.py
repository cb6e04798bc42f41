#% set package = cookiecutter.__package
"""Settings: where they come from, and which are refused."""

from pathlib import Path

import pytest

from {= package =}.settings import Settings, load_settings

{! for _ in cookiecutter.__secret | select !}
KEY = "only-for-tests-" * 3


{! endfor !}
@pytest.fixture(autouse=True)
def env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Leave out the environment and the .env of whoever runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
#% for _ in cookiecutter.__secret | select
    monkeypatch.setenv("SECRET_KEY", KEY)
#% endfor
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    return tmp_path / ".env"


{! for _ in cookiecutter.__secret | select !}
@pytest.mark.parametrize("key", [None, "", "short", "change-me-" + KEY])
def test_a_weak_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)

    with pytest.raises(SystemExit, match=r"^Cannot start: SECRET_KEY: .*random.*$"):
        load_settings()


def test_debugging_needs_no_key(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("DEBUG", "true")
    settings = load_settings()

    assert len(settings.secret_key) >= 32
#% for _ in cookiecutter.__logins | select
    assert settings.allow_signup
#% endfor
    assert "SECRET_KEY" in caplog.text


{! endfor !}
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
#% for _ in cookiecutter.__logins | select
        ("ALLOW_SIGNUP", "perhaps"),
#% endfor
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "nosuchdatabase://localhost/x"),
    ],
)
def test_a_bad_value_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=rf"^Cannot start: {name}: .*$"):
        load_settings()


@pytest.mark.parametrize(
    ("values", "flag"),
    [(["1", "TRUE", "yes", "On"], True), (["0", "false", "No", "off"], False)],
)
def test_flags_are_read_alike(
    monkeypatch: pytest.MonkeyPatch, values: list[str], flag: bool
) -> None:
    for value in values:
        monkeypatch.setenv("DEBUG", value)

        assert load_settings().debug is flag


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, env_file: Path
) -> None:
    env_file.write_text("DEBUG=true\nALLOWED_HOSTS=a.example\n")
    monkeypatch.setenv("ALLOWED_HOSTS", "b.example, c.example")
    settings = load_settings()

    assert settings.debug is True
    assert settings.allowed_hosts == ["b.example", "c.example"]
