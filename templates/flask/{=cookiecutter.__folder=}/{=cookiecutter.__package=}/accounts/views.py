#% set package = cookiecutter.__package
"""The pages of accounts: sign up, in and out."""

import re

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from {= package =}.accounts import service as accounts
from {= package =}.accounts.schemas import NewAccount
from {= package =}.api import read
from {= package =}.errors import Invalid
from {= package =}.security import PER_ADDRESS, throttle

bp = Blueprint("accounts", __name__)

# Browsers drop control characters, and read // and /\ as the start of a host.
LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\\]*")


@bp.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    error, target = "", request.values.get("next", "")
    if request.method == "POST":
        username = request.form.get("username", "")
        if user := accounts.authenticate(username, request.form.get("password", "")):
            accounts.sign_in(user)
            flash("Signed in.")
            return redirect(target if LOCAL_PATH.fullmatch(target) else "/")
        error = "The user name or password is wrong."
    page = render_template(
        "accounts/login.html", values=request.form, errors={}, error=error, next=target
    )
    return page, 422 if error else 200


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    accounts.sign_out()
    flash("Signed out.")
    return redirect("/")


@bp.route("/signup", methods=["GET", "POST"])
def signup() -> ResponseReturnValue:
    if not current_app.config["ALLOW_SIGNUP"]:
        raise NotFound
    errors: dict[str, str] = {}
    if request.method == "POST":
        throttle(PER_ADDRESS, str(request.remote_addr))
        try:
            user = accounts.create_user(read(NewAccount, request.form))
            accounts.sign_in(user)
            flash(f"Welcome, {user.username}.")
            return redirect("/")
        except Invalid as error:
            errors = error.errors
    page = render_template("accounts/signup.html", values=request.form, errors=errors)
    return page, 422 if errors else 200
