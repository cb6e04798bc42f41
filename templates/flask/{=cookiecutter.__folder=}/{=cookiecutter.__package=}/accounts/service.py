#% set package = cookiecutter.__package
"""Accounts: make and change them, and tell who sends a request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.security import check_password_hash, generate_password_hash

from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
from {= package =}.database import commit, get_session
from {= package =}.errors import Taken
from {= package =}.security import PER_ADDRESS, PER_NAME, limiter, throttle

TOKEN_LIFETIME = 3600  # seconds
BEARER = WWWAuthenticate("bearer")

View = Callable[..., ResponseReturnValue]


def find_user(username: str) -> User | None:
#% for _ in cookiecutter.__postgres | select
    if "\0" in username:
        return None  # PostgreSQL keeps no such text, and does not look for it
#% endfor
    return get_session().scalar(select(User).where(User.username == username.strip()))


def create_user(account: NewAccount) -> User:
    if find_user(account.username):
        raise Taken("username", "This name is taken.")
    password_hash = generate_password_hash(account.password)
    user = User(username=account.username, password_hash=password_hash)
    get_session().add(user)
    commit()
    return user


def change_password(user: User, password: str) -> None:
    user.password_hash = generate_password_hash(password)
    end_sessions(user)


def end_sessions(user: User) -> None:
    """End all sessions and tokens of an account, wherever they are."""
    user.session_number = User.session_number + 1
    commit()


def authenticate(username: str, password: str) -> User | None:
    """Return the account if the password is right; answer 429 to who tries too often."""
    name, address = username.strip()[:150], str(request.remote_addr)
    throttle(PER_ADDRESS, address, count=False)
    throttle(PER_NAME, name)
    user = find_user(username)
    if user is None:
        generate_password_hash(password)  # the same work, so that time tells nothing
    elif check_password_hash(user.password_hash, password):
        limiter.clear(PER_NAME, name)
        return user
    limiter.hit(PER_ADDRESS, address)
    current_app.logger.warning("Sign-in failed for %r from %s", name, address)
    return None


def load_user() -> None:
    """Look up who is signed in, for the views and pages of this request."""
    if request.endpoint != "home.check_health":  # which works without a database
        g.user = get_user(session.get("user"))


def sign_in(user: User) -> None:
    """Start a session that holds nothing of the one before."""
    session.clear()
    session["user"] = [user.id, user.session_number]


def sign_out() -> None:
    """Sign out everywhere, so that a copied cookie is of no use."""
    if g.user:
        end_sessions(g.user)
    session.clear()


def create_token(user: User) -> str:
    return str(_serializer().dumps([user.id, user.session_number]))


def read_token(token: str) -> User | None:
    try:
        return get_user(_serializer().loads(token, max_age=TOKEN_LIFETIME))
    except BadData:
        return None


def get_user(identity: list[int] | None) -> User | None:
    """Return the account of a session or token, unless that was ended."""
    user_id, session_number = identity or (None, None)
    user = get_session().get(User, user_id) if user_id else None
    return user if user and user.session_number == session_number else None


def login_required(view: View) -> View:
    """Lead those who are not signed in to the login page."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if g.user is None:
            wanted = request.full_path.removesuffix("?")
            return redirect(url_for("accounts.login", next=wanted))
        return view(*args, **kwargs)

    return guarded


def token_required(view: View) -> View:
    """Answer 401 unless the request has the token of an account."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        sent = request.authorization
        g.user = read_token(sent.token or "") if sent else None
        if g.user is None:
            abort(401, "A valid token is needed.", www_authenticate=BEARER)
        return view(*args, **kwargs)

    vars(guarded)["needs_token"] = True  # for the OpenAPI document
    return guarded


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="access-token")
