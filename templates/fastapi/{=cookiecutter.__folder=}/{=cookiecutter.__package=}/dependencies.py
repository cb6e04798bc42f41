#% set package = cookiecutter.__package
"""What path operations depend on: settings, a database session, and who is asking."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.orm import Session

from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.settings import Settings


def get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def get_session(request: Request) -> Iterator[Session]:
    # What was saved is the answer; it is not read again after the transaction.
    with Session(request.app.state.engine, expire_on_commit=False) as session:
        yield session


SettingsDep = Annotated[Settings, Depends(get_settings)]
SessionDep = Annotated[Session, Depends(get_session)]


def current_user(request: Request) -> User | None:
    """Return the account that is signed in on pages; looked up once, if at all."""
    if not hasattr(request.state, "user"):
        # Set first: should the database fail, the error page does not ask it again.
        request.state.user = None
        if "account" in request.session:
            with Session(request.app.state.engine) as session:
                account = request.session["account"]
                request.state.user = service.find_account(session, *account)
    user: User | None = request.state.user
    return user


CurrentUserDep = Annotated[User | None, Depends(current_user)]


def require_login(request: Request, user: CurrentUserDep) -> User:
    """Return the account that is signed in, or lead to the login page and back."""
    if user is None:
        location = "/login?" + urlencode({"next": request.url.path})
        raise HTTPException(303, headers={"Location": location})
    return user


def require_token(
    token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="/api/token"))],
    settings: SettingsDep,
    session: SessionDep,
) -> User:
    """Return the account that a token is for, or answer 401."""
    user = service.read_token(session, settings, token)
    if user is None:
        headers = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "The token is not valid.", headers)
    return user


LoginDep = Annotated[User, Depends(require_login)]
TokenDep = Annotated[User, Depends(require_token)]
