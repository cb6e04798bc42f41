#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In, {= resource.class_name =}Out
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep{= ", " + resource.class_name + "QueryDep" if resource.references =}
from {= package =}.dependencies import {= "ListQueryDep, " if not resource.references =}SessionDep, TokenDep
from {= package =}.errors import problems
from {= package =}.pagination import Page

router = APIRouter(prefix="/api/{= resource.url =}", tags=["{= resource.plural =}"])


def get_own_{= resource.name =}(user: TokenDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return {= resource.plural =}_service.check_owner({= resource.name =}, user)


Own{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_own_{= resource.name =})]


@router.get("", response_model=Page[{= resource.class_name =}Out], responses=problems(422))
def list_{= resource.plural =}(session: SessionDep, wanted: {= resource.class_name + "QueryDep" if resource.references else "ListQueryDep" =}) -> Page[{= resource.class_name =}]:
    """List {= resource.label_plural =}, the newest first{= "; `q` finds those that contain a text" if resource.search_fields =}."""
    return {= resource.plural =}_service.list_{= resource.plural =}(session, wanted)


@router.post("", status_code=201, response_model={= resource.class_name =}Out, responses=problems(401, {= "409, " if resource.unique_fields =}422))
def create_{= resource.name =}(
    session: SessionDep, user: TokenDep, data: {= resource.class_name =}In, response: Response
) -> {= resource.class_name =}:
    """Add {= resource.article =} {= resource.label =}."""
    {= resource.name =} = {= resource.plural =}_service.save_{= resource.name =}(session, data, {= resource.class_name =}(owner_id=user.id))
    response.headers["Location"] = f"/api/{= resource.url =}/{{= resource.name =}.id}"
    return {= resource.name =}


@router.get("/{{= resource.name =}_id}", response_model={= resource.class_name =}Out, responses=problems(404, 422))
def read_{= resource.name =}({= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}."""
    return {= resource.name =}


@router.put(
    "/{{= resource.name =}_id}", response_model={= resource.class_name =}Out, responses=problems(401, 403, 404, {= "409, " if resource.unique_fields =}422)
)
def update_{= resource.name =}(session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep, data: {= resource.class_name =}In) -> {= resource.class_name =}:
    """Replace all values of {= resource.article =} {= resource.label =}."""
    return {= resource.plural =}_service.save_{= resource.name =}(session, data, {= resource.name =})


@router.delete("/{{= resource.name =}_id}", status_code=204, responses=problems(401, 403, 404, {= "409, " if resource.blockers =}422))
def delete_{= resource.name =}(session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep) -> None:
    """Delete {= resource.article =} {= resource.label =}."""
#% if resource.blockers
    {= resource.plural =}_service.delete_{= resource.name =}(session, {= resource.name =})
#% else
    session.delete({= resource.name =})
    session.commit()
#% endif
