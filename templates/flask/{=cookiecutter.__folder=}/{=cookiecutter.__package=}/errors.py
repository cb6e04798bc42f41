#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set taken = cookiecutter.__accounts[0] or resources | selectattr("unique_fields") | list
"""Errors: {= cookiecutter.__texts.errors =}."""

from typing import TypeVar

from flask import current_app, g, render_template, request
#% for _ in cookiecutter.__pages | select
from flask_wtf.csrf import CSRFError
#% endfor
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DBAPIError
from werkzeug import Response, exceptions
from werkzeug.exceptions import HTTPException, SecurityError, UnprocessableEntity

from {= package =}.database import get_session
from {= package =}.values import error_messages

Model = TypeVar("Model", bound=BaseModel)

# What is said instead of Werkzeug's own texts; an author's own stay.
DESCRIPTIONS: dict[str | None, str] = {
    exceptions.NotFound.description: "There is nothing at this address.",
    exceptions.InternalServerError.description: "Something went wrong here.",
}
{! for _ in cookiecutter.__api | select !}

PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """What every error of the API says."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
{! endfor !}


class Invalid(UnprocessableEntity):
    """422, with what is wrong with each value."""

    description = "Some values are not valid."

    def __init__(self, errors: dict[str, str]{= ", description: str | None = None" if taken =}) -> None:
        super().__init__({= "description" if taken =})
        self.errors = errors


{! if taken !}
class Taken(Invalid):
    """409, for a value that only one may have."""

    code = 409

    def __init__(self, field: str, message: str = "This value is taken.") -> None:
        super().__init__({field: message}, f"The value of {field} is taken.")


{! endif !}
def read(model: type[Model], sent: {! for _ in cookiecutter.__api | select !}bytes | {! endfor !}dict[str, str]) -> Model:
    """Return {= cookiecutter.__texts.sent =}, or answer 422."""
    try:
#% for _ in cookiecutter.__api | select
        if isinstance(sent, bytes):
            return model.model_validate_json(sent)
#% endfor
        return model.model_validate(dict(sent))
    except ValidationError as error:
        raise Invalid(error_messages(error)) from None


def show_error(error: HTTPException) -> Response:
    """Answer with {= cookiecutter.__texts.answer =}."""
#% for _ in cookiecutter.__pages | select
    if isinstance(error, CSRFError):
        error.code = 403
        error.description = "The form has expired. Go back, reload and try again."
#% endfor
    error.description = DESCRIPTIONS.get(error.description, error.description)
    if isinstance(getattr(error, "original_exception", None), DBAPIError):
        current_app.logger.error("Are tables missing? Run: alembic upgrade head")
    response = error.get_response()  # it has the headers that belong to the error
#% for _ in cookiecutter.__full | select
    if request.path.startswith("/api/"):
        return show_problem(error, response)
#% endfor
#% for _ in cookiecutter.__pages | select
    if not isinstance(error, SecurityError):  # a page needs a host to link to
#% for _ in cookiecutter.__accounts | select
        get_session().rollback()  # of a change that failed, before the page asks again
        if error.code == 500:  # the database may be what failed
            g.pop("user", None)
#% endfor
        response.data = render_template("error.html", error=error)
    return response
#% else
    return show_problem(error, response)
#% endfor
{! for _ in cookiecutter.__api | select !}


def show_problem(error: HTTPException, response: Response) -> Response:
    status, detail = response.status_code, error.description or ""
    problem = Problem(title=error.name, status=status, detail=detail)
    if isinstance(error, Invalid) and status == 422:
        faults = error.errors.items()
        problem.errors = [{"field": name, "message": text} for name, text in faults]
    response.data = problem.model_dump_json(exclude_none=True)
    response.content_type = PROBLEM
    return response
#% endfor
