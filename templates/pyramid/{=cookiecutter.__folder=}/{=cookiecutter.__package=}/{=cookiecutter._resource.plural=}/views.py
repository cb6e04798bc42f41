#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

from typing import Any

from pydantic import ValidationError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config, view_defaults

from {= package =}.{= resource.plural =}.resources import {= resource.class_name =}Resource, New{= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form, {= resource.class_name =}Out
#% if resource.unique_fields
from {= package =}.{= resource.plural =}.service import TakenError, find_{= resource.plural =}, save_{= resource.name =}
#% else
from {= package =}.{= resource.plural =}.service import find_{= resource.plural =}, save_{= resource.name =}
#% endif
from {= package =}.forms import form_errors, form_values
from {= package =}.pagination import ListQuery, paginate


@view_config(route_name="{= resource.plural =}", request_method="GET", renderer="{= resource.plural =}/list.html")
def list_{= resource.plural =}(request: Request) -> dict[str, Any]:
    try:
        query = ListQuery.model_validate(dict(request.GET))
    except ValidationError:
        raise HTTPNotFound from None
    found = paginate(request.dbsession, find_{= resource.plural =}(query.q), query)
    if found.page > max(found.pages, 1):
        raise HTTPNotFound
    return {"found": found, "q": query.q.strip()}


@view_config(route_name="{= resource.name =}", request_method="GET", renderer="{= resource.plural =}/detail.html")
def show_{= resource.name =}(context: {= resource.class_name =}Resource, request: Request) -> dict[str, Any]:
    return {"{= resource.name =}": context.{= resource.name =}}


@view_defaults(permission="edit", renderer="{= resource.plural =}/form.html")
class {= resource.class_name =}Pages:
    def __init__(self, context: {= resource.class_name =}Resource | New{= resource.class_name =}, request: Request) -> None:
        self.{= resource.name =} = context.{= resource.name =}
        self.request = request

    @view_config(route_name="{= resource.plural =}.new", request_method="GET")
    def new_{= resource.name =}(self) -> dict[str, Any]:
        return {"{= resource.name =}": self.{= resource.name =}, "values": {}, "errors": {}}

    @view_config(route_name="{= resource.name =}.edit", request_method="GET")
    def edit_{= resource.name =}(self) -> dict[str, Any]:
        values = form_values({= resource.class_name =}Out.model_validate(self.{= resource.name =}))
        return {"{= resource.name =}": self.{= resource.name =}, "values": values, "errors": {}}

    @view_config(route_name="{= resource.plural =}.new", request_method="POST")
    @view_config(route_name="{= resource.name =}.edit", request_method="POST")
    def save_form(self) -> HTTPSeeOther | dict[str, Any]:
        """Save what was posted, or show the form again with what is wrong."""
        form, done = self.request.form, "saved" if self.{= resource.name =}.id else "added"
        try:
            data = {= resource.class_name =}Form.model_validate(form)
            save_{= resource.name =}(self.request.dbsession, self.{= resource.name =}, data)
        except ValidationError as error:
            errors = form_errors(error)
#% if resource.unique_fields
        except TakenError as error:
            errors = {error.field: "This value is taken."}
#% endif
        else:
            self.request.session.flash(f"{= resource.title =} {done}.")
            return HTTPSeeOther(self.request.route_path("{= resource.name =}", id=self.{= resource.name =}.id))
        self.request.response.status_code = 422
        return {"{= resource.name =}": self.{= resource.name =}, "values": form, "errors": errors}

    @view_config(
        route_name="{= resource.name =}.delete", request_method="GET", renderer="{= resource.plural =}/delete.html"
    )
    def confirm_delete(self) -> dict[str, Any]:
        return {"{= resource.name =}": self.{= resource.name =}}

    @view_config(route_name="{= resource.name =}.delete", request_method="POST")
    def delete_{= resource.name =}(self) -> HTTPSeeOther:
        self.request.dbsession.delete(self.{= resource.name =})
        self.request.session.flash("{= resource.title =} deleted.")
        return HTTPSeeOther(self.request.route_path("{= resource.plural =}"))
