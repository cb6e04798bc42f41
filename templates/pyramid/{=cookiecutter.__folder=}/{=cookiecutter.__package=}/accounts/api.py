"""The API of accounts: tokens."""

from pyramid.view import view_config

from {= cookiecutter.__package =}.accounts.schemas import Credentials, Token
from {= cookiecutter.__package =}.accounts.service import authenticate, create_token
from {= cookiecutter.__package =}.errors import Unauthorized
from {= cookiecutter.__package =}.request import Request


@view_config(
    route_name="api.token",
    request_method="POST",
    renderer="json",
    form=Credentials,
    problems=[401],
)
def create_access_token(request: Request) -> Token:
    """Exchange a user name and a password for a token."""
    given: Credentials = request.validated
    user = authenticate(request.dbsession, given.username, given.password)
    if user is None:
        raise Unauthorized("The user name or the password is wrong.")
    secret_key = request.registry.settings["secret_key"]
    return Token(access_token=create_token(user, secret_key))
