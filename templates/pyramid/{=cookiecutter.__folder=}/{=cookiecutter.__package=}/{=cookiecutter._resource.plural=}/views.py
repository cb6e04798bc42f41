#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

from typing import Any

from pydantic import ValidationError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from {= cookiecutter.__package =}.{= resource.plural =} import service
from {= cookiecutter.__package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= cookiecutter.__package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form
#% if resource.unique_fields
from {= cookiecutter.__package =}.errors import ConflictError
#% endif
from {= cookiecutter.__package =}.forms import form_errors
from {= cookiecutter.__package =}.pagination import PageQuery
from {= cookiecutter.__package =}.request import Request


@view_config(route_name="{= resource.plural =}", request_method="GET", renderer="{= resource.plural =}/list.jinja2")
def list_{= resource.plural =}(request: Request) -> dict[str, Any]:
    """List {= resource.label_plural =}, the newest first."""
    try:
        query = PageQuery.model_validate(dict(request.GET))
    except ValidationError:
        raise HTTPNotFound from None
    found = service.list_{= resource.plural =}(request.dbsession, query.q, query.page)
    if found.page > max(found.pages, 1):
        raise HTTPNotFound
    return {
        "{= resource.plural =}": found.items,
        "page": found.page,
        "pages": found.pages,
        "q": query.q.strip(),
    }


@view_config(route_name="{= resource.name =}", request_method="GET", renderer="{= resource.plural =}/detail.jinja2")
def show_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> dict[str, Any]:
    """Show {= resource.article =} {= resource.label =}."""
    return {"{= resource.name =}": {= resource.name =}}


@view_config(
    route_name="{= resource.plural =}.new",
    request_method=("GET", "POST"),
    renderer="{= resource.plural =}/form.jinja2",
    permission="write",
)
@view_config(
    route_name="{= resource.name =}.edit",
    request_method=("GET", "POST"),
    renderer="{= resource.plural =}/form.jinja2",
    permission="write",
)
def edit_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> HTTPSeeOther | dict[str, Any]:
    """Ask for the values of {= resource.article =} {= resource.label =}, and save them."""
    is_new = {= resource.name =}.id is None
    values = {} if is_new else _values({= resource.name =})
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = dict(request.POST)
        try:
            data = {= resource.class_name =}Form.model_validate(values)
            service.save_{= resource.name =}(request.dbsession, data, {= resource.name =})
        except ValidationError as error:
            errors = form_errors(error)
#% if resource.unique_fields
        except ConflictError as error:
            errors = {error.field: "This is taken."}
#% endif
        else:
            request.session.flash("{= resource.title =} added." if is_new else "{= resource.title =} saved.")
            return HTTPSeeOther(request.route_path("{= resource.name =}", id={= resource.name =}.id))
    if errors:
        request.response.status_code = 422
    return {
        "heading": "New {= resource.label =}" if is_new else f"Edit {{= resource.name =}.{= resource.title_field =}}",
        "back": request.route_path("{= resource.plural =}" if is_new else "{= resource.name =}", id={= resource.name =}.id),
        "values": values,
        "errors": errors,
    }


@view_config(
    route_name="{= resource.name =}.delete",
    request_method=("GET", "POST"),
    renderer="{= resource.plural =}/delete.jinja2",
    permission="write",
)
def delete_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> HTTPSeeOther | dict[str, Any]:
    """Ask whether to delete {= resource.article =} {= resource.label =}, and delete it."""
    if request.method == "POST":
        service.delete_{= resource.name =}(request.dbsession, {= resource.name =})
        request.session.flash("{= resource.title =} deleted.")
        return HTTPSeeOther(request.route_path("{= resource.plural =}"))
    return {"{= resource.name =}": {= resource.name =}}


def _values({= resource.name =}: {= resource.class_name =}) -> dict[str, str]:
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.text =},
#% endfor
    }
