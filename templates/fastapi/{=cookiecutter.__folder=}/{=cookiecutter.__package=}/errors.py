#% set package = cookiecutter.__package
"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

import logging
from collections.abc import Mapping
from http.client import responses
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from {= package =}.dependencies import describe_fault
from {= package =}.forms import error_message
from {= package =}.middleware import add_security_headers
from {= package =}.pages import render

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# What to say where nobody said more than the name of the status.
DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is too large.",
}


class Problem(BaseModel):
    """What every error of the API says; `errors` comes with 422."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


def problems(*statuses: int | str) -> dict[int | str, dict[str, Any]]:
    """Name the errors that matter to an operation, for the description of the API."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"content": content} for status in statuses}


# Starlette runs plain functions in a thread, so pages of errors may ask the database.
def http_error(request: Request, exc: HTTPException) -> Response:
    """Answer with the error that a route or the framework raised."""
    status, detail = exc.status_code, str(exc.detail)
    if status < 400:  # a redirect
        return Response(status_code=status, headers=exc.headers)
    if detail == responses.get(status):
        detail = DETAILS.get(status, detail)
    return error_response(request, status, detail, headers=exc.headers)


def validation_error(request: Request, exc: RequestValidationError) -> Response:
    """Answer 422 with each fault; a page whose address makes no sense is 404."""
    faults = exc.errors()
    if not is_api(request) and all(fault["loc"][0] != "body" for fault in faults):
        return error_response(request, 404, DETAILS[404])
    errors = [
        {"field": field_name(fault["loc"]), "message": error_message(fault)}
        for fault in faults
    ]
    return error_response(request, 422, "Some values are not valid.", errors)


def conflict(request: Request, exc: IntegrityError) -> Response:
    """Answer 409: another request was faster, and took a value that is unique."""
    return error_response(request, 409, "Another entry has one of these values.")


def gone(request: Request, exc: StaleDataError) -> Response:
    """Answer 404: another request was faster, and deleted what this one changes."""
    return error_response(request, 404, DETAILS[404])


def database_error(request: Request, exc: OperationalError) -> Response:
    """Answer 503: the database does not, or has no tables yet."""
    logger.error("%s %r: %s", request.method, request.url.path, describe_fault(exc))
    return error_response(request, 503, "The database does not answer.")


def server_error(request: Request, exc: Exception) -> Response:
    """Answer 500; the server logs the traceback, and this the request."""
    logger.error("%s %r failed: %r", request.method, request.url.path, exc)
    response = error_response(request, 500, "Something went wrong here.")
    # This handler alone runs outside of our middleware.
    add_security_headers(response.headers, request.url.scheme)
    return response


HANDLERS: dict[Any, Any] = {
    HTTPException: http_error,
    RequestValidationError: validation_error,
    IntegrityError: conflict,
    StaleDataError: gone,
    OperationalError: database_error,
    Exception: server_error,
}


def error_response(
    request: Request,
    status: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    title = responses.get(status, "Error")
    problem = Problem(title=title, status=status, detail=detail, errors=errors)
    if not is_api(request):
        return render(request, "error.html", problem.model_dump(), status, headers)
    content = problem.model_dump_json(exclude_none=True)
    return Response(content, status, headers, MEDIA_TYPE)


def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def field_name(location: tuple[str | int, ...]) -> str:
    """Return the name in a place such as ("body", "title"), or else its first word."""
    names = [part for part in location[1:] if isinstance(part, str)]
    return names[0] if names else str(location[0])
