#% set package = cookiecutter.__package
"""Security: {= cookiecutter.__texts.forgery =}limits, and headers on every response."""

#% for _ in cookiecutter.__accounts | select
from flask import Response, abort, g, request
#% else
from flask import Response, abort, request, session
#% endfor
#% for _ in cookiecutter.__pages | select
from flask_wtf.csrf import CSRFProtect
#% endfor
#% for _ in cookiecutter.__accounts | select
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
{! endfor !}

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
{! for _ in cookiecutter.__pages | select !}

csrf = CSRFProtect()
#% endfor
{! for _ in cookiecutter.__accounts | select !}

# Attempts to sign in within five minutes: for a user name, and from an address, which
# a whole school may share. They are counted in memory, so by each process for itself.
PER_NAME = RateLimitItemPerMinute(10, 5)
PER_ADDRESS = RateLimitItemPerMinute(50, 5)
limiter = FixedWindowRateLimiter(MemoryStorage())


def throttle(limit: RateLimitItem, key: str, *, count: bool = True) -> None:
    """Count an attempt, and answer 429 if there were too many."""
    if not (limiter.hit(limit, key) if count else limiter.test(limit, key)):
        message = "Too many attempts. Try again in a few minutes."
        abort(429, message, retry_after=limit.get_expiry())
{! endfor !}


def require_length() -> None:
    """Refuse a body of unknown length: Werkzeug would cut off what is too large."""
    if "Transfer-Encoding" in request.headers:
        abort(411)


def add_headers(response: Response) -> Response:
    """Add the security headers{= cookiecutter.__texts.caching =}."""
    response.headers.update(SECURITY_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
#% for _ in cookiecutter.__secret | select
    if {= cookiecutter.__texts.whose =}:
        response.headers.setdefault("Cache-Control", "private, no-store")
#% endfor
    return response
