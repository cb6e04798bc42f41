#% set package = cookiecutter.__package
"""Tokens: what a program signs in with."""

from typing import Literal

from django.contrib.auth import authenticate
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from ninja import Field, Form, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from {= package =}.accounts.models import User
from {= package =}.problems import Problem, ValidationProblem, takes

TOKEN_SECONDS = 60 * 60

router = Router(tags=["Accounts"])
signer = TimestampSigner(salt="{= package =}.accounts.token")


class Bearer(HttpBearer):
    """A token from `POST /api/token`."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the active user whom the token was made for."""
        try:
            pk = signer.unsign(token, max_age=TOKEN_SECONDS)
        except BadSignature:
            return None
        return User.objects.filter(pk=pk, is_active=True).first()


NO_NUL = r"^[^\x00]*$"


class Credentials(Schema):
    """What proves who somebody is."""

    username: str = Field(max_length=150, pattern=NO_NUL)
    password: str = Field(max_length=4096)


class Token(Schema):
    """A token, and how long it is good for."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 # the name of the scheme
    expires_in: int = TOKEN_SECONDS


@router.post(
    "/token",
    response={200: Token, frozenset({401, 413, 415}): Problem, 422: ValidationProblem},
)
@decorate_view(takes("application/x-www-form-urlencoded"))
def create_token(
    request: HttpRequest, response: HttpResponse, credentials: Form[Credentials]
) -> Token:
    """Exchange a user name and a password for a token."""
    user = authenticate(request, **credentials.model_dump())
    if user is None:
        raise AuthenticationError(message="The user name or the password is wrong.")
    response["Cache-Control"] = "no-store"
    return Token(access_token=signer.sign(str(user.pk)))
