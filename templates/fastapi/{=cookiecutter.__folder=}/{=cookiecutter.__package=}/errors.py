#% set package = cookiecutter.__package
"""Errors: {= cookiecutter.__texts.errors =}."""

import logging
from http.client import responses
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from {= package =}.base import Base
from {= package =}.middleware import secure_responses
#% for _ in cookiecutter.__pages | select
from {= package =}.pages import render
#% endfor
from {= package =}.values import error_message

logger = logging.getLogger(__name__)

NOT_FOUND = "There is nothing at this address."
{! for _ in cookiecutter.__api | select !}
MEDIA_TYPE = "application/problem+json"
SCHEMA = {"schema": {"$ref": "#/components/schemas/Problem"}}


class Problem(BaseModel):
    """What every error of the API says; `errors` comes with 422."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
{! endfor !}


#% for _ in cookiecutter.__pages | select
# Starlette runs plain functions in a thread, so pages of errors may ask the database.
#% endfor
def http_error(request: Request, exc: HTTPException) -> Response:
#% for _ in cookiecutter.__logins | select
    if exc.status_code < 400:  # a redirect
        return Response(status_code=exc.status_code, headers=exc.headers)
#% endfor
    detail = NOT_FOUND if exc.detail == "Not Found" else str(exc.detail)
#% if cookiecutter._related
    faults = getattr(exc, "errors", {}) if exc.status_code == 422 else {}
    errors = [{"field": name, "message": said} for name, said in faults.items()]
    response = error_response(request, exc.status_code, detail, errors=errors or None)
#% else
    response = error_response(request, exc.status_code, detail)
#% endif
    response.headers.update(exc.headers or {})
    return response


def validation_error(request: Request, exc: RequestValidationError) -> Response:
    """Answer 422 with each fault{! for _ in cookiecutter.__pages | select !}; a page whose address makes no sense is 404{! endfor !}."""
    faults = exc.errors()
#% for _ in cookiecutter.__pages | select
    if {! for _ in cookiecutter.__api | select !}not is_api(request) and {! endfor !}all(fault["loc"][0] != "body" for fault in faults):
        return error_response(request, 404, NOT_FOUND)
#% endfor
    errors = []
    for fault in faults:  # in a place such as ("body", "title"), or ("body", 17)
        names = [name for name in fault["loc"] if isinstance(name, str)]
        errors.append({"field": names[:2][-1], "message": error_message(fault)})
    return error_response(request, 422, "Some values are not valid.", errors=errors)


def database_error(request: Request, exc: Exception) -> Response:
    """Answer 404 or 409 if another request was faster, 503 without a database."""
    if isinstance(exc, StaleDataError):
        return error_response(request, 404, NOT_FOUND)
    if isinstance(exc, IntegrityError):
        return error_response(request, 409, "Another request was faster.")
    logger.error("%s %r: %s", request.method, request.url.path, describe(exc))
    return error_response(request, 503, "The database does not answer.")


def server_error(request: Request, exc: Exception) -> ASGIApp:
    """Answer 500; the server logs the traceback, and this the request."""
    logger.error("%s %r failed: %r", request.method, request.url.path, exc)
    response = error_response(request, 500, "Something went wrong here.")
    return secure_responses(response)  # as this alone runs outside of our middleware


HANDLERS: dict[Any, Any] = {
    HTTPException: http_error,
    RequestValidationError: validation_error,
    StaleDataError: database_error,
    DBAPIError: database_error,
    Exception: server_error,
}


def error_response(request: Request, status: int, detail: str, **more: Any) -> Response:
    """Answer with {= cookiecutter.__texts.answer =}."""
    title = responses.get(status, "Error")
    said: dict[str, Any] = {"title": title, "status": status, "detail": detail, **more}
#% for _ in cookiecutter.__full | select
    if not is_api(request):
#% endfor
#% for _ in cookiecutter.__pages | select
    {= cookiecutter.__texts.deeper =}return render(request, "error.html", status, problem=said)
#% endfor
#% for _ in cookiecutter.__api | select
    content = Problem(**said).model_dump_json(exclude_none=True)
    return Response(content, status, media_type=MEDIA_TYPE)
{! endfor !}


{! for _ in cookiecutter.__full | select !}
def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


{! endfor !}
def check_database(engine: Engine) -> bool:
    """Tell whether the database answers and has its tables; if not, log it."""
    try:
        with engine.connect() as connection:
            connection.execute(select(Base.metadata.sorted_tables[0]).limit(1))
    except DBAPIError as error:
        logger.error(describe(error))
        return False
    return True


def describe(error: Exception) -> str:
    """Say in one line what the database said, and what may help."""
    reason = str(error).partition("\n")[0]
    return f"{reason} Are tables missing? Run: alembic upgrade head"
