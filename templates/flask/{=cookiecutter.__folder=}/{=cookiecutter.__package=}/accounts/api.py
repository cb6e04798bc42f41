#% set package = cookiecutter.__package
"""The API of accounts: tokens."""

from flask import Blueprint, Response, abort, request
from pydantic import BaseModel

from {= package =}.accounts import service as accounts
from {= package =}.accounts.schemas import Token
from {= package =}.api import Describe, read_values, reply

bp = Blueprint("accounts_api", __name__, url_prefix="/api")


class Credentials(BaseModel):
    """A user name and its password."""

    username: str
    password: str


@bp.post("/token")
@Describe(form=Credentials, returns=Token)
def create_token() -> Response:
    """Get a token by user name and password."""
    sent = read_values(Credentials, request.form)
    user = accounts.authenticate(sent.username, sent.password)
    if user is None:
        wrong = "The user name or password is wrong."
        abort(401, wrong, www_authenticate=accounts.BEARER)
    text = accounts.create_token(user)
    token = Token(access_token=text, expires_in=accounts.TOKEN_LIFETIME)
    response = reply(token)
    response.cache_control.no_store = True
    return response
