#% set package = cookiecutter.__package
"""SQLite: where its file is, and what is off in it unless asked for."""

import runpy
from pathlib import Path

import pytest
from django.db import connection

from {= package =} import settings


def test_relative_paths_start_at_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    found = []
    for url in ("sqlite:///a.sqlite3", "sqlite:////data/a.sqlite3", "sqlite://"):
        monkeypatch.setenv("DATABASE_URL", url)
        loaded = runpy.run_path(settings.__file__)
        found.append(loaded["DATABASES"]["default"]["NAME"])

    in_project = Path(settings.__file__).parents[1] / "a.sqlite3"
    assert found == [str(in_project), "/data/a.sqlite3", ":memory:"]


@pytest.mark.django_db
def test_sqlite_checks_foreign_keys_and_writes_ahead() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)

    options = settings.DATABASES["default"]["OPTIONS"]
    assert "journal_mode=WAL" in options["init_command"]
