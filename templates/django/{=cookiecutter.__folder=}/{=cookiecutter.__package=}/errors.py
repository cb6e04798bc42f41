"""How the API tells of an error: problem details (RFC 9457). Pages have templates."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Field, Schema

PROBLEM_TYPE = "application/problem+json"


class Fault(Schema):
    """What is wrong with one value."""

    field: str
    message: str


class Problem(Schema):
    """What went wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field([], description="For 422: each bad value")


def problem(
    status: int, detail: str = "", errors: list[Fault] | None = None
) -> HttpResponse:
    """Return an error of the API, by default with the status's own sentence."""
    phrase, sentence = HTTPStatus(status).phrase, HTTPStatus(status).description
    details = Problem(
        title=phrase,
        status=status,
        detail=detail or sentence or phrase,
        errors=errors or [],
    )
    response = HttpResponse(
        details.model_dump_json(exclude=None if errors else {"errors"}),
        content_type=PROBLEM_TYPE,
        status=status,
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response
