#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
"""The API of {= resource.label_plural =}."""

from flask import Blueprint, Response, g, request, url_for

from {= package =}.accounts.service import token_required
from {= package =}.api import Describe, read, reply
from {= package =}.{= resource.plural =} import service as {= resource.plural =}
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In, {= resource.class_name =}Out
from {= package =}.database import get_or_404
from {= package =}.pagination import ListQuery, Page
#% if resource.references
from {= package =}.{= resource.plural =}.schemas import {= query =}
{! endif !}

bp = Blueprint("{= resource.plural =}_api", __name__, url_prefix="/api/{= resource.url =}")


@bp.get("")
@Describe(query={= query =}, returns=Page[{= resource.class_name =}Out])
def list_{= resource.plural =}() -> Response:
    """List {= resource.label_plural =}, the newest first{= "; `q` finds those that contain a text" if resource.search_fields =}."""
    found = {= resource.plural =}.list_{= resource.plural =}(read({= query =}, request.args))
    return reply(Page[{= resource.class_name =}Out].model_validate(found))


@bp.post("")
@Describe(body={= resource.class_name =}In, returns={= resource.class_name =}Out, status=201)
@token_required
def create_{= resource.name =}() -> Response:
    """Add {= resource.article =} {= resource.label =}."""
    {= resource.name =} = {= resource.plural =}.create_{= resource.name =}(read({= resource.class_name =}In, request.get_data()), g.user)
    response = reply({= resource.class_name =}Out.model_validate({= resource.name =}), 201)
    response.location = url_for(".read_{= resource.name =}", {= resource.name =}_id={= resource.name =}.id)
    return response


@bp.get("/<int:{= resource.name =}_id>")
@Describe(returns={= resource.class_name =}Out)
def read_{= resource.name =}({= resource.name =}_id: int) -> Response:
    """Return {= resource.article =} {= resource.label =}."""
    return reply({= resource.class_name =}Out.model_validate(get_or_404({= resource.class_name =}, {= resource.name =}_id)))


@bp.put("/<int:{= resource.name =}_id>")
@Describe(body={= resource.class_name =}In, returns={= resource.class_name =}Out)
@token_required
def update_{= resource.name =}({= resource.name =}_id: int) -> Response:
    """Replace all values of {= resource.article =} {= resource.label =} of yours."""
    {= resource.name =} = {= resource.plural =}.get_own_{= resource.name =}({= resource.name =}_id)
    {= resource.plural =}.update_{= resource.name =}({= resource.name =}, read({= resource.class_name =}In, request.get_data()))
    return reply({= resource.class_name =}Out.model_validate({= resource.name =}))


@bp.delete("/<int:{= resource.name =}_id>")
@Describe(status=204)
@token_required
def delete_{= resource.name =}({= resource.name =}_id: int) -> Response:
    """Delete {= resource.article =} {= resource.label =} of yours."""
    {= resource.name =} = {= resource.plural =}.get_own_{= resource.name =}({= resource.name =}_id)
    {= resource.plural =}.delete_{= resource.name =}({= resource.name =})
    return Response(status=204)
