"""Migrations: they and the models agree, up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from {= cookiecutter.__package =}.database import create_engine

ROOT = Path(__file__).parent.parent


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an engine on an empty database."""
    engine = create_engine(f"sqlite:///{tmp_path / 'database.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def config(engine: Engine) -> Config:
    """Return Alembic's configuration, for that database."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["engine"] = engine
    return config


def test_make_what_the_models_say(config: Config) -> None:
    command.upgrade(config, "head")

    command.check(config)


def test_can_be_taken_back(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    command.downgrade(config, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_sqlite_checks_foreign_keys_and_writes_ahead(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
