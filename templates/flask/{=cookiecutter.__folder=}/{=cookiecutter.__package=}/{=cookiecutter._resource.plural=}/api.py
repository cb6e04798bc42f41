#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

from flask import Blueprint, url_for

from ..api import Endpoint
from ..database import get_or_404, get_session
from ..pagination import ListQuery, Page
from . import service
from .models import {= resource.class_name =}
from .schemas import {= resource.class_name =}In, {= resource.class_name =}Out

bp = Blueprint("{= resource.plural =}_api", __name__, url_prefix="/api/{= resource.url =}")


@bp.get("")
@Endpoint(query=ListQuery, returns=Page[{= resource.class_name =}Out])
def list_{= resource.plural =}(query: ListQuery) -> Page[{= resource.class_name =}]:
    """List {= resource.label_plural =}, the newest first; `q` finds those that contain a text."""
    return service.list_{= resource.plural =}(get_session(), query.q, query.page, query.page_size)


@bp.post("")
@Endpoint(body={= resource.class_name =}In, returns={= resource.class_name =}Out, status=201, token=True{= ', problems=(409,)' if resource.unique_fields =})
def create_{= resource.name =}(body: {= resource.class_name =}In) -> tuple[{= resource.class_name =}, dict[str, str]]:
    """Add {= resource.article =} {= resource.label =}."""
    {= resource.name =} = service.save_{= resource.name =}(get_session(), body)
    return {= resource.name =}, {"Location": url_for(".read_{= resource.name =}", {= resource.name =}_id={= resource.name =}.id)}


@bp.get("/<id:{= resource.name =}_id>")
@Endpoint(returns={= resource.class_name =}Out)
def read_{= resource.name =}({= resource.name =}_id: int) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}."""
    return get_or_404({= resource.class_name =}, {= resource.name =}_id)


@bp.put("/<id:{= resource.name =}_id>")
@Endpoint(body={= resource.class_name =}In, returns={= resource.class_name =}Out, token=True{= ', problems=(409,)' if resource.unique_fields =})
def update_{= resource.name =}({= resource.name =}_id: int, body: {= resource.class_name =}In) -> {= resource.class_name =}:
    """Replace all values of {= resource.article =} {= resource.label =}."""
    return service.save_{= resource.name =}(get_session(), body, get_or_404({= resource.class_name =}, {= resource.name =}_id))


@bp.delete("/<id:{= resource.name =}_id>")
@Endpoint(status=204, token=True)
def delete_{= resource.name =}({= resource.name =}_id: int) -> None:
    """Delete {= resource.article =} {= resource.label =}."""
    service.delete_{= resource.name =}(get_session(), get_or_404({= resource.class_name =}, {= resource.name =}_id))
