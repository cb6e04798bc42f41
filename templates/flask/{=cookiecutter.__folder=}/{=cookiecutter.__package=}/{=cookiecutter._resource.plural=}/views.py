#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
"""The pages of {= resource.label_plural =}."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from {= package =}.accounts.service import login_required
from {= package =}.api import read
from {= package =}.{= resource.plural =} import service as {= resource.plural =}
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form
from {= package =}.database import get_or_404
from {= package =}.errors import Invalid
from {= package =}.forms import form_values
from {= package =}.pagination import ListQuery
#% if resource.references
from collections.abc import Mapping
from {= package =}.{= resource.plural =}.schemas import {= query =}
#% endif
#% for other in resource.parents + resource.dependents
from {= package =}.{= other.plural =} import service as {= other.plural =}
#% endfor
#% for child in resource.dependents
from {= package =}.{= child.plural =}.schemas import {= child.class_name =}Query
{! endfor !}

bp = Blueprint("{= resource.plural =}", __name__, url_prefix="/{= resource.url =}")


@bp.get("")
def list_{= resource.plural =}() -> str:
    try:
        wanted = read({= query =}, request.args)
    except Invalid:
        raise NotFound from None
    found = {= resource.plural =}.list_{= resource.plural =}(wanted)
    if found.page > max(found.pages, 1):
        raise NotFound
    return render_template("{= resource.plural =}/list.html", found=found, q=wanted.q.strip(){= ", filters=wanted.model_dump(exclude={\"q\", \"page\", \"page_size\"}, exclude_none=True)" if resource.references =})


@bp.get("/<int:{= resource.name =}_id>")
def show_{= resource.name =}({= resource.name =}_id: int) -> str:
    {= resource.name =} = get_or_404({= resource.class_name =}, {= resource.name =}_id)
#% if resource.children
    newest = {
#% for each in resource.children
        "{= each.collection =}": {= each.child.plural =}.list_{= each.child.plural =}({= each.child.class_name =}Query({= each.column =}={= resource.name =}.id, page_size=5)),
#% endfor
    }
#% endif
    return render_template("{= resource.plural =}/detail.html", {= resource.name =}={= resource.name =}{= ", newest=newest" if resource.children =})


@bp.route("/new", methods=["GET", "POST"])
@login_required
def new_{= resource.name =}() -> ResponseReturnValue:
    errors: dict[str, str] = {}
#% if resource.references
    values = request.form if request.method == "POST" else request.args
#% endif
    if request.method == "POST":
        try:
            data = read({= resource.class_name =}Form, request.form)
            {= resource.name =} = {= resource.plural =}.create_{= resource.name =}(data, g.user)
            flash("{= resource.title =} added.")
            return redirect(url_for(".show_{= resource.name =}", {= resource.name =}_id={= resource.name =}.id))
        except Invalid as error:
            errors = error.errors
#% if resource.references
    return render_form(values, errors)
#% else
    page = render_template("{= resource.plural =}/form.html", values=request.form, errors=errors)
    return page, 422 if errors else 200
{! endif !}


@bp.route("/<int:{= resource.name =}_id>/edit", methods=["GET", "POST"])
@login_required
def edit_{= resource.name =}({= resource.name =}_id: int) -> ResponseReturnValue:
    {= resource.name =} = {= resource.plural =}.get_own_{= resource.name =}({= resource.name =}_id)
    values = form_values({= resource.name =}, {= resource.class_name =}Form)
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = request.form.to_dict()
        try:
            {= resource.plural =}.update_{= resource.name =}({= resource.name =}, read({= resource.class_name =}Form, values))
            flash("{= resource.title =} saved.")
            return redirect(url_for(".show_{= resource.name =}", {= resource.name =}_id={= resource.name =}.id))
        except Invalid as error:
            errors = error.errors
#% if resource.references
    return render_form(values, errors, {= resource.name =})
#% else
    page = render_template("{= resource.plural =}/form.html", {= resource.name =}={= resource.name =}, values=values, errors=errors)
    return page, 422 if errors else 200
{! endif !}


@bp.route("/<int:{= resource.name =}_id>/delete", methods=["GET", "POST"])
@login_required
def delete_{= resource.name =}({= resource.name =}_id: int) -> ResponseReturnValue:
    {= resource.name =} = {= resource.plural =}.get_own_{= resource.name =}({= resource.name =}_id)
    if request.method == "POST":
        {= resource.plural =}.delete_{= resource.name =}({= resource.name =})
        flash("{= resource.title =} deleted.")
        return redirect(url_for(".list_{= resource.plural =}"))
    return render_template("{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =}{= ", uses=%s.find_uses(%s)" % (resource.plural, resource.name) if resource.blockers =}{= ", followers=%s.find_followers(%s)" % (resource.plural, resource.name) if resource.followers =})
#% if resource.references


def render_form(values: Mapping[str, str], errors: dict[str, str], {= resource.name =}: {= resource.class_name =} | None = None) -> ResponseReturnValue:
    """Answer with the form, and what there is to choose from."""
    page = render_template("{= resource.plural =}/form.html", {= resource.name =}={= resource.name =}, values=values, errors=errors, choices={
#% for field in resource.references
        "{= field.name =}": {= field.reference.target.plural =}.choose_{= field.reference.target.plural =}(values.get("{= field.name =}", "")),
#% endfor
    })
    return page, 422 if errors else 200
#% endif
