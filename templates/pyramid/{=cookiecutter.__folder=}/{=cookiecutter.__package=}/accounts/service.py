"""Accounts: make them, check passwords, issue and read tokens."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from {= cookiecutter.__package =}.accounts.models import User

TOKEN_LIFETIME = 3600  # seconds

hasher = PasswordHasher()


def get_user(session: Session, username: str) -> User | None:
    """Return the account of that name."""
    return session.scalar(select(User).where(User.username == username))


def create_user(session: Session, username: str, password: str) -> User:
    """Make an account."""
    user = User(username=username, password_hash=hasher.hash(password))
    session.add(user)
    session.flush()
    return user


def authenticate(session: Session, username: str, password: str) -> User | None:
    """Return the account if the password is right."""
    user = get_user(session, username)
    if user is None:
        hasher.hash(password)  # the same work, so that time tells nothing
        return None
    try:
        hasher.verify(user.password_hash, password)
    except VerifyMismatchError:
        return None
    return user


def create_token(user: User, secret_key: str) -> str:
    """Return a signed token for the account."""
    return _serializer(secret_key).dumps(user.id)


def get_token_user(session: Session, token: str, secret_key: str) -> User | None:
    """Return the account that a token is for, while both are valid."""
    try:
        user_id: int = _serializer(secret_key).loads(token, max_age=TOKEN_LIFETIME)
    except BadData:
        return None
    return session.get(User, user_id)


def _serializer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="access-token")
