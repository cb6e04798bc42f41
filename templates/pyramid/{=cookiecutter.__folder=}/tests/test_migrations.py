"""Migrations: they and the models agree, up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

from {= cookiecutter.__package =}.database import create_engine

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return the engine of an empty database."""
    engine = create_engine(f"sqlite:///{tmp_path}/migrations.sqlite3")
    yield engine
    engine.dispose()


@pytest.fixture
def config(engine: Engine) -> Config:
    """Return Alembic's configuration, for that database."""
    return Config(toml_file=PYPROJECT, attributes={"engine": engine})


def test_migrations_make_what_the_models_say(config: Config) -> None:
    """Nothing is left to generate after the last migration."""
    command.upgrade(config, "head")
    command.check(config)


def test_migrations_can_be_taken_back(config: Config, engine: Engine) -> None:
    """After all are taken back, no table is left."""
    command.upgrade(config, "head")
    command.downgrade(config, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]
