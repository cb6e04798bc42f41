#% set package = cookiecutter.__package
"""Databases for tests: files that are gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text

from {= package =}.base import Base

NOWHERE = "sqlite:////nowhere/at/all.sqlite3"


@contextmanager
def new_database() -> Iterator[str]:
    """Yield the address of a database that has no tables."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield f"sqlite:///{folder}/database.sqlite3"


def empty_tables(engine: Engine) -> None:
    """Delete all rows, and count ids from 1 again, as examples refer to them."""
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(text("DELETE FROM sqlite_sequence"))
