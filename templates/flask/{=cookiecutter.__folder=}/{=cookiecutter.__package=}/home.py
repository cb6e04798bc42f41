"""The start page and the health check."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from .database import get_session

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> str:
    """Say what the project is."""
    return render_template("home.html")


@bp.get("/health")
def check_health() -> ResponseReturnValue:
    """Tell a load balancer whether the database answers."""
    headers = {"Cache-Control": "no-store"}
    try:
        get_session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="unavailable"), 503, headers
    return jsonify(status="ok"), 200, headers
