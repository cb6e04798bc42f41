"""How the API tells of an error: problem details (RFC 9457)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

CONTENT_TYPE = "application/problem+json"


class Problem(Schema):
    """What went wrong."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str


class FieldError(Schema):
    """What is wrong with one field or parameter."""

    field: str
    message: str


class ValidationProblem(Problem):
    """What is wrong with the values that were sent."""

    errors: list[FieldError]


def problem(status: int, detail: str = "", **extra: object) -> HttpResponse:
    """Return the answer for a status, with the status's own sentence by default."""
    code = HTTPStatus(status)
    response = JsonResponse(
        {
            "type": "about:blank",
            "title": code.phrase,
            "status": status,
            "detail": detail or f"{code.description}.",
            **extra,
        },
        status=status,
        content_type=CONTENT_TYPE,
    )
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


Operation = Callable[..., HttpResponse]


def takes(content_type: str) -> Callable[[Operation], Operation]:
    """Refuse a body of another type with 415, before it is read."""

    def decorate(operation: Operation) -> Operation:
        @wraps(operation)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.content_type != content_type:
                return problem(415, f"The body must be {content_type}.")
            return operation(request, *args, **kwargs)

        return wrapper

    return decorate
