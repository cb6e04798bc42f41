#% set resource = cookiecutter._resource
#% set package = cookiecutter.__package
"""Errors: problem details (RFC 9457) under /api, pages everywhere else."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from {= package =}.pages import error_message, render

MEDIA_TYPE = "application/problem+json"
DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is larger than 1 MiB.",
    422: "Some values are not valid.",
    500: "Something went wrong here.",
}


class LoginRequiredError(Exception):
    """The page is for those signed in."""


#% if resource.unique_fields
class ConflictError(Exception):
    """Another entry has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


#% endif
class Problem(BaseModel):
    """What every error of the API says; `errors` comes with 422."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the errors of an operation, for its OpenAPI responses."""
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    responses: dict[int | str, dict[str, Any]] = {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }
    return {**responses, "default": {"description": "Other", "content": content}}


def error_response(
    request: Request,
    status: int,
    detail: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with problem details or a page, whichever belongs to the address."""
    title, detail = HTTPStatus(status).phrase, DETAILS.get(status, detail)
    problem = Problem(title=title, status=status, detail=detail, errors=errors)
    if not _is_api(request):
        return render(request, "error.html", problem.model_dump(), status, headers)
    content = problem.model_dump_json(exclude_none=True)
    return Response(content, status, headers, MEDIA_TYPE)


async def http_error(request: Request, exc: HTTPException) -> Response:
    """Answer with the error that a route or the framework raised."""
    headers = dict(exc.headers or {})
    if exc.status_code == 405 and (methods := _allowed_methods(request)):
        headers["Allow"] = methods
    return error_response(request, exc.status_code, exc.detail, headers=headers)


async def validation_error(request: Request, exc: RequestValidationError) -> Response:
    """Answer 422, or 404 where the address itself stands for nothing."""
    faults = exc.errors()
    if not _is_api(request) or any(fault["loc"][0] == "path" for fault in faults):
        return error_response(request, 404)
    errors = [
        {"field": str(fault["loc"][:2][-1]), "message": error_message(fault)}
        for fault in faults
    ]
    return error_response(request, 422, errors=errors)


#% if resource.unique_fields
async def conflict(request: Request, exc: ConflictError) -> Response:
    """Answer 409, and name the field."""
    return error_response(request, 409, f"The value of {exc.field} is taken.")


#% endif
async def login_required(request: Request, exc: LoginRequiredError) -> Response:
    """Lead to the login page, and from there back."""
    query = urlencode({"next": request.url.path})
    return RedirectResponse(f"/login?{query}", status_code=303)


async def server_error(request: Request, exc: Exception) -> Response:
    """Answer 500, and leave the cause to the log."""
    return error_response(request, 500)


def _is_api(request: Request) -> bool:
    return f"{request.scope['path']}/".startswith("/api/")


def _allowed_methods(request: Request) -> str:
    # Of all routes of the path; the exception knows those of the first alone.
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    scopes = [
        {"type": "http", "path": request.scope["path"], "method": method}
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    ]
    return ", ".join(
        scope["method"]
        for scope in scopes
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    )
