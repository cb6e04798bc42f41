#% set package = cookiecutter.__package
"""The start page and the health check."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from {= package =}.accounts.models import User
from {= package =}.database import get_session

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> str:
    return render_template("home.html")


@bp.get("/health")
def check_health() -> ResponseReturnValue:
    """Tell a load balancer whether the database answers and has its tables."""
    headers = {"Cache-Control": "no-store"}
    try:
        get_session().execute(select(User.id).limit(1))
    except SQLAlchemyError:
        return jsonify(status="unavailable"), 503, headers
    return jsonify(status="ok"), 200, headers
