#% set package = cookiecutter.__package
"""Security: who asks and what they may do, forged forms, headers."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pyramid.httpexceptions as exc
from pyramid.authentication import SessionAuthenticationHelper
from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import Denied, PermitsResult
from pyramid.session import SignedCookieSessionFactory

from {= package =}.accounts.models import User
from {= package =}.accounts.service import make_ticket, read_token
from {= package =}.errors import show_error

SESSION_LIFETIME = 14 * 24 * 3600  # seconds
MAX_BODY_SIZE = 1024 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[Request], Response]


class SecurityPolicy(SessionAuthenticationHelper):  # type: ignore[misc]  # no types
    """Knows accounts by the session on pages and by a bearer token in the API."""

    def identity(self, request: Request) -> User | None:
        """Return the account that asks, unless it has ended its sessions since."""
        if request.in_api:
            kind, token = request.authorization or ("", "")
            secret_key = request.registry.settings["secret_key"]
            ticket = kind.lower() == "bearer" and read_token(token, secret_key)
        else:
            ticket = super().authenticated_userid(request)
        user = request.dbsession.get(User, ticket[0]) if ticket else None
        return user if user and make_ticket(user) == ticket else None

    def authenticated_userid(self, request: Request) -> int | None:
        user = self.identity(request)
        return user.id if user else None

    def permits(self, request: Request, context: Any, permission: str) -> PermitsResult:
        """Ask the context's `__acl__`."""
        user = self.identity(request)
        principals = [Everyone, *([Authenticated, f"user:{user.id}"] if user else [])]
        allowed = ACLHelper().permits(context, principals, permission)
        return allowed or Denied(getattr(context, "refusal", "You may not do this."))


def in_api(request: Request) -> bool:
    path: str = request.environ["PATH_INFO"]  # path_info fails unless it is UTF-8
    return f"{path}/".startswith("/api/")


def form(request: Request) -> dict[str, str]:
    """Return the texts of a form that was posted, without any files."""
    return {name: text for name, text in request.POST.items() if isinstance(text, str)}


def guard(handler: Handler, registry: Registry) -> Handler:
    """Refuse what no view should have to deal with, and add headers (a tween)."""

    def tween(request: Request) -> Response:
        fault = refuse(request)
        if fault and request.in_api:
            fault = show_error(fault, request)
        response = fault or handler(request)
        response.headerlist.extend(HEADERS.items())
        if request.scheme == "https":
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not request.in_api:
            response.headers.setdefault("Vary", "Cookie")
            if request.session or not request.session.new:
                response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return tween


def refuse(request: Request) -> exc.HTTPError | None:
    """Say what is wrong with a request that has nothing to do here."""
    host = re.sub(r":[0-9]+\Z", "", request.host.lower())
    if not {host, "*"} & {*request.registry.settings["allowed_hosts"]}:
        return exc.HTTPBadRequest("This host is not allowed.")
    is_endless = "Transfer-Encoding" in request.headers  # and so of any size
    if is_endless or (request.content_length or 0) > MAX_BODY_SIZE:
        return exc.HTTPRequestEntityTooLarge("The request is too large.")
    request.request_body_tempfile_limit = MAX_BODY_SIZE  # so that none needs a file
    try:  # to read it all, so that bytes that are no text fail here and nowhere else
        _ = request.path_info, request.GET, request.POST
        urlsplit(request.headers.get("Origin") or request.referrer or "")
    except (ValueError, DeprecationWarning):  # WebOb's word for a foreign charset
        return exc.HTTPBadRequest("The request cannot be read.")
    return None


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    config.set_security_policy(SecurityPolicy())
    make_session = SignedCookieSessionFactory(
        settings["secret_key"].get_secret_value(),
        timeout=SESSION_LIFETIME,
        httponly=True,
        secure=not settings["debug"],
    )
    config.set_session_factory(make_session)
    # The API takes no cookies, so nobody can forge its requests.
    config.set_default_csrf_options(callback=lambda request: not request.in_api)
    config.add_request_method(in_api, reify=True)
    config.add_request_method(form, reify=True)
    config.add_tween("{= package =}.security.guard")
