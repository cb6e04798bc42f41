#% set package = cookiecutter.__package
"""The database session of a request, and what to do where there is no database."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from zope.sqlalchemy import mark_changed


def find_trouble(engine: Engine) -> str | None:
    """Say what to do about a database that cannot be used yet."""
    try:
        if inspect(engine).has_table("users"):
            return None
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        return f"The database does not answer: {reason}. Look at DATABASE_URL."
    return "The database has no tables yet. Run: alembic upgrade head"


def setup_shell(env: dict[str, Any]) -> None:
    """Begin a transaction for `pshell`, where no request does."""
    env["tm"] = env["request"].tm
    env["tm"].begin()
    env["dbsession"] = env["request"].dbsession


def includeme(config: Configurator) -> None:
    """Give each request a session, which lives as long as its transaction."""
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    settings["tm.annotate_user"] = False  # it costs a query, for logs nobody keeps
    config.include("pyramid_tm")
    engine = create_engine(settings["database_url"])
    make_session = sessionmaker(engine, expire_on_commit=False)

    # zope.sqlalchemy.register() does this too, but anew for each session, which takes
    # a tenth of a request.
    @event.listens_for(make_session, "after_attach")
    @event.listens_for(make_session, "after_begin")
    def join_transaction(session: Session, *_: object) -> None:
        mark_changed(session, session.info["tm"])

    def dbsession(request: Request) -> Session:
        return make_session(info={"tm": request.tm})

    config.registry["engine"] = engine
    config.add_request_method(dbsession, reify=True)
