#% set package = cookiecutter.__package
"""The database: a session for each request, and what to do where there is none."""

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from zope.sqlalchemy import register


def find_trouble(engine: Engine) -> str | None:
    """Say what to do about a database that cannot be used yet."""
    try:
        if inspect(engine).has_table("{= cookiecutter.__texts.table =}"):
            return None
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        return f"The database does not answer: {reason}. Look at DATABASE_URL."
    return "The database has no tables yet. Run: alembic upgrade head"


@view_config(route_name="health", request_method="GET", renderer="json", http_cache=0)
def check_health(request: Request) -> dict[str, str]:
    if find_trouble(request.registry["engine"]):
        request.response.status_code = 503
        return {"status": "unavailable"}
    return {"status": "ok"}


def includeme(config: Configurator) -> None:
    """Give each request a session, which ends with the request's transaction."""
    settings = config.get_settings()
    settings["tm.annotate_user"] = False  # it costs a query, for logs nobody keeps
    config.include("pyramid_tm")
    engine = config.registry["engine"] = create_engine(settings["database_url"])
    make_session = sessionmaker(engine, expire_on_commit=False)
    register(make_session)
    config.add_request_method(lambda _: make_session(), "dbsession", reify=True)
