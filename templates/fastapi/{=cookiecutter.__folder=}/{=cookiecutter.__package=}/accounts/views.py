#% set package = cookiecutter.__package
"""The pages of accounts: sign in and out."""

import re

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from {= package =}.accounts.auth import authenticate, load_user
from {= package =}.database import SessionDep
from {= package =}.pages import FormDep, add_message, render

# Printable ASCII without // and \, which browsers take for the start of a host.
LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")

router = APIRouter(include_in_schema=False, dependencies=[Depends(load_user)])


@router.get("/login")
@router.post("/login")
def login(
    request: Request, session: SessionDep, form: FormDep, next: str = "/"
) -> Response:
    """Sign in, and go on to where the person was going."""
    sent = {"username": "", "password": "", "next": next} | (form or {})
    target = sent["next"] if LOCAL_PATH.fullmatch(sent["next"]) else "/"
    error = ""
    if form is not None:
        if user := authenticate(session, sent["username"], sent["password"]):
            request.session.clear()  # a session that someone else planted ends here
            request.session["user_id"] = user.id
            add_message(request, "Signed in.")
            return RedirectResponse(target, status_code=303)
        error = "The user name or password is wrong."
    values = {"username": sent["username"]}
    context = {"next": target, "values": values, "error": error, "errors": {}}
    return render(request, "login.html", context, 422 if error else 200)


@router.post("/logout")
def logout(request: Request, _form: FormDep) -> Response:
    """Sign out."""
    request.session.clear()
    add_message(request, "Signed out.")
    return RedirectResponse("/", status_code=303)
