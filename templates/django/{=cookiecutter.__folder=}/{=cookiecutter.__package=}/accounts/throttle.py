#% set package = cookiecutter.__package
"""Guessing passwords takes time: attempts are counted by user name and by address.

The counts are in Django's cache, so by default in the memory of each process. Counting
by name lets a stranger lock a name for five minutes; that is the price.
"""

import logging
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest

SECONDS = 5 * 60
ATTEMPTS_PER_NAME = 10
FAILURES_PER_ADDRESS = 50
TOO_MANY = ValidationError(
    "Too many attempts. Try again in a few minutes.", code="throttled"
)

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    """Return where a request comes from: in production, what the proxy says last."""
    address: str = request.META["REMOTE_ADDR"]
    if settings.DEBUG:
        return address
    return request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()


def cache_key(kind: str, text: str) -> str:
    return f"attempts:{kind}:{sha256(text.encode()).hexdigest()}"


def count(key: str) -> int:
    """Count one more, and return how many there are now."""
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # its time ran out just now
        return 1


def count_attempt(request: HttpRequest, username: str) -> None:
    """Refuse an attempt to sign in after too many, before any hashing."""
    check_address(request)
    if count(cache_key("name", username)) > ATTEMPTS_PER_NAME:
        raise TOO_MANY


def check_address(request: HttpRequest) -> None:
    """Refuse an address that failed too often."""
    failures = cache.get(cache_key("address", client_address(request)), 0)
    if failures >= FAILURES_PER_ADDRESS:
        raise TOO_MANY


def count_failure(request: HttpRequest) -> None:
    """Count a failed attempt, or one to make an account, against its address."""
    count(cache_key("address", client_address(request)))


def forgive(username: str) -> None:
    """Forget the attempts for a user name, after a good one."""
    cache.delete(cache_key("name", username))


@receiver(user_login_failed)
def log_failure(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Log who failed to sign in and from where; never the password."""
    address = client_address(request) if request else "this machine"
    logger.warning(
        "Failed to sign in as %r from %s", credentials.get("username"), address
    )
