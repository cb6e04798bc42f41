"""The pages of accounts: sign in and out."""

import re

from flask import Blueprint, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from . import auth

bp = Blueprint("accounts", __name__)

# Browsers drop control characters, and read // and /\ as the start of a host.
LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


@bp.app_context_processor
def add_user() -> dict[str, object]:
    """Let every page show who is signed in."""
    return {"user": auth.current_user()}


@bp.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Sign in."""
    target = request.values.get("next", "")
    username = request.form.get("username", "").strip()
    error = ""
    if request.method == "POST":
        user = auth.authenticate(username, request.form.get("password", ""))
        if user is not None:
            session.clear()
            session["user_id"] = user.id
            flash("Signed in.")
            return redirect(target if LOCAL_PATH.fullmatch(target) else "/")
        error = "The user name or the password is wrong."
    page = render_template(
        "login.html",
        next=target,
        error=error,
        values={"username": username},
        errors={},
    )
    return page, 422 if error else 200


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out."""
    session.clear()
    flash("Signed out.")
    return redirect("/")
