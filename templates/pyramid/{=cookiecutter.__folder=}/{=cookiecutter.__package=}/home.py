#% set package = cookiecutter.__package
"""The pages that belong to no resource, and the health check."""

from typing import Any

from pyramid.config import Configurator
from pyramid.events import BeforeRender, subscriber
from pyramid.request import Request
from pyramid.view import view_config

from {= package =}.database import find_trouble

DESCRIPTION = {= cookiecutter.__description_literal =}


@subscriber(BeforeRender)
def add_description(event: BeforeRender) -> None:
    """Let every page say what this is."""
    event["description"] = DESCRIPTION


@view_config(route_name="home", request_method="GET", renderer="home.html")
def show_home(request: Request) -> dict[str, Any]:
    return {}


@view_config(route_name="health", request_method="GET", renderer="json", http_cache=0)
def check_health(request: Request) -> dict[str, str]:
    if find_trouble(request.registry["engine"]):
        request.response.status_code = 503
        return {"status": "unavailable"}
    return {"status": "ok"}


def includeme(config: Configurator) -> None:
    seconds = 0 if config.get_settings()["debug"] else 3600
    config.add_static_view("static", "static", cache_max_age=seconds)
    config.add_route("home", "/")
    config.add_route("health", "/health")
    config.scan(__name__)
