#% set package = cookiecutter.__package
"""What holds for every request, beside Django's own middleware."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from {= package =}.problems import CONTENT_TYPE, problem

View = Callable[[HttpRequest], HttpResponse]


def api_problems(get_response: View) -> View:
    """Tell of every error under /api as a problem, whoever answered with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not f"{request.path}/".startswith("/api/"):
            return get_response(request)
        # Sessions do not count there, so nothing can be forged.
        request.csrf_processing_done = True  # type: ignore[attr-defined]
        response = get_response(request)
        if response.status_code >= 400 and response["Content-Type"] != CONTENT_TYPE:
            response.content = problem(response.status_code).content
            response["Content-Type"] = CONTENT_TYPE
            response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def body_limit(get_response: View) -> View:
    """Answer 413 to a body over DATA_UPLOAD_MAX_MEMORY_SIZE, files included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            request.body  # noqa: B018 # reading it is what finds out
        except RequestDataTooBig:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def private_pages(get_response: View) -> View:
    """Keep what a signed-in user sees out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
