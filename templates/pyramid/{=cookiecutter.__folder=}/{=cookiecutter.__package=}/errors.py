#% set package = cookiecutter.__package
"""Errors: {= cookiecutter.__texts.errors =}."""

import logging
{! for _ in cookiecutter.__api | select !}
from typing import Literal
{! endfor !}

import pyramid.httpexceptions as exc
#% for _ in cookiecutter.__api | select
from pydantic import BaseModel
#% endfor
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch
#% for _ in cookiecutter.__pages | select
from pyramid.renderers import render
#% endfor
from pyramid.request import Request
from pyramid.response import Response
from pyramid.settings import aslist
from pyramid.view import exception_view_config
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from {= package =}.database import find_trouble

log = logging.getLogger(__name__)
{! for _ in cookiecutter.__api | select !}


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[Literal["field", "message"], str]] | None = None
{! endfor !}


@exception_view_config(exc.HTTPError)
def show_error(error: exc.HTTPError, request: Request) -> Response:
    """Answer with {= cookiecutter.__texts.answers =}."""
    title, status, detail = error.title, error.code, error.detail or error.explanation
    if status == 404 and detail in (exc.HTTPNotFound.explanation, request.path_info):
        detail = "There is nothing at this address."  # as the author gave no text
#% for _ in cookiecutter.__full | select
    if request.in_api:
#% endfor
#% for _ in cookiecutter.__api | select
    {= cookiecutter.__texts.deeper =}errors = getattr(error, "errors", None)
    {= cookiecutter.__texts.deeper =}problem = Problem(title=title, status=status, detail=detail, errors=errors)
    {= cookiecutter.__texts.deeper =}error.content_type = "application/problem+json"
    {= cookiecutter.__texts.deeper =}error.body = problem.model_dump_json(exclude_none=True).encode()
#% endfor
#% for _ in cookiecutter.__tokens | select
    {= cookiecutter.__texts.deeper =}if status == 401:
        {= cookiecutter.__texts.deeper =}error.headers["WWW-Authenticate"] = "Bearer"
#% endfor
#% for _ in cookiecutter.__full | select
    else:
#% endfor
#% for _ in cookiecutter.__logins | select
    {= cookiecutter.__texts.deeper =}request.tm.abort()  # so that the page can ask who is signed in, whatever failed
#% endfor
#% for _ in cookiecutter.__pages | select
    {= cookiecutter.__texts.deeper =}page = {"title": title, "status": status, "detail": detail}
    {= cookiecutter.__texts.deeper =}error.text = render("error.html", page, request)
#% endfor
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


{! for _ in cookiecutter.__pages | select !}
@exception_view_config(BadCSRFOrigin)
@exception_view_config(BadCSRFToken)
def show_forged(error: Exception, request: Request) -> Response:
    detail = "The form has expired. Go back, reload and try again."
    return show_error(exc.HTTPForbidden(detail), request)


{! endfor !}
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
