#% set package = cookiecutter.__package
"""The pages of accounts: sign in, out and up."""

import re

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
from {= package =}.accounts.throttle import (
    PER_ADDRESS,
    authenticate,
    client_address,
    count_attempt,
)
from {= package =}.dependencies import CurrentUserDep, SessionDep, SettingsDep
from {= package =}.forms import form_errors
from {= package =}.pages import FormDep, add_message, render

# Printable ASCII without // and \, which browsers take for the start of a host.
LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")

router = APIRouter()


def check_signup(settings: SettingsDep) -> None:
    """Answer 404 where visitors do not make accounts."""
    if not settings.allow_signup:
        raise HTTPException(404)


@router.get("/login")
def show_login(request: Request, next: str = "/") -> Response:
    return render(request, "accounts/login.html", {"next": next})


@router.post("/login")
def login(request: Request, session: SessionDep, form: FormDep) -> Response:
    """Sign in, and go on to where the person was going."""
    username, target = form.get("username", ""), form.get("next", "")
    user = authenticate(request, session, username, form.get("password", ""))
    if user is None:
        context = {
            "error": "The user name or password is wrong.",
            "next": target,
            "values": {"username": username},
        }
        return render(request, "accounts/login.html", context, 422)
    start_session(request, user, "Signed in.")
    target = target if LOCAL_PATH.fullmatch(target) else "/"
    return RedirectResponse(target, status_code=303)


@router.post("/logout")
def logout(request: Request, session: SessionDep, user: CurrentUserDep) -> Response:
    """Sign out, everywhere."""
    if user:
        service.end_sessions(session, user)
    request.session.clear()
    add_message(request, "Signed out.")
    return RedirectResponse("/", status_code=303)


@router.get("/signup", dependencies=[Depends(check_signup)])
def show_signup(request: Request) -> Response:
    return render(request, "accounts/signup.html")


@router.post("/signup", dependencies=[Depends(check_signup)])
def signup(request: Request, session: SessionDep, form: FormDep) -> Response:
    """Make an account, and sign in."""
    count_attempt(request, PER_ADDRESS, client_address(request))
    errors = {"username": "This name is taken."}
    try:
        user = service.create_user(session, NewAccount.model_validate(form))
    except ValidationError as error:
        user, errors = None, form_errors(error)
    if user is None:
        context = {"values": {"username": form.get("username", "")}, "errors": errors}
        return render(request, "accounts/signup.html", context, 422)
    start_session(request, user, f"Welcome, {user.username}.")
    return RedirectResponse("/", status_code=303)


def start_session(request: Request, user: User, message: str) -> None:
    """Remember who is signed in."""
    request.session.clear()  # a session that someone else planted ends here
    request.session["account"] = [user.id, user.session_number]
    add_message(request, message)
