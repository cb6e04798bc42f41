#% set package = cookiecutter.__package
"""Forms to sign in and up, and what slows guessing down."""

import logging
from contextlib import suppress
from hashlib import sha256
from typing import Any

from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from {= package =}.accounts.models import User

# Attempts are counted in Django's cache: by default, the memory of each process. That
# strangers can lock a name for five minutes is the price of counting by name.
SECONDS = 5 * 60
ATTEMPTS_PER_NAME = 10
FAILURES_PER_ADDRESS = 50

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    return str(BaseThrottle().get_ident(request))


def count(kind: str, text: str, limit: int) -> str:
    """Count an attempt, or stop it where there were too many; return where it stands."""
    key = f"{kind}-{sha256(text.encode()).hexdigest()}"
    cache.add(key, 0, SECONDS)
    with suppress(ValueError):  # its time ran out just now
        if cache.incr(key) > limit:
            raise Throttled(SECONDS)
    return key


class SignInForm(AuthenticationForm):
    """A user name and a password, which may be tried a few times only."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username", "")
        address = client_address(self.request)
        failures = count("address", address, FAILURES_PER_ADDRESS)
        attempts = count("name", username, ATTEMPTS_PER_NAME)
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("Sign-in failed for %r from %s", username, address)
            raise
        if self.get_user():
            cache.delete(attempts)
            with suppress(ValueError):
                cache.decr(failures)
        return cleaned


class SignUpForm(UserCreationForm):
    """A user name, and a password twice."""

    class Meta(UserCreationForm.Meta):
        model = User


class PasswordLengthValidator(MinimumLengthValidator):
    """Does not count spaces at the ends, so a blank password is too short."""

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password.strip(), user)
