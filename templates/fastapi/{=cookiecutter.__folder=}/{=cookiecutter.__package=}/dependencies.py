#% set package = cookiecutter.__package
"""What path operations depend on: a database session{! for _ in cookiecutter.__accounts | select !}, and who is asking{! endfor !}."""

from collections.abc import {! for _ in cookiecutter.__postgres | select !}AsyncIterator, {! endfor !}Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Query, Request
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.orm import Session

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service
from {= package =}.accounts.models import User
#% endfor
from {= package =}.pagination import ListQuery


{! for _ in cookiecutter.__postgres | select !}
async def take_turn(request: Request) -> AsyncIterator[None]:
    """Let no more requests begin with the database than there are connections."""
    async with request.app.state.turns:
        yield


def get_session(
    request: Request, _turn: Annotated[None, Depends(take_turn)]
) -> Iterator[Session]:
{! else !}
def get_session(request: Request) -> Iterator[Session]:
{! endfor !}
    # What was saved is the answer; it is not read again after the transaction.
    with Session(request.app.state.engine, expire_on_commit=False) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
ListQueryDep = Annotated[ListQuery, Query()]
#% for _ in cookiecutter.__tokens | select
bearer = OAuth2PasswordBearer(tokenUrl="/api/token", auto_error=False)
#% endfor
{! for _ in cookiecutter.__logins | select !}


def current_user(request: Request) -> User | None:
    """Return the account that is signed in on pages; looked up once, if at all."""
    if not hasattr(request.state, "user"):
        # Set first: should the database fail, the error page does not ask it again.
        request.state.user = None
        if account := request.session.get("account"):
            with Session(request.app.state.engine) as session:
                request.state.user = service.find_account(session, *account)
    user: User | None = request.state.user
    return user


CurrentUserDep = Annotated[User | None, Depends(current_user)]


def require_login(request: Request, user: CurrentUserDep) -> User:
    """Return the account that is signed in, or lead to the login page and back."""
    if user is None:
#% if cookiecutter._related
        # With its query, which says what a new entry refers to.
        wanted = str(request.url.replace(scheme="", netloc=""))
        location = "/login?" + urlencode({"next": wanted})
#% else
        location = "/login?" + urlencode({"next": request.url.path})
#% endif
        raise HTTPException(303, headers={"Location": location})
    return user


LoginDep = Annotated[User, Depends(require_login)]
{! endfor !}
{! for _ in cookiecutter.__tokens | select !}


def require_token(
    request: Request, session: SessionDep, token: Annotated[str | None, Depends(bearer)]
) -> User:
    user = service.read_token(session, request.app.state.tokens, token or "")
    if user is None:
        headers = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "The token is missing or not valid.", headers)
    return user


TokenDep = Annotated[User, Depends(require_token)]
{! endfor !}
