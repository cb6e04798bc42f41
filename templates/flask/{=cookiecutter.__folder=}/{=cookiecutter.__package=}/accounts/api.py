#% set package = cookiecutter.__package
"""The API of accounts: tokens."""

from flask import Blueprint, Response, abort, g, request
from pydantic import BaseModel

from {= package =}.accounts import service as accounts
from {= package =}.accounts.schemas import Token
from {= package =}.api import FORM, Describe, read, reply

bp = Blueprint("accounts_api", __name__, url_prefix="/api")


class Credentials(BaseModel):
    username: str
    password: str


@bp.post("/token")
@Describe(body=Credentials, media=FORM, returns=Token)
def create_token() -> Response:
    """Get a token by user name and password."""
    sent = read(Credentials, request.form)
    g.user = accounts.authenticate(sent.username, sent.password)
    if g.user is None:
        wrong = "The user name or password is wrong."
        abort(401, wrong, www_authenticate=accounts.BEARER)
    token = accounts.create_token(g.user)
    return reply(Token(access_token=token, expires_in=accounts.TOKEN_LIFETIME))
