#% set package = cookiecutter.__package
import re

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import ValidationError

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
from {= package =}.dependencies import CurrentUserDep, SessionDep
from {= package =}.pages import FormDep, redirect, render
from {= package =}.values import error_messages

# Printable ASCII without // and \, which browsers take for the start of a host.
LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")

router = APIRouter()


@router.get("/login")
def show_login(request: Request, next: str = "/") -> Response:
    return render(request, "accounts/login.html", values={"next": next})


@router.post("/login")
def login(request: Request, session: SessionDep, form: FormDep) -> Response:
    username, password = form.get("username", ""), form.get("password", "")
    user = service.authenticate(request, session, username, password)
    if user is None:
        error = "The user name or password is wrong."
        return render(request, "accounts/login.html", 422, values=form, error=error)
    target = form.get("next", "")
    target = target if LOCAL_PATH.fullmatch(target) else "/"
    start_session(request, user)
    return redirect(request, target, "Signed in.")


@router.post("/logout")
def logout(request: Request, session: SessionDep, user: CurrentUserDep) -> Response:
    if user:
        service.end_sessions(session, user)
    request.session.clear()
    return redirect(request, "/", "Signed out.")


def check_signup(request: Request) -> None:
    if not request.app.state.settings.allow_signup:
        raise HTTPException(404)


@router.get("/signup", dependencies=[Depends(check_signup)])
def show_signup(request: Request) -> Response:
    return render(request, "accounts/signup.html")


@router.post("/signup", dependencies=[Depends(check_signup)])
def signup(request: Request, session: SessionDep, form: FormDep) -> Response:
    address = service.client_address(request)
    service.check_attempts(request, service.PER_ADDRESS, address)
    request.app.state.limiter.hit(service.PER_ADDRESS, address)
    errors = {"username": "This name is taken."}
    try:
        user = service.create_user(session, NewAccount.model_validate(form))
    except ValidationError as error:
        user, errors = None, error_messages(error)
    if user is None:
        return render(request, "accounts/signup.html", 422, values=form, errors=errors)
    start_session(request, user)
    return redirect(request, "/", f"Welcome, {user.username}.")


def start_session(request: Request, user: User) -> None:
    request.session.clear()  # a session that someone else planted ends here
    request.session["account"] = [user.id, user.session_number]
