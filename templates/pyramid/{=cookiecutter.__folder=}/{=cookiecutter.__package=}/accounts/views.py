#% set package = cookiecutter.__package
"""The pages of accounts: sign in, up and out."""

import re
from typing import Any

from pydantic import ValidationError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.security import forget, remember
from pyramid.view import view_config, view_defaults

from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
from {= package =}.accounts.service import create_user, end_sessions, find_user, make_ticket
from {= package =}.forms import form_errors
from {= package =}.security import check_attempts, count_failure, sign_in

# A path on this site: browsers take //host and /\\host for another one.
LOCAL_PATH = re.compile(r"/(?![/\\])[!-~]*")


@view_config(route_name="login", request_method="GET", renderer="accounts/login.html")
def show_login(request: Request) -> dict[str, Any]:
    return {"values": request.GET, "errors": {}}


@view_config(route_name="login", request_method="POST", renderer="accounts/login.html")
def log_in(request: Request) -> HTTPSeeOther | dict[str, Any]:
    form = request.form
    user = sign_in(request, form.get("username", ""), form.pop("password", ""))
    if user is None:
        request.response.status_code = 422
        return {"values": form, "errors": {}, "is_wrong": True}
    target = form.get("next", "")
    location = target if LOCAL_PATH.fullmatch(target) else "/"
    return start_session(request, user, "Signed in.", location)


@view_defaults(route_name="signup", renderer="accounts/signup.html")
class SignupPage:
    def __init__(self, request: Request) -> None:
        if not request.registry.settings["allow_signup"]:
            raise HTTPNotFound
        self.request = request

    @view_config(request_method="GET")
    def show_signup(self) -> dict[str, Any]:
        return {"values": {}, "errors": {}}

    @view_config(request_method="POST")
    def sign_up(self) -> HTTPSeeOther | dict[str, Any]:
        check_attempts(self.request)
        form, session, errors = self.request.form, self.request.dbsession, {}
        try:
            account = NewAccount.model_validate(form)
            if find_user(session, account.username):
                errors = {"username": "This name is taken."}
        except ValidationError as error:
            errors = form_errors(error)
        if errors:
            self.request.response.status_code = 422
            return {"values": {"username": form.get("username", "")}, "errors": errors}
        count_failure(self.request)  # nobody needs many accounts
        user = create_user(session, account.username, account.password)
        return start_session(self.request, user, f"Welcome, {user.username}.", "/")


@view_config(route_name="logout", request_method="POST")
def log_out(request: Request) -> HTTPSeeOther:
    """Sign out, which ends all sessions and tokens of the account."""
    if request.identity:
        end_sessions(request.identity)
    request.session.invalidate()
    request.session.flash("Signed out.")
    return HTTPSeeOther("/", headers=forget(request))


def start_session(
    request: Request, user: User, greeting: str, location: str
) -> HTTPSeeOther:
    request.session.invalidate()  # one that somebody planted must not become ours
    headers = remember(request, make_ticket(user))
    request.session.flash(greeting)
    return HTTPSeeOther(location, headers=headers)
