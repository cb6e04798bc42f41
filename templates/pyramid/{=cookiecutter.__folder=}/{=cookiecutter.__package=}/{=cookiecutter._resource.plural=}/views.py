#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
"""The pages of {= resource.label_plural =}."""

from typing import Any

from pydantic import ValidationError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config, view_defaults

from {= package =}.{= resource.plural =}.resources import {= resource.class_name =}Resource, New{= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form{= ", " + query if resource.references =}
from {= package =}.{= resource.plural =}.service import {= "TakenError, " if resource.unique_fields =}{= "UnknownError, " if resource.references =}{= "delete_" + resource.name + ", " if resource.blockers =}find_{= resource.plural =}, {= "find_followers, " if resource.followers =}{= "find_uses, " if resource.blockers =}save_{= resource.name =}
#% for child in resource.dependents
from {= package =}.{= child.plural =}.schemas import {= child.class_name =}Query
from {= package =}.{= child.plural =}.service import find_{= child.plural =}
#% endfor
#% for target in resource.parents
from {= package =}.{= target.plural =}.service import choose_{= target.plural =}
#% endfor
from {= package =}.forms import form_values
from {= package =}.pagination import {= "ListQuery, " if resource.children or not resource.references =}paginate
from {= package =}.values import error_messages


@view_config(route_name="{= resource.plural =}", request_method="GET", renderer="{= resource.plural =}/list.html")
def list_{= resource.plural =}(request: Request) -> dict[str, Any]:
    try:
        query = {= query =}.model_validate(dict(request.GET))
    except ValidationError:
        raise HTTPNotFound from None
    found = paginate(request.dbsession, find_{= resource.plural =}({= "query" if resource.references else "query.q" if resource.search_fields =}), query)
    if found.page > max(found.pages, 1):
        raise HTTPNotFound
#% if resource.references
    filters = query.model_dump(exclude={"q", "page", "page_size"}, exclude_none=True)
    return {"found": found, "q": query.q.strip(), "filters": filters}
#% else
    return {"found": found, "q": query.q.strip()}
{! endif !}


@view_config(route_name="{= resource.name =}", request_method="GET", renderer="{= resource.plural =}/detail.html")
def show_{= resource.name =}(context: {= resource.class_name =}Resource, request: Request) -> dict[str, Any]:
#% if resource.children
    few, session, id = ListQuery(page_size=5), request.dbsession, context.{= resource.name =}.id
    newest = {
#% for each in resource.children
        "{= each.collection =}": paginate(session, find_{= each.child.plural =}({= each.child.class_name =}Query({= each.column =}=id)), few),
#% endfor
    }
    return {"{= resource.name =}": context.{= resource.name =}, "newest": newest}
#% else
    return {"{= resource.name =}": context.{= resource.name =}}
{! endif !}


@view_defaults(permission="edit", renderer="{= resource.plural =}/form.html")
class {= resource.class_name =}Pages:
    def __init__(self, context: {= resource.class_name =}Resource | New{= resource.class_name =}, request: Request) -> None:
        self.{= resource.name =} = context.{= resource.name =}
        self.request = request

#% if resource.references
    def fill(self, values: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
        """Return what the form holds, and what there is to choose from."""
        session = self.request.dbsession
        choices = {
#% for field in resource.references
            "{= field.name =}": choose_{= field.reference.target.plural =}(session, values.get("{= field.name =}", "")),
#% endfor
        }
        form = {"values": values, "errors": errors, "choices": choices}
        return {"{= resource.name =}": self.{= resource.name =}, **form}

#% endif
    @view_config(route_name="{= resource.plural =}.new", request_method="GET")
    def new_{= resource.name =}(self) -> dict[str, Any]:
#% if resource.references
        return self.fill(self.request.GET, {})
#% else
        return {"{= resource.name =}": self.{= resource.name =}, "values": {}, "errors": {}}
{! endif !}

    @view_config(route_name="{= resource.name =}.edit", request_method="GET")
    def edit_{= resource.name =}(self) -> dict[str, Any]:
        values = form_values(self.{= resource.name =}, {= resource.class_name =}Form)
#% if resource.references
        return self.fill(values, {})
#% else
        return {"{= resource.name =}": self.{= resource.name =}, "values": values, "errors": {}}
{! endif !}

    @view_config(route_name="{= resource.plural =}.new", request_method="POST")
    @view_config(route_name="{= resource.name =}.edit", request_method="POST")
    def save_form(self) -> HTTPSeeOther | dict[str, Any]:
        """Save what was posted, or show the form again with what is wrong."""
        form, done = self.request.form, "saved" if self.{= resource.name =}.id else "added"
        try:
            data = {= resource.class_name =}Form.model_validate(form)
            save_{= resource.name =}(self.request.dbsession, self.{= resource.name =}, data)
        except ValidationError as error:
            errors = error_messages(error)
#% if resource.unique_fields
        except TakenError as error:
            errors = {error.field: "This value is taken."}
#% endif
#% if resource.references
        except UnknownError as error:
            errors = {fault["field"]: fault["message"] for fault in error.errors}
#% endif
        else:
            self.request.session.flash(f"{= resource.title =} {done}.")
            return HTTPSeeOther(self.request.route_path("{= resource.name =}", id=self.{= resource.name =}.id))
        self.request.response.status_code = 422
#% if resource.references
        return self.fill(form, errors)
#% else
        return {"{= resource.name =}": self.{= resource.name =}, "values": form, "errors": errors}
{! endif !}

    @view_config(
        route_name="{= resource.name =}.delete", request_method="GET", renderer="{= resource.plural =}/delete.html"
    )
    def confirm_delete(self) -> dict[str, Any]:
#% if resource.children
        session, {= resource.name =} = self.request.dbsession, self.{= resource.name =}
        return {
            "{= resource.name =}": {= resource.name =},
#% if resource.blockers
            "uses": find_uses(session, {= resource.name =}),
#% endif
#% if resource.followers
            "followers": find_followers(session, {= resource.name =}),
#% endif
        }
#% else
        return {"{= resource.name =}": self.{= resource.name =}}
{! endif !}

    @view_config(route_name="{= resource.name =}.delete", request_method="POST")
    def delete_{= resource.name =}(self) -> HTTPSeeOther:
#% if resource.blockers
        delete_{= resource.name =}(self.request.dbsession, self.{= resource.name =})
#% else
        self.request.dbsession.delete(self.{= resource.name =})
#% endif
        self.request.session.flash("{= resource.title =} deleted.")
        return HTTPSeeOther(self.request.route_path("{= resource.plural =}"))
