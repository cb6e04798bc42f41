"""Who sends the request: on pages by a session, in the API by a token."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.security import check_password_hash, generate_password_hash

from ..database import get_session
from .models import User

TOKEN_LIFETIME = 3600  # seconds

View = Callable[..., ResponseReturnValue]


def create_user(username: str, password: str) -> None:
    """Make an account."""
    user = User(username=username, password_hash=generate_password_hash(password))
    get_session().add(user)
    get_session().commit()


def authenticate(username: str, password: str) -> User | None:
    """Return the account if the password is right."""
    user = get_session().scalar(select(User).where(User.username == username))
    if user is None:
        generate_password_hash(password)  # the same work, so that time tells nothing
        return None
    return user if check_password_hash(user.password_hash, password) else None


def load_user(user_id: int | None) -> User | None:
    """Return an account, and let pages show who is signed in."""
    g.user = get_session().get(User, user_id) if user_id else None
    user: User | None = g.user
    return user


def current_user() -> User | None:
    """Return the account that is signed in on this page."""
    return g.user if "user" in g else load_user(session.get("user_id"))


def login_required(view: View) -> View:
    """Lead those who are not signed in to the login page."""

    @wraps(view)
    def guarded(**arguments: Any) -> ResponseReturnValue:
        if current_user() is None:
            return redirect(url_for("accounts.login", next=request.path))
        return view(**arguments)

    return guarded


def create_token(user: User) -> str:
    """Return a signed token for the account."""
    return _serializer().dumps(user.id)


def require_token() -> None:
    """Answer 401 unless the request has the token of an account."""
    authorization = request.authorization
    bearer = authorization and authorization.type == "bearer" and authorization.token
    try:
        user_id = _serializer().loads(bearer or "", max_age=TOKEN_LIFETIME)
    except BadData:
        user_id = None
    if load_user(user_id) is None:
        refuse("A valid token is needed.")


def refuse(detail: str) -> NoReturn:
    """Answer 401."""
    abort(401, detail, www_authenticate=WWWAuthenticate("bearer"))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="access-token")
