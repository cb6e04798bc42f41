#% set package = cookiecutter.__package
"""The API of accounts: tokens."""

from pydantic import BaseModel
from pyramid.httpexceptions import HTTPUnauthorized
from pyramid.request import Request
from pyramid.view import view_config

from {= package =}.accounts.schemas import Token
from {= package =}.accounts.service import TOKEN_LIFETIME, create_token
from {= package =}.security import sign_in


class Credentials(BaseModel):
    """A user name and a password."""

    username: str
    password: str


@view_config(
    route_name="api.token",
    request_method="POST",
    renderer="json",
    form=Credentials,
    returns=Token,
    http_cache=0,
)
def create_access_token(request: Request) -> Token:
    """Exchange a user name and a password for a token."""
    given: Credentials = request.validated["form"]
    user = sign_in(request, given.username, given.password)
    if user is None:
        raise HTTPUnauthorized("The user name or password is wrong.")
    secret_key = request.registry.settings["secret_key"].get_secret_value()
    token = create_token(user, secret_key)
    return Token(access_token=token, expires_in=TOKEN_LIFETIME)
