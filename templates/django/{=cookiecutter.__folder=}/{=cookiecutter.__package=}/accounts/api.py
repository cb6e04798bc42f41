#% set package = cookiecutter.__package
"""Tokens: what a program signs in with."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from ninja import Form, Router, Schema
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from {= package =}.accounts.forms import SignInForm
from {= package =}.accounts.models import User

TOKEN_SECONDS = 60 * 60
SALT = "{= package =}.accounts.token"

router = Router(tags=["Accounts"])


class Token(Schema):
    """A token, and how long it is good for."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 # the name of the scheme
    expires_in: int = TOKEN_SECONDS


class UserRequest(HttpRequest):
    """A request with a good token."""

    auth: User


class Bearer(HttpBearer):
    """A token from `POST /api/token`, until its account signs out."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        try:
            pk, auth_hash = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            return None
        user = User.objects.filter(pk=pk, is_active=True).first()
        if user and constant_time_compare(auth_hash, user.get_session_auth_hash()):
            return user
        return None


def make_token(user: User) -> str:
    """Return a token, which ends with the account's sessions."""
    return signing.dumps([user.pk, user.get_session_auth_hash()], salt=SALT)


@router.post("/token", response=Token)
def create_token(
    request: HttpRequest,
    response: HttpResponse,
    username: Form[str],
    password: Form[str],
) -> Token:
    """Exchange a user name and a password for a token."""
    form = SignInForm(request, {"username": username, "password": password})
    if not form.is_valid():
        raise AuthenticationError(message="The user name or password is wrong.")
    response["Cache-Control"] = "no-store"
    return Token(access_token=make_token(form.get_user()))
