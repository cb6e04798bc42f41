#% set package = cookiecutter.__package
"""Security: hosts, sizes, headers{! for _ in cookiecutter.__pages | select !}; sessions, and forms that nobody can forge{! endfor !}."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pyramid.httpexceptions as exc
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
#% for _ in cookiecutter.__pages | select
from pyramid.session import SignedCookieSessionFactory
{! endfor !}

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.security import SecurityPolicy
#% endfor
#% for _ in cookiecutter.__api | select
from {= package =}.errors import show_error
{! endfor !}

#% for _ in cookiecutter.__pages | select
SESSION_LIFETIME = 14 * 24 * 3600  # seconds
#% endfor
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
{! for _ in cookiecutter.__full | select !}


def in_api(request: Request) -> bool:
    path: str = request.environ["PATH_INFO"]  # path_info fails unless it is UTF-8
    return f"{path}/".startswith("/api/")
{! endfor !}
{! for _ in cookiecutter.__pages | select !}


def form(request: Request) -> dict[str, str]:
    """Return the texts of a form that was posted, without any files."""
    return {name: text for name, text in request.POST.items() if isinstance(text, str)}
{! endfor !}


def guard(handler: Handler, registry: Registry) -> Handler:
    """Refuse what no view should have to deal with, and add headers (a tween)."""

    def tween(request: Request) -> Response:
        fault = refuse(request)
#% for _ in cookiecutter.__api | select
        if fault{! for _ in cookiecutter.__pages | select !} and request.in_api{! endfor !}:
            fault = show_error(fault, request)
#% endfor
        response = fault or handler(request)
        response.headerlist.extend(HEADERS.items())
        if request.scheme == "https":
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
#% for _ in cookiecutter.__full | select
        if not request.in_api:
#% endfor
#% for _ in cookiecutter.__pages | select
        {= cookiecutter.__texts.deeper =}response.headers.setdefault("Vary", "Cookie")
        {= cookiecutter.__texts.deeper =}if request.session or not request.session.new:
            {= cookiecutter.__texts.deeper =}response.headers.setdefault("Cache-Control", "private, no-store")
#% endfor
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
#% for _ in cookiecutter.__pages | select
    settings = config.get_settings()
#% endfor
#% for _ in cookiecutter.__accounts | select
    config.set_security_policy(SecurityPolicy())
#% endfor
#% for _ in cookiecutter.__pages | select
    make_session = SignedCookieSessionFactory(
        settings["secret_key"].get_secret_value(),
        timeout=SESSION_LIFETIME,
        httponly=True,
        secure=not settings["debug"],
    )
    config.set_session_factory(make_session)
#% for _ in cookiecutter.__full | select
    # The API takes no cookies, so nobody can forge its requests.
#% endfor
    config.set_default_csrf_options({! for _ in cookiecutter.__full | select !}callback=lambda request: not request.in_api{! endfor !})
#% endfor
#% for _ in cookiecutter.__full | select
    config.add_request_method(in_api, reify=True)
#% endfor
#% for _ in cookiecutter.__pages | select
    config.add_request_method(form, reify=True)
#% endfor
    config.add_tween("{= package =}.security.guard")
