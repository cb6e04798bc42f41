#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
"""The API of {= resource.label_plural =}."""

from pyramid.httpexceptions import HTTPNoContent
from pyramid.request import Request
from pyramid.view import view_config, view_defaults

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.resources import {= resource.class_name =}Resource, New{= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In, {= resource.class_name =}Out{= ", " + query if resource.references =}
from {= package =}.{= resource.plural =}.service import {= "delete_" + resource.name + ", " if resource.blockers =}find_{= resource.plural =}, save_{= resource.name =}
from {= package =}.pagination import {= "ListQuery, " if not resource.references =}Page, paginate


@view_config(
    route_name="api.{= resource.plural =}", request_method="GET", query={= query =}, returns=Page[{= resource.class_name =}Out]
)
def list_{= resource.plural =}(request: Request) -> Page[{= resource.class_name =}]:
    """List {= resource.label_plural =}, the newest first{= "; `q` finds those that contain a text" if resource.search_fields =}."""
    query: {= query =} = request.validated["query"]
    return paginate(request.dbsession, find_{= resource.plural =}({= "query" if resource.references else "query.q" if resource.search_fields =}), query)


@view_config(route_name="api.{= resource.name =}", request_method="GET", returns={= resource.class_name =}Out)
def read_{= resource.name =}(context: {= resource.class_name =}Resource, request: Request) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}."""
    return context.{= resource.name =}


@view_defaults(route_name="api.{= resource.name =}", permission="edit", returns={= resource.class_name =}Out)
class {= resource.class_name =}API:
    def __init__(self, context: {= resource.class_name =}Resource | New{= resource.class_name =}, request: Request) -> None:
        self.{= resource.name =} = context.{= resource.name =}
        self.request = request

    @view_config(route_name="api.{= resource.plural =}", request_method="POST", body={= resource.class_name =}In, status=201)
    def create_{= resource.name =}(self) -> {= resource.class_name =}:
        """Add {= resource.article =} {= resource.label =}; `Location` is its address."""
        save_{= resource.name =}(self.request.dbsession, self.{= resource.name =}, self.request.validated["body"])
        path = self.request.route_path("api.{= resource.name =}", id=self.{= resource.name =}.id)
        self.request.response.location = path
        return self.{= resource.name =}

    @view_config(request_method="PUT", body={= resource.class_name =}In)
    def update_{= resource.name =}(self) -> {= resource.class_name =}:
        """Replace all values of {= resource.article =} {= resource.label =}."""
        save_{= resource.name =}(self.request.dbsession, self.{= resource.name =}, self.request.validated["body"])
        return self.{= resource.name =}

    @view_config(request_method="DELETE", returns=None, status=204)
    def delete_{= resource.name =}(self) -> HTTPNoContent:
        """Delete {= resource.article =} {= resource.label =}{= ", unless others refer to it" if resource.blockers =}."""
#% if resource.blockers
        delete_{= resource.name =}(self.request.dbsession, self.{= resource.name =})
#% else
        self.request.dbsession.delete(self.{= resource.name =})
#% endif
        return HTTPNoContent()
