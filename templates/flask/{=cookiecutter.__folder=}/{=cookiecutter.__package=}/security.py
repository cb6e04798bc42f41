"""Security: forms guarded against forgery, and headers on every response."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from .errors import in_api

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

csrf = CSRFProtect()


def check_form() -> None:
    """Refuse a form that is not from a page of ours; the API takes no cookies."""
    if request.endpoint is None or in_api():
        return
    origin = request.headers.get("Origin")
    try:
        if origin and urlsplit(origin).netloc != request.host:
            raise CSRFError
        csrf.protect()
    except CSRFError:
        abort(403, "The form has expired. Go back, reload the page and try again.")


def add_headers(response: Response) -> Response:
    """Add the security headers; what was made for an account is not for caches."""
    response.headers.update(SECURITY_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if g.get("user"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def init_app(app: Flask) -> None:
    """Guard the application."""
    app.config.from_mapping(
        WTF_CSRF_CHECK_DEFAULT=False,  # check_form decides when
        WTF_CSRF_SSL_STRICT=False,  # it looks at Origin, not at Referer
        WTF_CSRF_TIME_LIMIT=None,  # a token is valid as long as its session
    )
    csrf.init_app(app)
    app.before_request(check_form)
    app.after_request(add_headers)
