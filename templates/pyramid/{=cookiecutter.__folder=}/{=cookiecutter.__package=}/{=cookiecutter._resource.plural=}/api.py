#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

from pyramid.httpexceptions import HTTPNoContent
from pyramid.view import view_config

from {= cookiecutter.__package =}.{= resource.plural =} import service
from {= cookiecutter.__package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= cookiecutter.__package =}.{= resource.plural =}.schemas import {= resource.class_name =}In, {= resource.class_name =}Out
from {= cookiecutter.__package =}.pagination import Page, PageQuery
from {= cookiecutter.__package =}.request import Request


@view_config(
    route_name="api.{= resource.plural =}", request_method="GET", renderer="json", query=PageQuery
)
def list_{= resource.plural =}(request: Request) -> Page[{= resource.class_name =}Out]:
    """List {= resource.label_plural =}, the newest first; `q` finds those that contain a text."""
    query: PageQuery = request.validated
    page = service.list_{= resource.plural =}(request.dbsession, query.q, query.page, query.page_size)
    return Page[{= resource.class_name =}Out].model_validate(page)


@view_config(
    route_name="api.{= resource.plural =}",
    request_method="POST",
    renderer="json",
    permission="write",
    body={= resource.class_name =}In,
    status=201,
#% if resource.unique_fields
    problems=[409],
#% endif
)
def create_{= resource.name =}(request: Request) -> {= resource.class_name =}Out:
    """Add {= resource.article =} {= resource.label =}; `Location` is its address."""
    {= resource.name =} = service.save_{= resource.name =}(request.dbsession, request.validated, {= resource.class_name =}())
    request.response.location = request.route_path("api.{= resource.name =}", id={= resource.name =}.id)
    return {= resource.class_name =}Out.model_validate({= resource.name =})


@view_config(route_name="api.{= resource.name =}", request_method="GET", renderer="json")
def read_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> {= resource.class_name =}Out:
    """Return {= resource.article =} {= resource.label =}."""
    return {= resource.class_name =}Out.model_validate({= resource.name =})


@view_config(
    route_name="api.{= resource.name =}",
    request_method="PUT",
    renderer="json",
    permission="write",
    body={= resource.class_name =}In,
#% if resource.unique_fields
    problems=[409],
#% endif
)
def update_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> {= resource.class_name =}Out:
    """Replace all values of {= resource.article =} {= resource.label =}."""
    service.save_{= resource.name =}(request.dbsession, request.validated, {= resource.name =})
    return {= resource.class_name =}Out.model_validate({= resource.name =})


@view_config(
    route_name="api.{= resource.name =}", request_method="DELETE", permission="write", status=204
)
def delete_{= resource.name =}({= resource.name =}: {= resource.class_name =}, request: Request) -> HTTPNoContent:
    """Delete {= resource.article =} {= resource.label =}."""
    service.delete_{= resource.name =}(request.dbsession, {= resource.name =})
    return HTTPNoContent()
