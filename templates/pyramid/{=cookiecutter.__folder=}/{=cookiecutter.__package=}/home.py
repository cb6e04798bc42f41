"""The pages that belong to no resource, and the health check."""

from typing import Any

from pyramid.config import Configurator
from pyramid.view import view_config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from {= cookiecutter.__package =}.request import Request

DESCRIPTION = {= cookiecutter.__description_literal =}


@view_config(route_name="home", request_method="GET", renderer="home.jinja2")
def show_home(request: Request) -> dict[str, Any]:
    """Say what this is."""
    return {"description": DESCRIPTION}


@view_config(route_name="health", request_method="GET", renderer="json", http_cache=0)
def check_health(request: Request) -> dict[str, str]:
    """Say whether the database answers."""
    try:
        request.dbsession.execute(text("SELECT 1"))
    except SQLAlchemyError:
        request.tm.doom()
        request.response.status_code = 503
        return {"status": "unavailable"}
    return {"status": "ok"}


def includeme(config: Configurator) -> None:
    """Add the templates, the static files and the pages."""
    config.add_jinja2_search_path("{= cookiecutter.__package =}:templates")
    config.add_static_view("static", "static", cache_max_age=3600)
    config.add_route("home", "/")
    config.add_route("health", "/health")
    config.scan(__name__)
