#% set package = cookiecutter.__package
"""What responses need besides Django's own middleware."""

import logging
from collections.abc import Callable
from typing import Any

#% for _ in cookiecutter.__accounts | select
from django.conf import settings
#% else
from django.contrib.messages.storage.cookie import CookieStorage
#% endfor
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.forms import SECONDS, TooManyAttemptsError
#% endfor
#% for _ in cookiecutter.__api | select
from {= package =}.api import PROBLEM_TYPE, problem
{! endfor !}

logger = logging.getLogger(__name__)


class ResponseMiddleware:
    """{= cookiecutter.__texts.responses =}"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
#% for _ in cookiecutter.__pages | select
        if {= cookiecutter.__texts.private =} in request.COOKIES:
            add_never_cache_headers(response)
#% endfor
#% for _ in cookiecutter.__api | select
        failed = {= cookiecutter.__texts.asked =}response.status_code >= 400
        if failed and "json" not in response["Content-Type"]:  # else a view's own
            response.content = problem(response.status_code, "").content
            response["Content-Type"] = PROBLEM_TYPE
            response["Content-Length"] = str(len(response.content))
#% endfor
#% for _ in cookiecutter.__accounts | select
        if response.status_code == TooManyAttemptsError.status_code:
            response["Retry-After"] = str(SECONDS)
#% endfor
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> Any:
        if isinstance(error, OperationalError | ProgrammingError):
            logger.error("%s. Did you run `python manage.py migrate`?", error)
#% for _ in cookiecutter.__accounts | select
        if isinstance(error, TooManyAttemptsError):
            return {= cookiecutter.__texts.waits =}
#% endfor
        return None
