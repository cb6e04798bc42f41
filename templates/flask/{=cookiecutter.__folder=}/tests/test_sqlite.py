#% set package = cookiecutter.__package
"""SQLite: where its file is, and what is off in it unless asked for."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from {= package =}.settings import ROOT, Settings


def test_relative_paths_start_at_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither the database nor .env follows the working directory."""
    monkeypatch.chdir(tmp_path)

    url = Settings.check_database_url("sqlite:///database.sqlite3")

    assert url == f"sqlite:///{ROOT / 'database.sqlite3'}"
    assert Settings.model_config["env_file"] == ROOT / ".env"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_memory_is_refused(url: str) -> None:
    """Each connection would have a database of its own there."""
    with pytest.raises(ValueError, match="needs a file"):
        Settings.check_database_url(url)


def test_sqlite_checks_foreign_keys_and_writes_ahead(empty_database: str) -> None:
    """The application asks for both."""
    engine = create_engine(empty_database)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
