#% set package = cookiecutter.__package
"""Migrations: they make what the models describe, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, UniqueConstraint, create_engine, inspect

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
    """Return Alembic's configuration for that database."""
    return Config(toml_file=ROOT / "pyproject.toml", attributes={"engine": engine})


def test_migrations_and_models_agree(config: Config) -> None:
    """After all migrations, Alembic finds nothing to change."""
    command.upgrade(config, "head")

    command.check(config)


def test_migrations_can_be_taken_back(config: Config, engine: Engine) -> None:
    """Downgrading leaves no table, and upgrading makes them again."""
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]

    command.upgrade(config, "head")

    assert set(Base.metadata.tables) < set(inspect(engine).get_table_names())


def test_constraints_have_the_models_names(config: Config, engine: Engine) -> None:
    """Names are what later migrations find constraints by."""
    command.upgrade(config, "head")

    for table in Base.metadata.tables.values():
        found = inspect(engine).get_unique_constraints(table.name)
        unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        assert {c["name"] for c in found} == {c.name for c in unique}
