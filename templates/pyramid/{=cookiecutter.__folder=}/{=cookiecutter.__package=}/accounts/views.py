"""The pages of accounts: sign in and out."""

import re
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.security import forget, remember
from pyramid.view import view_config

from {= cookiecutter.__package =}.accounts.service import authenticate
from {= cookiecutter.__package =}.request import Request

# A path on this site: browsers take //host and /\\host for another one.
LOCAL_PATH = re.compile(r"/(?![/\\])[!-~]*")


@view_config(
    route_name="login", request_method=("GET", "POST"), renderer="login.jinja2"
)
def login(request: Request) -> HTTPSeeOther | dict[str, Any]:
    """Ask for a user name and a password, and sign in."""
    form = request.POST or request.GET
    username, target = form.get("username", ""), form.get("next", "/")
    error = None
    if request.method == "POST":
        user = authenticate(request.dbsession, username, form.get("password", ""))
        if user:
            headers = remember(request, user.id)
            request.session.flash("Signed in.")
            location = target if LOCAL_PATH.fullmatch(target) else "/"
            return HTTPSeeOther(location, headers=headers)
        error = "The user name or the password is wrong."
        request.response.status_code = 422
    return {
        "error": error,
        "next": target,
        "values": {"username": username},
        "errors": {},
    }


@view_config(route_name="logout", request_method="POST")
def logout(request: Request) -> HTTPSeeOther:
    """Sign out."""
    headers = forget(request)
    request.session.flash("Signed out.")
    return HTTPSeeOther(request.route_path("home"), headers=headers)
