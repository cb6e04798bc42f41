#% set package = cookiecutter.__package
"""Accounts: passwords, and what sessions and tokens say about who sends a request."""

import logging
import time
from threading import BoundedSemaphore

from fastapi import HTTPException, Request
from itsdangerous import BadData, URLSafeTimedSerializer
from limits import RateLimitItem, RateLimitItemPerMinute
from pwdlib import PasswordHash
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount, Token

TOKEN_LIFETIME = 3600  # seconds
PER_NAME = RateLimitItemPerMinute(10, 5, namespace="name")
PER_ADDRESS = RateLimitItemPerMinute(50, 5, namespace="address")

logger = logging.getLogger(__name__)
password_hash = PasswordHash.recommended()
# A hash takes 64 MiB of memory while it is made.
hashing = BoundedSemaphore(4)


def find_user(session: Session, username: str) -> User | None:
    return session.scalar(select(User).where(User.username == username.strip()))


def create_user(session: Session, data: NewAccount) -> User | None:
    """Make an account, unless its name is taken."""
    if find_user(session, data.username):
        return None
    with hashing:
        hashed = password_hash.hash(data.password)
    user = User(username=data.username, password_hash=hashed)
    session.add(user)
    session.commit()
    return user


def authenticate(
    request: Request, session: Session, username: str, password: str
) -> User | None:
    name, address = username.strip()[:150], client_address(request)
    limiter = request.app.state.limiter
    check_attempts(request, PER_ADDRESS, address)
    check_attempts(request, PER_NAME, name)
    limiter.hit(PER_NAME, name)
    user = find_user(session, name)
    with hashing:
        if user is None:
            password_hash.hash(password)  # as much work, so that time tells nothing
        elif password_hash.verify(password, user.password_hash):
            limiter.clear(PER_NAME, name)
            return user
    limiter.hit(PER_ADDRESS, address)
    logger.warning("Sign-in failed for %r from %s", name, address)
    return None


def check_attempts(request: Request, limit: RateLimitItem, key: str) -> None:
    """Answer 429 after too many attempts, and say when to come back."""
    limiter = request.app.state.limiter
    if not limiter.test(limit, key):
        wait = int(limiter.get_window_stats(limit, key).reset_time - time.time()) + 1
        detail = "Too many attempts. Try again in a few minutes."
        raise HTTPException(429, detail, {"Retry-After": str(wait)})


def client_address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def change_password(session: Session, user: User, password: str) -> None:
    user.password_hash = password_hash.hash(password)
    end_sessions(session, user)


def end_sessions(session: Session, user: User) -> None:
    """Sign an account out everywhere, and end its tokens."""
    number = {"session_number": User.session_number + 1}
    session.execute(update(User).where(User.id == user.id).values(number))
    session.commit()


def find_account(session: Session, user_id: int, session_number: int) -> User | None:
    """Return the account of a session or a token, if it was not ended since."""
    user = session.get(User, user_id)
    return user if user and user.session_number == session_number else None


def create_token(tokens: URLSafeTimedSerializer, user: User) -> Token:
    token = tokens.dumps([user.id, user.session_number])
    return Token(access_token=token, expires_in=TOKEN_LIFETIME)


def read_token(
    session: Session, tokens: URLSafeTimedSerializer, token: str
) -> User | None:
    try:
        return find_account(session, *tokens.loads(token, max_age=TOKEN_LIFETIME))
    except BadData:
        return None
