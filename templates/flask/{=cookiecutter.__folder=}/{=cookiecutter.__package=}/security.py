"""Security: forms guarded against forgery, and headers on every response."""

from collections.abc import Iterable
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

csrf = CSRFProtect()


def check_form() -> None:
    """Refuse a form that is not from a page of ours; the API takes no cookies."""
    if request.method in SAFE_METHODS or request.endpoint is None or in_api():
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


def lower_host(wsgi_app: WSGIApplication) -> WSGIApplication:
    """Take host names in any case; `TRUSTED_HOSTS` is compared to the letter."""

    def call(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if host := environ.get("HTTP_HOST"):
            environ["HTTP_HOST"] = host.lower()
        return wsgi_app(environ, start_response)

    return call


def init_app(app: Flask) -> None:
    """Guard the application."""
    app.config.from_mapping(
        WTF_CSRF_CHECK_DEFAULT=False,  # check_form decides when
        WTF_CSRF_SSL_STRICT=False,  # it looks at Origin, not at Referer
        WTF_CSRF_TIME_LIMIT=None,  # a token is valid as long as its session
    )
    app.wsgi_app = lower_host(app.wsgi_app)  # type: ignore[assignment, method-assign]
    csrf.init_app(app)
    app.before_request(check_form)
    app.after_request(add_headers)
