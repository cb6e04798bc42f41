#% set package = cookiecutter.__package
"""What holds for every request, beside Django's own middleware."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from {= package =}.errors import PROBLEM_TYPE, problem

View = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class ErrorMiddleware:
    """Makes problems of errors under /api, and says what the database may lack."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith("/api/"):
            return response
        if response["Content-Type"] == PROBLEM_TYPE:
            return response
        # Django's own answer: an unknown path, a wrong method, a fault.
        answer = problem(response.status_code)
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, DatabaseError):
            logger.error("%s. Did you run `python manage.py migrate`?", error)


def private_pages(get_response: View) -> View:
    """Keep the pages of those who have a session out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        return response

    return middleware
