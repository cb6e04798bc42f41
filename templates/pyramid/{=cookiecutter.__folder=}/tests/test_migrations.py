#% set package = cookiecutter.__package
"""Migrations: they and the models agree, up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, inspect

from {= package =}.base import Base

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    """Return the engine of that database."""
    engine = create_engine(empty_database)
    yield engine
    engine.dispose()


@pytest.fixture
def config(engine: Engine) -> Config:
    """Return Alembic's configuration, for that database."""
    return Config(toml_file=PYPROJECT, attributes={"engine": engine})


def test_migrations_and_models_agree(config: Config) -> None:
    """Nothing is left to generate after the last migration."""
    command.upgrade(config, "head")
    command.check(config)


def test_migrations_can_be_taken_back(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    command.downgrade(config, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_constraints_have_the_models_names(config: Config, engine: Engine) -> None:
    """A later migration finds a constraint by its name."""
    command.upgrade(config, "head")
    migrated = inspect(engine)
    names = {
        table: {
            item["name"]
            for found in (
                migrated.get_unique_constraints(table),
                migrated.get_foreign_keys(table),
                migrated.get_indexes(table),
            )
            for item in found
        }
        for table in Base.metadata.tables
    }

    engine.dispose()
    for name, table in Base.metadata.tables.items():
        expected = {str(constraint.name) for constraint in table.constraints}
        expected |= {str(index.name) for index in table.indexes}
        assert names[name] == expected - {table.primary_key.name}
