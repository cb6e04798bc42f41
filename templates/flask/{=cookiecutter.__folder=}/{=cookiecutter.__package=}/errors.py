#% set package = cookiecutter.__package
"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

from flask import current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from werkzeug import Response
from werkzeug.exceptions import HTTPException, SecurityError, UnprocessableEntity

from {= package =}.database import get_session

PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class Invalid(UnprocessableEntity):
    """422, with what is wrong with each value."""

    description = "Some values are not valid."

    def __init__(self, errors: dict[str, str], description: str | None = None) -> None:
        super().__init__(description)
        self.errors = errors


class Taken(Invalid):
    """409, for a value that only one may have."""

    code = 409

    def __init__(self, field: str, message: str) -> None:
        super().__init__({field: message}, message)


def show_error(error: HTTPException) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    if isinstance(error, CSRFError):
        error.code = 403
        error.description = "The form has expired. Go back, reload and try again."
    elif isinstance(getattr(error, "original_exception", None), DBAPIError):
        current_app.logger.error("Are tables missing? Run: alembic upgrade head")
    response = error.get_response()  # it has the headers that belong to the error
    status, detail = response.status_code, error.description or ""
    if request.path.startswith("/api/"):
        problem = Problem(title=error.name, status=status, detail=detail)
        if isinstance(error, Invalid) and status == 422:
            faults = error.errors.items()
            problem.errors = [{"field": name, "message": text} for name, text in faults]
        response.data = problem.model_dump_json(exclude_none=True)
        response.content_type = PROBLEM
    elif not isinstance(error, SecurityError):  # a page needs a host to link to
        get_session().rollback()  # of a change that failed, before the page asks again
        if status == 500:  # the database may be what failed
            g.pop("user", None)
        response.data = render_template("error.html", error=error, status=status)
    return response
