#% set package = cookiecutter.__package
"""Accounts: the pages to sign in, up and out, and tokens for the API."""

import logging
import re
from typing import Any

import pyramid.httpexceptions as exc
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import BaseModel, ValidationError
from pyramid.request import Request
from pyramid.security import remember
from pyramid.view import view_config

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount, Token
from {= package =}.values import error_messages

ATTEMPTS_BY_NAME = parse("10 per 5 minutes")
FAILURES_BY_ADDRESS = parse("50 per 5 minutes")
# A path on this site: browsers take //host and /\\host for another one.
LOCAL_PATH = re.compile(r"/(?![/\\])[!-~]*")
MISTAKE = "The user name or password is wrong."

limiter = FixedWindowRateLimiter(MemoryStorage())  # counts for this process alone
log = logging.getLogger(__name__)


class Credentials(BaseModel):
    """A user name and a password."""

    username: str
    password: str


@view_config(route_name="login", request_method="GET", renderer="accounts/login.html")
def show_login(request: Request) -> dict[str, Any]:
    return {"values": request.GET, "errors": {}}


@view_config(route_name="login", request_method="POST", renderer="accounts/login.html")
def log_in(request: Request) -> exc.HTTPSeeOther | dict[str, Any]:
    form = request.form
    user = sign_in(request, form.get("username", ""), form.get("password", ""))
    if user is None:
        request.response.status_code = 422
        return {"values": form, "errors": {}, "mistake": MISTAKE}
    target = form.get("next", "")
    location = target if LOCAL_PATH.fullmatch(target) else "/"
    return start_session(request, user, "Signed in.", location)


@view_config(
    route_name="api.token",
    request_method="POST",
    http_cache=0,
    form=Credentials,
    returns=Token,
)
def create_access_token(request: Request) -> Token:
    """Exchange a user name and a password for a token."""
    given: Credentials = request.validated["form"]
    user = sign_in(request, given.username, given.password)
    if user is None:
        raise exc.HTTPUnauthorized(MISTAKE)
    token = service.create_token(user, request.registry.settings["secret_key"])
    return Token(access_token=token, expires_in=service.TOKEN_LIFETIME)


@view_config(
    route_name="signup", request_method=("GET", "POST"), renderer="accounts/signup.html"
)
def sign_up(request: Request) -> exc.HTTPSeeOther | dict[str, Any]:
    if not request.registry.settings["allow_signup"]:
        raise exc.HTTPNotFound
    session, errors = request.dbsession, {}
    if request.method == "POST":
        throttle(limiter.hit(FAILURES_BY_ADDRESS, find_address(request)))
        try:
            new = NewAccount.model_validate(request.form)
        except ValidationError as error:
            errors = error_messages(error)
        else:
            if not service.find_user(session, new.username):
                user = service.create_user(session, new.username, new.password)
                return start_session(request, user, f"Welcome, {user.username}.", "/")
            errors = {"username": "This name is taken."}
        request.response.status_code = 422
    return {"values": request.form, "errors": errors}


@view_config(route_name="logout", request_method="POST")
def log_out(request: Request) -> exc.HTTPSeeOther:
    """Sign out, which ends all sessions and tokens of the account."""
    if request.identity:
        service.end_sessions(request.identity)
    request.session.invalidate()
    request.session.flash("Signed out.")
    return exc.HTTPSeeOther("/")


def sign_in(request: Request, username: str, password: str) -> User | None:
    """Return the account if the password is right; log if it is not."""
    username, address = username.strip()[:150], find_address(request)
    throttle(limiter.test(FAILURES_BY_ADDRESS, address))
    throttle(limiter.hit(ATTEMPTS_BY_NAME, username))
    user = service.authenticate(request.dbsession, username, password)
    if user:
        limiter.clear(ATTEMPTS_BY_NAME, username)
    else:
        limiter.hit(FAILURES_BY_ADDRESS, address)
        log.warning("Sign-in failed for %r from %s", username, address)
    return user


def throttle(is_allowed: bool) -> None:
    if not is_allowed:
        headers = {"Retry-After": str(ATTEMPTS_BY_NAME.get_expiry())}
        detail = "Too many attempts. Try again in a few minutes."
        raise exc.HTTPTooManyRequests(detail, headers=headers)


def find_address(request: Request) -> str:
    """Return where a request came from; in production, the proxy in front tells."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    is_behind_proxy = forwarded and not request.registry.settings["debug"]
    return str(forwarded if is_behind_proxy else request.remote_addr)


def start_session(
    request: Request, user: User, greeting: str, location: str
) -> exc.HTTPSeeOther:
    request.session.invalidate()  # one that somebody planted must not become ours
    headers = remember(request, service.make_ticket(user))
    request.session.flash(greeting)
    return exc.HTTPSeeOther(location, headers=headers)
