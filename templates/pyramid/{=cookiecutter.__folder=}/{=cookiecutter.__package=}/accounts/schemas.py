#% set package = cookiecutter.__package
"""What an account is made of, and what a token looks like."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints, ValidationInfo, field_validator
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from {= package =}.values import TEXT

COMMON_PASSWORDS = frozenset(FREQUENCY_LISTS["passwords"])


class NewAccount(BaseModel):
    username: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=150, pattern=TEXT)
    ]
    password: Annotated[str, StringConstraints(min_length=8, max_length=128)]

    @field_validator("password")
    @classmethod
    def refuse_common_password(cls, password: str, info: ValidationInfo) -> str:
        guess = password.strip().lower()
        username = str(info.data.get("username", "")).lower()
        if guess in ("", username) or guess in COMMON_PASSWORDS:
            raise ValueError("This password is too easy to guess.")
        return password


class Token(BaseModel):
    """A token, and for how many seconds it is valid."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 -- no secret
    expires_in: int
