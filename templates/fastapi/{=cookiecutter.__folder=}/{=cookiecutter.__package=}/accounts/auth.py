#% set package = cookiecutter.__package
"""Who sends a request: passwords, tokens for the API, sessions for pages."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer
from itsdangerous import BadData, URLSafeTimedSerializer
from pwdlib import PasswordHash
from sqlalchemy import select
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.database import SessionDep
from {= package =}.errors import LoginRequiredError
from {= package =}.settings import SettingsDep

TOKEN_LIFETIME = 3600  # seconds

bearer_token = OAuth2PasswordBearer(tokenUrl="/api/token")
password_hash = PasswordHash.recommended()


def create_user(session: Session, username: str, password: str) -> User:
    """Make an account."""
    user = User(username=username, password_hash=password_hash.hash(password))
    session.add(user)
    session.commit()
    return user


def authenticate(session: Session, username: str, password: str) -> User | None:
    """Return the account if the password is right."""
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        password_hash.hash(password)  # as much work, so that time tells nothing
        return None
    return user if password_hash.verify(password, user.password_hash) else None


def token_serializer(settings: SettingsDep) -> URLSafeTimedSerializer:
    """Return what signs tokens, and reads them."""
    return URLSafeTimedSerializer(settings.secret_key, salt="token")


TokenSerializerDep = Annotated[URLSafeTimedSerializer, Depends(token_serializer)]


def require_token(
    token: Annotated[str, Depends(bearer_token)],
    serializer: TokenSerializerDep,
    session: SessionDep,
) -> User:
    """Return the account that a token is for, or answer 401."""
    try:
        user = session.get(User, serializer.loads(token, max_age=TOKEN_LIFETIME))
    except BadData:
        user = None
    if user is None:
        headers = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "The token is not valid.", headers)
    return user


def load_user(request: Request, session: SessionDep) -> User | None:
    """Return the account that is signed in, and let the page show it."""
    user_id = request.session.get("user_id")
    user = session.get(User, user_id) if user_id else None
    request.state.user = user
    return user


def require_login(user: Annotated[User | None, Depends(load_user)]) -> User:
    """Return the account that is signed in, or lead to the login page."""
    if user is None:
        raise LoginRequiredError
    return user
