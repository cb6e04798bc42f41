#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from ..accounts.auth import login_required
from ..database import get_or_404, get_session
#% if resource.unique_fields
from ..errors import TakenError, messages
#% else
from ..errors import messages
#% endif
from ..pagination import PageQuery
from . import service
from .models import {= resource.class_name =}
from .schemas import {= resource.class_name =}Form

bp = Blueprint("{= resource.plural =}", __name__, url_prefix="/{= resource.url =}")


@bp.get("")
def list_{= resource.plural =}() -> str:
    """List {= resource.label_plural =}, the newest first."""
    try:
        query = PageQuery.model_validate(request.args.to_dict())
    except ValidationError:
        abort(404)
    found = service.list_{= resource.plural =}(get_session(), query.q, query.page)
    if query.page > max(found.pages, 1):
        abort(404)
    return render_template(
        "{= resource.plural =}/list.html",
        {= resource.plural =}=found.items,
        page=found.page,
        pages=found.pages,
        q=query.q.strip(),
    )


@bp.get("/<id:{= resource.name =}_id>")
def show_{= resource.name =}({= resource.name =}_id: int) -> str:
    """Show {= resource.article =} {= resource.label =}."""
    return render_template("{= resource.plural =}/detail.html", {= resource.name =}=get_or_404({= resource.class_name =}, {= resource.name =}_id))


@bp.route("/new", methods=["GET", "POST"])
@bp.route("/<id:{= resource.name =}_id>/edit", methods=["GET", "POST"])
@login_required
def edit_{= resource.name =}({= resource.name =}_id: int | None = None) -> ResponseReturnValue:
    """Add {= resource.article =} {= resource.label =}, or change one."""
    {= resource.name =} = get_or_404({= resource.class_name =}, {= resource.name =}_id) if {= resource.name =}_id else None
    values: Mapping[str, str] = form_values({= resource.name =}) if {= resource.name =} else {}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = request.form
        try:
            data = {= resource.class_name =}Form.model_validate(values)
            saved = service.save_{= resource.name =}(get_session(), data, {= resource.name =})
        except ValidationError as error:
            errors = messages(error)
#% if resource.unique_fields
        except TakenError as error:
            errors = {error.field: error.description}
#% endif
        else:
            flash("{= resource.title =} saved." if {= resource.name =} else "{= resource.title =} added.")
            return redirect(url_for(".show_{= resource.name =}", {= resource.name =}_id=saved.id))
    page = render_template(
        "{= resource.plural =}/form.html",
        heading="Edit {= resource.label =}" if {= resource.name =} else "New {= resource.label =}",
        back=url_for(".show_{= resource.name =}", {= resource.name =}_id={= resource.name =}.id) if {= resource.name =} else url_for(".list_{= resource.plural =}"),
        values=values,
        errors=errors,
    )
    return page, 422 if errors else 200


@bp.route("/<id:{= resource.name =}_id>/delete", methods=["GET", "POST"])
@login_required
def delete_{= resource.name =}({= resource.name =}_id: int) -> ResponseReturnValue:
    """Delete {= resource.article =} {= resource.label =}, once that is confirmed."""
    {= resource.name =} = get_or_404({= resource.class_name =}, {= resource.name =}_id)
    if request.method == "POST":
        service.delete_{= resource.name =}(get_session(), {= resource.name =})
        flash("{= resource.title =} deleted.")
        return redirect(url_for(".list_{= resource.plural =}"))
    return render_template("{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =})


def form_values({= resource.name =}: {= resource.class_name =}) -> dict[str, str]:
    """Return the values of {= resource.article =} {= resource.label =} as texts of form controls."""
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.text =},
#% endfor
    }
