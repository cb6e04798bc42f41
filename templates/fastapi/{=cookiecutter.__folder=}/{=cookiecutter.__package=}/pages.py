"""What pages share: rendering, one-time messages, and forms guarded against forgery."""

import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, Response
from fastapi.templating import Jinja2Templates
from pydantic import ValidationError
from pydantic_core import ErrorDetails

MESSAGES = {
    "missing": "This field is required.",
    "string_pattern_mismatch": "This is not a valid value.",
}


def csrf_token(request: Request) -> str:
    """Return the secret that the forms of a session carry."""
    token: str = request.session.setdefault("csrf_token", secrets.token_urlsafe())
    return token


def page_context(request: Request) -> dict[str, Any]:
    """Return what every page shows."""
    return {
        "user": getattr(request.state, "user", None),
        "messages": request.session.pop("messages", []),
        "csrf_token": partial(csrf_token, request),
    }


templates = Jinja2Templates(
    Path(__file__).parent / "templates", context_processors=[page_context]
)


def render(
    request: Request,
    name: str,
    context: dict[str, Any] | None = None,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a page; one made for an account is not for caches."""
    response = templates.TemplateResponse(request, name, context, status_code, headers)
    if response.context["user"]:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def add_message(request: Request, text: str) -> None:
    """Show a message on the next page, once."""
    request.session["messages"] = [*request.session.get("messages", []), text]


async def read_form(request: Request) -> dict[str, str] | None:
    """Return what a form holds, or None before it is sent; 403 if it is not ours."""
    if request.method == "GET":
        return None
    data = await request.form()
    form = {name: value for name, value in data.items() if isinstance(value, str)}
    origin = urlsplit(request.headers.get("origin", str(request.url))).netloc
    token = form.pop("csrf_token", "")
    same = secrets.compare_digest(token.encode(), csrf_token(request).encode())
    if not same or origin != request.url.netloc:
        raise HTTPException(status_code=403, detail="Reload the form and try again.")
    return form


FormDep = Annotated[dict[str, str] | None, Depends(read_form)]


def error_message(fault: ErrorDetails) -> str:
    """Say what is wrong with a value."""
    return MESSAGES.get(fault["type"], fault["msg"])


def form_errors(error: ValidationError) -> dict[str, str]:
    """Return what is wrong with each field."""
    return {str(fault["loc"][0]): error_message(fault) for fault in error.errors()}
