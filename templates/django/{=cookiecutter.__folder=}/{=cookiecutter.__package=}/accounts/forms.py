#% set package = cookiecutter.__package
"""Forms to sign in and up, and what slows guessing down.

Attempts are counted in Django's cache, so by default in the memory of each process. That
strangers can lock a name for five minutes is the price of counting by name.
"""

import logging
from contextlib import suppress
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from {= package =}.accounts.models import User

SECONDS = 5 * 60
ATTEMPTS_PER_NAME = 10
FAILURES_PER_ADDRESS = 50

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    """Return where a request comes from: in production, what the proxy says last."""
    address: str = request.META["REMOTE_ADDR"]
    if settings.DEBUG:
        return address
    return request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()


def key_of(text: str) -> str:
    return f"attempts:{sha256(text.encode()).hexdigest()}"


def count(text: str) -> int:
    """Count one attempt more, and return how many there are now."""
    if not cache.add(key_of(text), 1, SECONDS):
        with suppress(ValueError):  # its time ran out just now
            return cache.incr(key_of(text))
    return 1


def refuse_after_too_many(request: HttpRequest, username: str = "") -> None:
    """Stop who failed too often, or tries a name too often, before any hashing."""
    failures = cache.get(key_of(client_address(request)), 0)
    if failures >= FAILURES_PER_ADDRESS or (
        username and count(f"name {username}") > ATTEMPTS_PER_NAME
    ):
        raise ValidationError(
            "Too many attempts. Try again in a few minutes.", code="throttled"
        )


class SignInForm(AuthenticationForm):
    """A user name and a password."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username", "")
        refuse_after_too_many(self.request, username)
        try:
            cleaned = super().clean()
        except ValidationError:
            address = client_address(self.request)
            count(address)
            logger.warning("Failed to sign in as %r from %s", username, address)
            raise
        if self.get_user():
            cache.delete(key_of(f"name {username}"))
        return cleaned


class SignUpForm(UserCreationForm):
    """A user name, and a password twice."""

    class Meta(UserCreationForm.Meta):
        model = User


class BlankPasswordValidator:
    """Refuses a password of nothing but spaces."""

    def validate(self, password: str, user: User | None = None) -> None:
        if not password.strip():
            raise ValidationError(self.get_help_text(), code="password_blank")

    def get_help_text(self) -> str:
        return "Your password can’t be only spaces."
