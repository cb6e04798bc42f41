"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

from flask import Flask, g, render_template, request
from pydantic import BaseModel, ValidationError
from werkzeug import Response
from werkzeug.exceptions import {= 'Conflict, ' if cookiecutter._resource.unique_fields =}HTTPException, SecurityError, UnprocessableEntity

PROBLEM = "application/problem+json"
DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is larger than 1 MiB.",
    422: "Some values are not valid.",
    500: "Something went wrong here.",
}
MESSAGES = {
    "missing": "This field is required.",
    "string_pattern_mismatch": "This is not a valid value.",
}


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class Invalid(UnprocessableEntity):
    """422, with what is wrong with each value."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__()
        self.messages = messages(error)


#% if cookiecutter._resource.unique_fields
class TakenError(Conflict):
    """409, for a value that another entry has."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.description = f"Another {= cookiecutter._resource.label =} has this {field}."
        super().__init__(self.description)


#% endif
def messages(error: ValidationError) -> dict[str, str]:
    """Say in one sentence what is wrong with each field."""
    return {
        str((*fault["loc"], "body")[0]): MESSAGES.get(fault["type"], fault["msg"])
        for fault in error.errors()
    }


def in_api() -> bool:
    """Tell whether the request is for the API."""
    return f"{request.path}/".startswith("/api/")


def show_error(error: HTTPException) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    response = error.get_response()  # with the headers that belong to the error
    status = response.status_code
    detail = DETAILS.get(status, error.description or "")
    if in_api():
        problem = Problem(title=error.name, status=status, detail=detail)
        if isinstance(error, Invalid):
            faults = error.messages.items()
            problem.errors = [{"field": f, "message": m} for f, m in faults]
        response.data = problem.model_dump_json(exclude_none=True)
        response.content_type = PROBLEM
    elif not isinstance(error, SecurityError):  # a page needs a host to link to
        if status == 500:
            g.user = None  # asking the database could be what failed
        response.data = render_template(
            "error.html", title=error.name, status=status, detail=detail
        )
    return response


def init_app(app: Flask) -> None:
    """Show all errors alike; unexpected ones come as 500."""
    app.register_error_handler(HTTPException, show_error)
