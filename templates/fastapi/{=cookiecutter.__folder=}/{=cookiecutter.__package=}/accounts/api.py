#% set package = cookiecutter.__package
"""The API of accounts: tokens."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from pydantic import BaseModel

from {= package =}.accounts.auth import TOKEN_LIFETIME, TokenSerializerDep, authenticate
from {= package =}.api import check_media_type
from {= package =}.database import SessionDep
from {= package =}.errors import problems

router = APIRouter(prefix="/api/token", tags=["accounts"])


class Credentials(BaseModel):
    """A user name and its password."""

    username: str
    password: str


class Token(BaseModel):
    """A token, and for how many seconds it is valid."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 (no secret)
    expires_in: int = TOKEN_LIFETIME


def require_form(request: Request) -> None:
    """Answer 415 to a body that is not a form."""
    check_media_type(
        request, "application/x-www-form-urlencoded", "multipart/form-data"
    )


@router.post(
    "",
    dependencies=[Depends(require_form)],
    responses=problems(400, 401, 413, 415, 422),
)
def create_token(
    form: Annotated[Credentials, Form()],
    session: SessionDep,
    serializer: TokenSerializerDep,
    response: Response,
) -> Token:
    """Exchange a user name and a password for a token."""
    user = authenticate(session, form.username, form.password)
    if user is None:
        headers = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "The user name or password is wrong.", headers)
    response.headers["Cache-Control"] = "no-store"
    return Token(access_token=serializer.dumps(user.id))
