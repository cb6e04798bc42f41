#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The {= cookiecutter.__texts.home =} and the health check."""

#% for _ in cookiecutter.__pages | select
from flask import Blueprint, jsonify, render_template
#% else
from flask import Blueprint, jsonify, redirect, url_for
#% endfor
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% else
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
from {= package =}.database import get_session

bp = Blueprint("home", __name__)


@bp.get("/")
#% for _ in cookiecutter.__pages | select
def show_home() -> str:
    return render_template("home.html")
#% else
def show_home() -> ResponseReturnValue:
    return redirect(url_for("openapi.show_docs"))
{! endfor !}


@bp.get("/health")
def check_health() -> ResponseReturnValue:
    """Tell a load balancer whether the database answers and has its tables."""
    headers = {"Cache-Control": "no-store"}
    try:
        get_session().execute(select({! for _ in cookiecutter.__accounts | select !}User{! else !}{= resource.class_name =}{! endfor !}.id).limit(1))
    except SQLAlchemyError:
        return jsonify(status="unavailable"), 503, headers
    return jsonify(status="ok"), 200, headers
