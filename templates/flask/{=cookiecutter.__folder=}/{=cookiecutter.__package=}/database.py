"""The database: what all models share, the engine, and a session for each request."""

import datetime as dt
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, abort, current_app, g
from sqlalchemy.orm import DeclarativeBase, Session


class UTCDateTime(sa.TypeDecorator[dt.datetime]):
    """A time in UTC, also in SQLite, which drops the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Store the time in UTC."""
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Give the zone back."""
        return value and value.replace(tzinfo=value.tzinfo or dt.UTC)


class Base(DeclarativeBase):
    """What all models share."""

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
    # SQLite would give the id of a deleted account, and so its tokens, to the next one.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 -- SQLAlchemy's way


Model = TypeVar("Model", bound=Base)

MAX_ID = 2**31 - 1


def utc_now() -> dt.datetime:
    """Return the time, in UTC."""
    return dt.datetime.now(dt.UTC)


def create_engine(url: str) -> sa.Engine:
    """Return an engine that, on SQLite, checks foreign keys and writes ahead."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def set_pragmas(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")

    return engine


def get_session() -> Session:
    """Return the session of this request, opened on first use."""
    if "db_session" not in g:
        g.db_session = Session(current_app.extensions["engine"])
    session: Session = g.db_session
    return session


def close_session(_error: BaseException | None = None) -> None:
    """Close the session of this request; what was not committed is undone."""
    if session := g.pop("db_session", None):
        session.close()


def get_or_404(model: type[Model], id: int) -> Model:
    """Return the entry of that id, or answer 404."""
    entry = get_session().get(model, id) if id <= MAX_ID else None
    return entry or abort(404)


def init_app(app: Flask, url: str) -> None:
    """Connect the application to the database."""
    app.extensions["engine"] = create_engine(url)
    app.teardown_appcontext(close_session)
