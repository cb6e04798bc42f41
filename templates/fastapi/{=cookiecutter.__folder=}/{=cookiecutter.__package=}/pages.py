#% set package = cookiecutter.__package
"""What pages share: rendering, one-time messages, and forms guarded against forgery."""

import secrets
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from {= package =}.dependencies import current_user


def page_context(request: Request) -> dict[str, Any]:
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
    request: Request, name: str, status: int = 200, /, **context: Any
) -> Response:
    """Answer with a page; one made for a session is not for caches."""
    response = templates.TemplateResponse(request, name, context, status)
    if request.session:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def redirect(request: Request, url: str, message: str) -> Response:
    """Lead to another page, which shows a message once."""
    request.session["messages"] = [*request.session.get("messages", []), message]
    return RedirectResponse(url, status_code=303)


async def read_form(request: Request) -> dict[str, str]:
    """Return the texts that a form holds; files are left to `UploadFile`."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


FormDep = Annotated[dict[str, str], Depends(read_form)]


def csrf_token(request: Request) -> str:
    """Return the secret that the forms of a session carry."""
    token: str = request.session.setdefault("csrf_token", secrets.token_urlsafe())
    return token


async def check_csrf_token(request: Request, form: FormDep) -> None:
    """Refuse a form that no page of this session has sent."""
    if request.method != "GET":
        own, sent = csrf_token(request), form.get("csrf_token", "")
        if not secrets.compare_digest(own.encode(), sent.encode()):
            detail = "The form has expired. Go back, reload and try again."
            raise HTTPException(403, detail)
