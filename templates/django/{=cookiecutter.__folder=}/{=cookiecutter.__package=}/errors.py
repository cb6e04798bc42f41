"""How errors look: problem details (RFC 9457) in the API, and a page for faults."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from ninja import Schema

PROBLEM_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


class Fault(Schema):
    field: str
    message: str


class Problem(Schema):
    """What went wrong; `errors` tells of each bad value."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def problem(
    status: int, detail: str = "", errors: list[Fault] | None = None
) -> HttpResponse:
    """Return an error of the API, by default with the status's own sentence."""
    title = HTTPStatus(status).phrase
    detail = detail or HTTPStatus(status).description or title
    told = Problem(title=title, status=status, detail=detail, errors=errors or [])
    content = told.model_dump_json(exclude=None if errors else {"errors"})
    response = HttpResponse(content, PROBLEM_TYPE, status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


class ResponseMiddleware:
    """Makes problems of Django's own errors under /api; keeps pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)  # it may be for one account's eyes
        failed = request.path.startswith("/api/") and response.status_code >= 400
        if failed and response["Content-Type"] != PROBLEM_TYPE:
            response.content = problem(response.status_code).content
            response["Content-Type"] = PROBLEM_TYPE
            response["Content-Length"] = str(len(response.content))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, DatabaseError):
            logger.error("%s. Did you run `python manage.py migrate`?", error)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show that something went wrong; to whom, only if the database answers."""
    try:
        return render(request, "500.html", status=500)
    except DatabaseError:
        return render(None, "500.html", status=500)
