"""The API of accounts: tokens."""

from flask import Blueprint
from pydantic import BaseModel

from ..api import FORM, Endpoint
from . import auth

bp = Blueprint("accounts_api", __name__, url_prefix="/api/token")


class Credentials(BaseModel):
    """A user name and its password."""

    username: str
    password: str


class Token(BaseModel):
    """A token, and for how many seconds it is valid."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 -- a kind of token, not a secret
    expires_in: int = auth.TOKEN_LIFETIME


@bp.post("")
@Endpoint(body=Credentials, media_type=FORM, returns=Token, problems=(401,))
def create_token(body: Credentials) -> tuple[Token, dict[str, str]]:
    """Get a token by user name and password."""
    user = auth.authenticate(body.username, body.password)
    if user is None:
        auth.refuse("The user name or the password is wrong.")
    token = Token(access_token=auth.create_token(user))
    return token, {"Cache-Control": "no-store"}
