#% set package = cookiecutter.__package
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.security import OAuth2PasswordRequestForm

from {= package =}.accounts import service
from {= package =}.accounts.schemas import Token
from {= package =}.dependencies import SessionDep
from {= package =}.errors import problems

router = APIRouter(prefix="/api/token", tags=["accounts"])


@router.post("", responses=problems(401, 422, 429))
def create_token(
    request: Request,
    response: Response,
    session: SessionDep,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
) -> Token:
    """Exchange a user name and a password for a token."""
    user = service.authenticate(request, session, form.username, form.password)
    if user is None:
        headers = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "The user name or password is wrong.", headers)
    response.headers["Cache-Control"] = "no-store"
    return service.create_token(request.app.state.tokens, user)
