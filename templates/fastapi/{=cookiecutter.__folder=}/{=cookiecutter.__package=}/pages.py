#% set package = cookiecutter.__package
"""What pages share: rendering, one-time messages, and forms guarded against forgery."""

import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Response
from fastapi.templating import Jinja2Templates

from {= package =}.dependencies import current_user


def csrf_token(request: Request) -> str:
    """Return the secret that the forms of a session carry."""
    token: str = request.session.setdefault("csrf_token", secrets.token_urlsafe())
    return token


def page_context(request: Request) -> dict[str, Any]:
    """Return what every page shows."""
    return {
        "user": current_user(request),
        "messages": request.session.pop("messages", []),
        "csrf_token": partial(csrf_token, request),
        "allow_signup": request.app.state.settings.allow_signup,
    }


templates = Jinja2Templates(
    Path(__file__).parent / "templates", context_processors=[page_context]
)
templates.env.globals |= {"values": {}, "errors": {}}  # of a form not sent yet


def render(
    request: Request,
    name: str,
    context: dict[str, Any] | None = None,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a page; one made for a session is not for caches."""
    response = templates.TemplateResponse(request, name, context, status_code, headers)
    if request.session:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def add_message(request: Request, text: str) -> None:
    """Show a message on the next page, once."""
    request.session["messages"] = [*request.session.get("messages", []), text]


async def read_form(request: Request) -> dict[str, str]:
    """Return the texts that a form holds."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


FormDep = Annotated[dict[str, str], Depends(read_form)]


async def check_csrf_token(request: Request) -> None:
    """Refuse what changes something and was not sent from a page of this session."""
    if request.method == "GET":
        return
    token = (await read_form(request)).get("csrf_token", "")
    if not secrets.compare_digest(token.encode(), csrf_token(request).encode()):
        detail = "The form has expired. Go back, reload and try again."
        raise HTTPException(403, detail)
