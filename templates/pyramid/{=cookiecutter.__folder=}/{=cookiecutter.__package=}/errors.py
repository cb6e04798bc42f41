#% set resource = cookiecutter._resource
"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

import logging
from typing import Literal

from pydantic import BaseModel, ValidationError
from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch
from pyramid.httpexceptions import (
#% if resource.unique_fields
    HTTPConflict,
#% endif
    HTTPError,
    HTTPForbidden,
    HTTPInternalServerError,
    HTTPMethodNotAllowed,
    HTTPNotFound,
    HTTPSeeOther,
    HTTPUnauthorized,
    HTTPUnprocessableEntity,
)
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import (
    exception_view_config,
    forbidden_view_config,
    notfound_view_config,
)

from {= cookiecutter.__package =}.forms import error_message
from {= cookiecutter.__package =}.request import Request

PROBLEM_TYPE = "application/problem+json"

log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[Literal["field", "message"], str]] | None = None


class Unauthorized(HTTPUnauthorized):  # type: ignore[misc]  # Pyramid has no types
    """The API needs a token, or the right password."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Invalid(HTTPUnprocessableEntity):  # type: ignore[misc]  # Pyramid has no types
    """Some values are not what the schema asks for."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__("Some values are missing or wrong.")
        self.errors = [
            {"field": str([*fault["loc"], "body"][0]), "message": error_message(fault)}
            for fault in error.errors()
        ]


#% if resource.unique_fields
class ConflictError(HTTPConflict):  # type: ignore[misc]  # Pyramid has no types
    """Another entry has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(f"The value of {field} is taken.")
        self.field = field


#% endif
@exception_view_config(HTTPError)
def show_error(error: HTTPError, request: Request) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    problem = Problem(
        title=error.title,
        status=error.code,
        detail=error.detail or error.explanation,
        errors=getattr(error, "errors", None),
    )
    if request.in_api:
        error.content_type = PROBLEM_TYPE
        error.body = problem.model_dump_json(exclude_none=True).encode()
    else:
        error.text = render("error.jinja2", dict(problem), request)
    return error


@exception_view_config(UnicodeDecodeError)  # a path or a query that is not UTF-8
@notfound_view_config()
def show_not_found(error: Exception, request: Request) -> Response:
    """Answer 404, or 405 where only the method is wrong."""
    if isinstance(error, PredicateMismatch):
        detail = "This address does not take that method."
        headers = {"Allow": ", ".join(allowed_methods(request))}
        return show_error(HTTPMethodNotAllowed(detail, headers=headers), request)
    return show_error(HTTPNotFound("There is nothing at this address."), request)


def allowed_methods(request: Request) -> list[str]:
    """Return the methods that the views of the route take."""
    introspector = request.registry.introspector
    route = introspector.get("routes", request.matched_route.name)
    methods: set[str] = set()
    for view in introspector.related(route):
        if view.category_name == "views":
            taken = view["request_methods"]
            methods.update([taken] if isinstance(taken, str) else taken or ())
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


@forbidden_view_config()
def show_forbidden(error: HTTPForbidden, request: Request) -> Response:
    """Ask to sign in, or say that even that is not enough."""
    if request.is_authenticated:
        return show_error(error, request)
    if request.in_api:
        return show_error(Unauthorized("The token is missing or not valid."), request)
    query = {"next": request.path_qs}
    return HTTPSeeOther(request.route_path("login", _query=query))


@exception_view_config(BadCSRFOrigin)
@exception_view_config(BadCSRFToken)
def show_forged(error: Exception, request: Request) -> Response:
    """Answer 403 to a form that is not from a page of ours."""
    detail = "The form has expired. Go back, reload the page and try again."
    return show_error(HTTPForbidden(detail), request)


@exception_view_config(Exception)
def show_fault(error: Exception, request: Request) -> Response:
    """Answer 500, and log why."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return show_error(HTTPInternalServerError("Something went wrong here."), request)


def includeme(config: Configurator) -> None:
    """Add the exception views."""
    config.scan(__name__)
