#% set package = cookiecutter.__package
"""What responses need besides Django's own middleware."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from ninja.errors import Throttled

from {= package =}.api import PROBLEM_TYPE, problem

logger = logging.getLogger(__name__)


class ResponseMiddleware:
    """Keeps pages of an account out of caches, and has the API fail in its own form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        failed = request.path.startswith("/api/") and response.status_code >= 400
        if failed and response["Content-Type"] != PROBLEM_TYPE:
            response.content = problem(response.status_code, "").content
            response["Content-Type"] = PROBLEM_TYPE
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> Any:
        if isinstance(error, OperationalError | ProgrammingError):
            logger.error("%s. Did you run `python manage.py migrate`?", error)
        if not isinstance(error, Throttled):
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(error.wait)
        return response
