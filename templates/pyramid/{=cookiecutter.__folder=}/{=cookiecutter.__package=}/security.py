"""Security: who asks and what they may do, forged forms, headers."""

import re
from typing import Any

from pyramid.authentication import SessionAuthenticationHelper
from pyramid.config import Configurator
from pyramid.events import NewRequest, NewResponse
from pyramid.exceptions import BadCSRFOrigin
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPRequestEntityTooLarge,
    HTTPUnsupportedMediaType,
)
from pyramid.request import RequestLocalCache
from pyramid.security import Allowed, Denied
from pyramid.session import SignedCookieSessionFactory
from webob.cookies import JSONSerializer

from {= cookiecutter.__package =}.accounts.models import User
from {= cookiecutter.__package =}.accounts.service import get_token_user
from {= cookiecutter.__package =}.request import MAX_BODY_SIZE, Request

SESSION_LIFETIME = 14 * 24 * 3600  # seconds
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityPolicy:
    """Knows accounts by the session on pages and by a bearer token in the API."""

    def __init__(self, secret_key: str) -> None:
        self.secret_key = secret_key
        self.session = SessionAuthenticationHelper()
        self.users = RequestLocalCache(self.load_user)

    def load_user(self, request: Request) -> User | None:
        """Return the account that sends the request."""
        session = request.dbsession
        if request.in_api:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer":
                return None
            return get_token_user(session, token, self.secret_key)
        user_id = self.session.authenticated_userid(request)
        return session.get(User, user_id) if user_id else None

    def identity(self, request: Request) -> User | None:
        """Return the account that sends the request, loaded once."""
        user: User | None = self.users.get_or_create(request)
        return user

    def authenticated_userid(self, request: Request) -> int | None:
        """Return the id of the account that sends the request."""
        user = self.identity(request)
        return user.id if user else None

    def permits(
        self, request: Request, context: object, permission: str
    ) -> Allowed | Denied:
        """Allow every account everything; what is public asks for no permission."""
        if self.identity(request):
            return Allowed("signed in")
        return Denied("not signed in")

    def remember(self, request: Request, userid: int, **kw: Any) -> Any:
        """Sign in; a session that someone planted must not become ours."""
        request.session.invalidate()
        return self.session.remember(request, userid, **kw)

    def forget(self, request: Request, **kw: Any) -> Any:
        """Sign out."""
        request.session.invalidate()
        return self.session.forget(request, **kw)


def in_api(request: Request) -> bool:
    """Tell whether the request is for the API."""
    path: str = request.environ["PATH_INFO"]  # path_info fails unless it is UTF-8
    return f"{path}/".startswith("/api/")


def check_request(event: NewRequest) -> None:
    """Refuse what no view should have to deal with."""
    request = event.request
    allowed_hosts = request.registry.settings["allowed_hosts"].lower()
    if request.domain.lower() not in re.split(r"[\s,]+", allowed_hosts):
        raise HTTPBadRequest("The host is not allowed.")
    if (request.content_length or 0) > MAX_BODY_SIZE:
        raise HTTPRequestEntityTooLarge("The request is larger than 1 MiB.")
    if request.content_type == "multipart/form-data" or request.charset != "UTF-8":
        raise HTTPUnsupportedMediaType("Neither files nor other charsets are taken.")
    # Pyramid itself looks at the origin over HTTPS only.
    site = request.headers.get("Origin", request.host_url).partition("://")[2]
    if site != request.host and request.method == "POST" and not request.in_api:
        raise BadCSRFOrigin("The form is from another site.")


def add_headers(event: NewResponse) -> None:
    """Keep browsers and caches careful."""
    headers = event.response.headers
    headers.update(HEADERS)
    headers.setdefault("Cache-Control", "private, no-store")
    if event.request.scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"


def includeme(config: Configurator) -> None:
    """Guard every request and response."""
    settings = config.get_settings()
    config.add_request_method(in_api, reify=True)
    config.set_session_factory(
        SignedCookieSessionFactory(
            settings["secret_key"],
            serializer=JSONSerializer(),
            timeout=SESSION_LIFETIME,
            httponly=True,
            secure=not settings["debug"],
        )
    )
    config.set_security_policy(SecurityPolicy(settings["secret_key"]))
    config.set_default_csrf_options(
        callback=lambda request: not request.in_api  # which takes no cookies
    )
    config.add_subscriber(check_request, NewRequest)
    config.add_subscriber(add_headers, NewResponse)
