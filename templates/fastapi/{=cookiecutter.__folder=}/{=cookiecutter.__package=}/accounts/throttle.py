#% set package = cookiecutter.__package
"""Signing in, no more often than a person would."""

import logging
import math
import time

from fastapi import HTTPException, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from sqlalchemy.orm import Session

from {= package =}.accounts import service
from {= package =}.accounts.models import User

PER_NAME = RateLimitItemPerMinute(10, 5, namespace="name")
PER_ADDRESS = RateLimitItemPerMinute(50, 5, namespace="address")

logger = logging.getLogger(__name__)


def authenticate(
    request: Request, session: Session, username: str, password: str
) -> User | None:
    """Return the account if the password is right; too many attempts are 429."""
    limiter = request.app.state.limiter
    name, address = username.strip()[:150], client_address(request)
    if not limiter.test(PER_ADDRESS, address):
        raise too_many_attempts(request, PER_ADDRESS, address)
    count_attempt(request, PER_NAME, name)
    user = service.check_password(session, name, password)
    if user is None:
        limiter.hit(PER_ADDRESS, address)
        logger.warning("Sign-in failed for %r from %s", name, address)
    else:
        limiter.clear(PER_NAME, name)
    return user


def count_attempt(request: Request, limit: RateLimitItem, key: str) -> None:
    """Count an attempt, and answer 429 to one too many."""
    if not request.app.state.limiter.hit(limit, key):
        raise too_many_attempts(request, limit, key)


def too_many_attempts(
    request: Request, limit: RateLimitItem, key: str
) -> HTTPException:
    """Say how many seconds to wait."""
    stats = request.app.state.limiter.get_window_stats(limit, key)
    wait = max(1, math.ceil(stats.reset_time - time.time()))
    detail = "Too many attempts. Try again in a few minutes."
    return HTTPException(429, detail, {"Retry-After": str(wait)})


def client_address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
