#% set package = cookiecutter.__package
"""Accounts: passwords, and what sessions and tokens say about who sends a request."""

from threading import BoundedSemaphore

from itsdangerous import BadData, URLSafeTimedSerializer
from pwdlib import PasswordHash
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount, Token
from {= package =}.settings import Settings

TOKEN_LIFETIME = 3600  # seconds

password_hash = PasswordHash.recommended()
# A hash takes 64 MiB of memory while it is made.
hashing = BoundedSemaphore(4)


def find_user(session: Session, username: str) -> User | None:
    return session.scalar(select(User).where(User.username == username.strip()))


def create_user(session: Session, data: NewAccount) -> User | None:
    """Make an account, unless its name is taken."""
    user = User(username=data.username, password_hash=_hash(data.password))
    session.add(user)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        return None
    return user


def check_password(session: Session, username: str, password: str) -> User | None:
    """Return the account if the password is right."""
    user = find_user(session, username)
    if user is None:
        _hash(password)  # as much work, so that time tells nothing
        return None
    with hashing:
        right = password_hash.verify(password, user.password_hash)
    return user if right else None


def change_password(session: Session, user: User, password: str) -> None:
    """Give an account another password, and end its sessions and tokens."""
    user.password_hash = _hash(password)
    end_sessions(session, user)


def end_sessions(session: Session, user: User) -> None:
    """Sign an account out everywhere."""
    user.session_number += 1
    session.add(user)
    session.commit()


def read_account(session: Session, account: tuple[int, int]) -> User | None:
    """Return the account that a session or a token names, if it was not ended since."""
    user_id, session_number = account
    user = session.get(User, user_id)
    return user if user and user.session_number == session_number else None


def create_token(settings: Settings, user: User) -> Token:
    """Make a token that is worth as much as a session."""
    token = _serializer(settings).dumps([user.id, user.session_number])
    return Token(access_token=token, expires_in=TOKEN_LIFETIME)


def read_token(session: Session, settings: Settings, token: str) -> User | None:
    """Return the account that a token is for, if it is valid."""
    try:
        account = _serializer(settings).loads(token, max_age=TOKEN_LIFETIME)
    except BadData:
        return None
    return read_account(session, account)


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key.get_secret_value(), salt="token")


def _hash(password: str) -> str:
    with hashing:
        return password_hash.hash(password)
