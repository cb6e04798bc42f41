"""The database: what all models and connections share."""

import datetime as dt
#% for _ in cookiecutter.__sqlite | select
import sqlite3
#% endfor
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase


class UTCDateTime(sa.TypeDecorator[dt.datetime]):
#% for _ in cookiecutter.__sqlite | select
    """A time in UTC, also in SQLite, which drops the zone."""
#% endfor
#% for _ in cookiecutter.__postgres | select
    """A time in UTC, also where PostgreSQL tells it in another zone."""
{! endfor !}

    impl = sa.DateTime(timezone=True)
    cache_ok = True

#% for _ in cookiecutter.__sqlite | select
    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return value and value.replace(tzinfo=value.tzinfo or dt.UTC)
#% endfor
#% for _ in cookiecutter.__postgres | select
    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return value and value.astimezone(dt.UTC)
{! endfor !}


class Base(DeclarativeBase):
    type_annotation_map = {dt.datetime: UTCDateTime}  # noqa: RUF012 -- SQLAlchemy's way
    # A later migration can only drop a constraint that has a name.
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
#% for _ in cookiecutter.__sqlite | select
    # SQLite would give the id of a deleted {= cookiecutter.__words.reused =} to the next one.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 -- SQLAlchemy's way
{! endfor !}


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
{! for _ in cookiecutter.__sqlite | select !}


@sa.event.listens_for(sa.Engine, "connect")
def set_pragmas(connection: object, _record: object) -> None:
    """Let SQLite check foreign keys, and read while somebody writes."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
#% endfor
