#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
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
#% endfor
#% for _ in cookiecutter.__pages | select
#% for each in resources
from {= package =}.{= each.plural =} import service as {= each.plural =}
#% if each.references
from {= package =}.{= each.plural =}.schemas import {= each.class_name =}Query
#% endif
#% endfor
#% endfor
#% for _ in cookiecutter.__open | select
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
from {= package =}.database import get_session
#% for _ in cookiecutter.__pages | select if resources | rejectattr("references") | list
from {= package =}.pagination import ListQuery
{! endfor !}

bp = Blueprint("home", __name__)


@bp.get("/")
#% for _ in cookiecutter.__pages | select
def show_home() -> str:
    newest = {{! for each in resources !}"{= each.plural =}": {= each.plural =}.list_{= each.plural =}({= each.class_name ~ "Query" if each.references else "ListQuery" =}(page_size=4)){= ", " if not loop.last =}{! endfor !}}
    return render_template("home.html", newest=newest)
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
