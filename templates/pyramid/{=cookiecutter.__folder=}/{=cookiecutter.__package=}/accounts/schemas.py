"""What clients send to sign in, and what they get."""

from pydantic import BaseModel

from {= cookiecutter.__package =}.accounts.service import TOKEN_LIFETIME


class Credentials(BaseModel):
    """A user name and a password."""

    username: str
    password: str


class Token(BaseModel):
    """A token, and for how many seconds it is valid."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 (a type, no secret)
    expires_in: int = TOKEN_LIFETIME
