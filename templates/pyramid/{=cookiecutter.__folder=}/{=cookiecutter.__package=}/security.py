#% set package = cookiecutter.__package
"""Security: who asks and what they may do, throttled sign-ins, forged forms, headers."""

import logging
import re
from urllib.parse import urlsplit

import pyramid.httpexceptions as exc
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pyramid.authentication import SessionAuthenticationHelper
from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.events import NewRequest, NewResponse, subscriber
from pyramid.request import Request
from pyramid.security import Allowed, Denied
from pyramid.session import SignedCookieSessionFactory
from webob.cookies import JSONSerializer

from {= package =}.accounts.models import User
from {= package =}.accounts.service import authenticate, find_ticket_user, read_token

SESSION_LIFETIME = 14 * 24 * 3600  # seconds
MAX_BODY_SIZE = 1024 * 1024
ATTEMPTS_BY_NAME = parse("10 per 5 minutes")
FAILURES_BY_ADDRESS = parse("50 per 5 minutes")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

log = logging.getLogger(__name__)


class SecurityPolicy(SessionAuthenticationHelper):  # type: ignore[misc]  # no types
    """Knows accounts by the session on pages and by a bearer token in the API."""

    def __init__(self, secret_key: str) -> None:
        super().__init__()
        self.secret_key = secret_key
        self.acl = ACLHelper()

    def identity(self, request: Request) -> User | None:
        """Return the account that sends the request."""
        if request.in_api:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            is_bearer = scheme.lower() == "bearer"
            ticket = read_token(token, self.secret_key) if is_bearer else None
        else:
            ticket = super().authenticated_userid(request)
        return find_ticket_user(request.dbsession, ticket) if ticket else None

    def authenticated_userid(self, request: Request) -> int | None:
        user = self.identity(request)
        return user.id if user else None

    def permits(
        self, request: Request, context: object, permission: str
    ) -> Allowed | Denied:
        """Ask the context's `__acl__`."""
        user = self.identity(request)
        principals = [Everyone, *([Authenticated, f"user:{user.id}"] if user else [])]
        return self.acl.permits(context, principals, permission)


def visitor_address(request: Request) -> str:
    """Return where a request came from; in production, the proxy in front tells."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    is_behind_proxy = forwarded and not request.registry.settings["debug"]
    return str(forwarded if is_behind_proxy else request.remote_addr)


def check_attempts(request: Request, username: str | None = None) -> None:
    """Count an attempt for the user name; answer 429 where there were too many."""
    limiter: FixedWindowRateLimiter = request.registry["limiter"]
    allowed = limiter.test(FAILURES_BY_ADDRESS, request.visitor_address)
    if username is not None:
        allowed = allowed and limiter.hit(ATTEMPTS_BY_NAME, username)
    if not allowed:
        raise exc.HTTPTooManyRequests(
            "Too many attempts. Try again in a few minutes.",
            headers={"Retry-After": str(ATTEMPTS_BY_NAME.get_expiry())},
        )


def count_failure(request: Request) -> None:
    """Count what its address should not do often."""
    limiter: FixedWindowRateLimiter = request.registry["limiter"]
    limiter.hit(FAILURES_BY_ADDRESS, request.visitor_address)


def sign_in(request: Request, username: str, password: str) -> User | None:
    """Return the account if the password is right; log if it is not."""
    username = username.strip()[:150]  # no account has a longer one
    check_attempts(request, username)
    user = authenticate(request.dbsession, username, password)
    if user:
        request.registry["limiter"].clear(ATTEMPTS_BY_NAME, username)
    else:
        count_failure(request)
        log.warning("Sign-in failed: %r from %s", username, request.visitor_address)
    return user


def in_api(request: Request) -> bool:
    path: str = request.environ["PATH_INFO"]  # path_info fails unless it is UTF-8
    return f"{path}/".startswith("/api/")


def form(request: Request) -> dict[str, str]:
    """Return the texts of a form that was posted, without any files."""
    values = request.POST.items()
    return {name: value for name, value in values if isinstance(value, str)}


@subscriber(NewRequest)
def check_request(event: NewRequest) -> None:
    """Refuse what no view should have to deal with."""
    request = event.request
    host = re.sub(r":[0-9]+\Z", "", request.host.lower())
    if not {host, "*"} & set(request.registry.settings["allowed_hosts"]):
        raise exc.HTTPBadRequest("This host is not allowed.")
    if request.headers.get("Transfer-Encoding"):  # such a body can be of any size
        raise exc.HTTPLengthRequired("The request does not say how large it is.")
    request.request_body_tempfile_limit = MAX_BODY_SIZE  # so none needs a file
    if (request.content_length or 0) > MAX_BODY_SIZE:
        raise exc.HTTPRequestEntityTooLarge("The request is too large.")
    try:  # to read it all, so that bytes that are no text fail here and nowhere else
        origin = request.headers.get("Origin") or request.referrer or ""
        _ = request.path_info, request.GET, request.POST, urlsplit(origin)
    except (ValueError, DeprecationWarning):  # WebOb's word for a foreign charset
        raise exc.HTTPBadRequest("The request cannot be read.") from None


@subscriber(NewResponse)
def add_headers(event: NewResponse) -> None:
    """Keep browsers and caches careful."""
    request, headers = event.request, event.response.headers
    headers.update(HEADERS)
    if request.scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.in_api:
        headers.setdefault("Vary", "Cookie")
        if request.session or "Set-Cookie" in headers:
            headers.setdefault("Cache-Control", "private, no-store")


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    secret_key = settings["secret_key"].get_secret_value()
    config.set_security_policy(SecurityPolicy(secret_key))
    config.set_session_factory(
        SignedCookieSessionFactory(
            secret_key,
            serializer=JSONSerializer(),
            timeout=SESSION_LIFETIME,
            httponly=True,
            secure=not settings["debug"],
        )
    )
    config.set_default_csrf_options(
        callback=lambda request: not request.in_api  # which takes no cookies
    )
    # In the memory of this process: several processes would need a store that they share.
    config.registry["limiter"] = FixedWindowRateLimiter(MemoryStorage())
    config.add_request_method(in_api, reify=True)
    config.add_request_method(form, reify=True)
    config.add_request_method(visitor_address, reify=True)
    config.scan(__name__)
