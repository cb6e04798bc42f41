#% set package = cookiecutter.__package
"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

import logging
from typing import Literal

import pyramid.httpexceptions as exc
from pydantic import BaseModel
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.settings import aslist
from pyramid.view import exception_view_config, forbidden_view_config
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from {= package =}.database import find_trouble

log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[Literal["field", "message"], str]] | None = None


@exception_view_config(exc.HTTPError)
def show_error(error: exc.HTTPError, request: Request) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    title, status, detail = error.title, error.code, error.detail or error.explanation
    if status == 404 and error.detail in (None, request.path_info):
        detail = "There is nothing at this address."  # as the author gave no text
    errors = getattr(error, "errors", None)
    problem = Problem(title=title, status=status, detail=detail, errors=errors)
    if request.in_api:
        error.content_type = "application/problem+json"
        error.body = problem.model_dump_json(exclude_none=True).encode()
        if status == 401:
            error.headers["WWW-Authenticate"] = "Bearer"
    else:
        request.tm.abort()  # so that the page can ask who is signed in, whatever failed
        error.text = render("error.html", {"problem": problem}, request)
    return error


@exception_view_config(PredicateMismatch)
def show_mismatch(error: PredicateMismatch, request: Request) -> Response:
    """Answer 405 where only the method is wrong; to Pyramid, all mismatches are 404."""
    introspector = request.registry.introspector
    route = introspector.get("routes", request.matched_route.name)
    taken = [view.get("request_methods") or () for view in introspector.related(route)]
    methods = {method for some in taken for method in aslist(some)}
    if not methods or request.method in methods:
        return show_error(exc.HTTPNotFound(), request)
    headers = {"Allow": ", ".join(sorted(methods))}
    detail = "This address does not take that method."
    return show_error(exc.HTTPMethodNotAllowed(detail, headers=headers), request)


@forbidden_view_config()
def show_forbidden(error: exc.HTTPForbidden, request: Request) -> Response:
    """Ask to sign in, or say why even that is not enough."""
    if error.result is None or request.identity:
        error.detail = getattr(error.result, "msg", error.detail)
        return show_error(error, request)
    if request.in_api:
        detail = "The token is missing or not valid."
        return show_error(exc.HTTPUnauthorized(detail), request)
    query = {"next": request.path_qs}
    return exc.HTTPSeeOther(request.route_path("login", _query=query))


@exception_view_config(BadCSRFOrigin)
@exception_view_config(BadCSRFToken)
def show_forged(error: Exception, request: Request) -> Response:
    detail = "The form has expired. Go back, reload and try again."
    return show_error(exc.HTTPForbidden(detail), request)


@exception_view_config(Exception)
def show_fault(error: Exception, request: Request) -> Response:
    """Answer 404 or 409 to changes that others overtook; to the rest 500, and log it."""
    if isinstance(error, StaleDataError):
        return show_error(exc.HTTPNotFound(), request)
    if isinstance(error, IntegrityError):
        log.warning("%s %r: %s", request.method, request.path, error.orig)
        return show_error(exc.HTTPConflict("Another request was faster."), request)
    trouble = find_trouble(request.registry["engine"])
    reason, cause = (trouble, None) if trouble else ("failed", error)
    log.error("%s %r: %s", request.method, request.path, reason, exc_info=cause)
    fault = exc.HTTPInternalServerError("Something went wrong here.")
    return show_error(fault, request)
