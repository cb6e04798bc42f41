#% set package = cookiecutter.__package
"""Migrations: they and the models agree, up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, inspect

from {= package =}.base import Base

ROOT = Path(__file__).parent.parent


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    """Return an engine on that database."""
    engine = create_engine(empty_database)
    yield engine
    engine.dispose()


@pytest.fixture
def config(engine: Engine) -> Config:
    """Return Alembic's configuration, for that database."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["engine"] = engine
    return config


def test_migrations_and_models_agree(config: Config) -> None:
    command.upgrade(config, "head")

    command.check(config)


def test_migrations_can_be_taken_back(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    command.downgrade(config, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_constraints_have_the_models_names(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    made = inspect(engine)

    for name, table in Base.metadata.tables.items():
        found = [*made.get_foreign_keys(name), *made.get_unique_constraints(name)]
        # Not every database keeps the name of a primary key.
        wanted = table.constraints - {table.primary_key}
        assert {key["name"] for key in found} == {key.name for key in wanted}
