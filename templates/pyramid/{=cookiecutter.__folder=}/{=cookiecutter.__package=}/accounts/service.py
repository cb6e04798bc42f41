#% set package = cookiecutter.__package
"""Accounts: make them, check passwords, and what sessions and tokens hold."""

from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User

TOKEN_LIFETIME = 3600  # seconds

hasher = PasswordHasher()
NOBODYS_HASH = hasher.hash("")


def find_user(session: Session, username: str) -> User | None:
#% for _ in cookiecutter.__postgres | select
    if "\0" in username:
        return None  # PostgreSQL keeps no such text, and does not look for it
#% endfor
    return session.scalar(select(User).where(User.username == username))


def create_user(session: Session, username: str, password: str) -> User:
    user = User(username=username, password_hash=hasher.hash(password))
    session.add(user)
    session.flush()
    return user


def change_password(user: User, password: str) -> None:
    user.password_hash = hasher.hash(password)
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Sign the account out everywhere, and end its tokens."""
    user.session_number += 1


def authenticate(session: Session, username: str, password: str) -> User | None:
    """Return the account if the password is right, always after the same work."""
    user = find_user(session, username)
    try:
        hasher.verify(user.password_hash if user else NOBODYS_HASH, password)
    except VerifyMismatchError:
        return None
    return user


def make_ticket(user: User) -> list[int]:
    """Return what a session or a token holds."""
    return [user.id, user.session_number]


def create_token(user: User, secret_key: SecretStr) -> str:
    return _tokens(secret_key).dumps(make_ticket(user))


def read_token(token: str, secret_key: SecretStr) -> Any:
    """Return the ticket in a token, or None when the token is not valid any more."""
    try:
        return _tokens(secret_key).loads(token, max_age=TOKEN_LIFETIME)
    except BadData:
        return None


def _tokens(secret_key: SecretStr) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key.get_secret_value(), salt="access-token")
