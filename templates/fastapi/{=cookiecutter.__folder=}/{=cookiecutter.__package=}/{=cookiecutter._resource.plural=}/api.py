#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

from fastapi import APIRouter, Depends, Response

from {= package =}.accounts.auth import require_token
from {= package =}.api import JSONRoute
from {= package =}.{= resource.plural =} import service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In, {= resource.class_name =}Out
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep
from {= package =}.database import SessionDep
from {= package =}.errors import problems
from {= package =}.pagination import Page, PageNumber, PageSize, SearchText

router = APIRouter(prefix="/api/{= resource.url =}", tags=["{= resource.plural =}"], route_class=JSONRoute)
signed_in = Depends(require_token)

LOCATION = {"Location": {"description": "Its address", "schema": {"type": "string"}}}


@router.get("", response_model=Page[{= resource.class_name =}Out], responses=problems(422))
def list_{= resource.plural =}(
    session: SessionDep,
    q: SearchText = "",
    page: PageNumber = 1,
    page_size: PageSize = 20,
) -> Page[{= resource.class_name =}]:
    """List {= resource.label_plural =}, the newest first; `q` finds those that contain a text."""
    return service.list_{= resource.plural =}(session, q, page, page_size)


@router.post(
    "",
    status_code=201,
    response_model={= resource.class_name =}Out,
    responses={201: {"headers": LOCATION}, **problems(400, 401, {= "409, " if resource.unique_fields =}413, 415, 422)},
    dependencies=[signed_in],
)
def create_{= resource.name =}(session: SessionDep, data: {= resource.class_name =}In, response: Response) -> {= resource.class_name =}:
    """Add {= resource.article =} {= resource.label =}."""
    {= resource.name =} = service.save_{= resource.name =}(session, data)
    response.headers["Location"] = f"/api/{= resource.url =}/{{= resource.name =}.id}"
    return {= resource.name =}


@router.get("/{{= resource.name =}_id}", response_model={= resource.class_name =}Out, responses=problems(404))
def read_{= resource.name =}({= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}."""
    return {= resource.name =}


@router.put(
    "/{{= resource.name =}_id}",
    response_model={= resource.class_name =}Out,
    responses=problems(400, 401, 404, {= "409, " if resource.unique_fields =}413, 415, 422),
    dependencies=[signed_in],
)
def update_{= resource.name =}(session: SessionDep, {= resource.name =}: {= resource.class_name =}Dep, data: {= resource.class_name =}In) -> {= resource.class_name =}:
    """Replace all values of {= resource.article =} {= resource.label =}."""
    return service.save_{= resource.name =}(session, data, {= resource.name =})


@router.delete(
    "/{{= resource.name =}_id}",
    status_code=204,
    responses=problems(401, 404),
    dependencies=[signed_in],
)
def delete_{= resource.name =}(session: SessionDep, {= resource.name =}: {= resource.class_name =}Dep) -> None:
    """Delete {= resource.article =} {= resource.label =}."""
    service.delete_{= resource.name =}(session, {= resource.name =})
