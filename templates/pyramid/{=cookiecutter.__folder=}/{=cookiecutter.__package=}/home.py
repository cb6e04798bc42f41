#% set package = cookiecutter.__package
"""The health check."""

from pyramid.request import Request
from pyramid.view import view_config

from {= package =}.database import find_trouble


@view_config(route_name="health", request_method="GET", renderer="json", http_cache=0)
def check_health(request: Request) -> dict[str, str]:
    if find_trouble(request.registry["engine"]):
        request.response.status_code = 503
        return {"status": "unavailable"}
    return {"status": "ok"}
