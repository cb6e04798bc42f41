#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set service = resource.plural + "_service"
#% set refusals = [service + ".TakenError"] if resource.unique_fields else []
#% if resource.references
#% set query, refusals = resource.class_name + "QueryDep", refusals + [service + ".UnknownError"]
#% set render, form_page = "render_form", "request, session"
#% else
#% set query = "ListQueryDep"
#% set render, form_page = "render", 'request, "%s/form.html"' % resource.plural
#% endif
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import ValidationError

from {= package =}.{= resource.plural =} import service as {= service =}
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep
from {= package =}.dependencies import ListQueryDep, LoginDep, SessionDep
from {= package =}.forms import form_values
from {= package =}.pages import FormDep, redirect, render
from {= package =}.values import error_messages
#% if resource.references
from typing import Any
from sqlalchemy.orm import Session
from {= package =}.{= resource.plural =}.service import {= query =}
#% endif
#% for other in resource.parents + resource.dependents
from {= package =}.{= other.plural =} import service as {= other.plural =}_service
#% endfor
#% for child in resource.dependents
from {= package =}.{= child.plural =}.schemas import {= child.class_name =}Query
{! endfor !}

router = APIRouter(prefix="/{= resource.url =}")


def get_own_{= resource.name =}(user: LoginDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return {= service =}.check_owner({= resource.name =}, user)


Own{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_own_{= resource.name =})]


@router.get("")
def list_{= resource.plural =}(request: Request, session: SessionDep, wanted: {= query =}) -> Response:
    found = {= service =}.list_{= resource.plural =}(session, wanted)
    if found.page > max(found.pages, 1):
        raise HTTPException(404)
#% if resource.references
    filters = wanted.model_dump(exclude={"q", "page", "page_size"}, exclude_none=True)
#% endif
    return render(request, "{= resource.plural =}/list.html", found=found, q=wanted.q.strip(){= ", filters=filters" if resource.references =})


#% if resource.references
def render_form(request: Request, session: Session, status: int = 200, *, values: dict[str, str], **context: Any) -> Response:
    """Answer with the form, and what there is to choose from."""
    choices = {
#% for field in resource.references
        "{= field.name =}": {= field.reference.target.plural =}_service.choose_{= field.reference.target.plural =}(session, values.get("{= field.name =}", "")),
#% endfor
    }
    return render(request, "{= resource.plural =}/form.html", status, values=values, choices=choices, **context)


@router.get("/new")
def new_{= resource.name =}(request: Request, session: SessionDep, _user: LoginDep) -> Response:
    return render_form(request, session, values=dict(request.query_params))
#% else
@router.get("/new")
def new_{= resource.name =}(request: Request, _user: LoginDep) -> Response:
    return render(request, "{= resource.plural =}/form.html")
{! endif !}


@router.post("/new")
def create_{= resource.name =}(
    request: Request, session: SessionDep, user: LoginDep, form: FormDep
) -> Response:
    {= resource.name =} = {= resource.class_name =}(owner_id=user.id)
    try:
        {= service =}.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = error_messages(error)
        return {= render =}({= form_page =}, 422, values=form, errors=errors)
#% if refusals
    except ({= refusals | join(", ") =}) as error:
        return {= render =}({= form_page =}, 422, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} added.")


@router.get("/{{= resource.name =}_id}")
def show_{= resource.name =}(request: Request, {= "session: SessionDep, " if resource.children =}{= resource.name =}: {= resource.class_name =}Dep) -> Response:
#% if resource.children
    newest = {
#% for each in resource.children
        "{= each.collection =}": {= each.child.plural =}_service.list_{= each.child.plural =}(session, {= each.child.class_name =}Query({= each.column =}={= resource.name =}.id, page_size=5)),
#% endfor
    }
#% endif
    return render(request, "{= resource.plural =}/detail.html", {= resource.name =}={= resource.name =}{= ", newest=newest" if resource.children =})


@router.get("/{{= resource.name =}_id}/edit")
def edit_{= resource.name =}(request: Request, {= "session: SessionDep, " if resource.references =}{= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    values = form_values({= resource.name =}, {= resource.class_name =}Form)
    return {= render =}({= form_page =}, {= resource.name =}={= resource.name =}, values=values)


@router.post("/{{= resource.name =}_id}/edit")
def update_{= resource.name =}(
    request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep, form: FormDep
) -> Response:
    try:
        {= service =}.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = error_messages(error)
        return {= render =}(
            {= form_page =}, 422, {= resource.name =}={= resource.name =}, values=form, errors=errors
        )
#% if refusals
    except ({= refusals | join(", ") =}) as error:
        return {= render =}({= form_page =}, 422, {= resource.name =}={= resource.name =}, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} saved.")


@router.get("/{{= resource.name =}_id}/delete")
def confirm_delete(request: Request, {= "session: SessionDep, " if resource.children =}{= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
#% if resource.blockers
    uses = {= service =}.find_uses(session, {= resource.name =})
#% endif
#% if resource.followers
    followers = {= service =}.find_followers(session, {= resource.name =})
#% endif
    return render(request, "{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =}{= ", uses=uses" if resource.blockers =}{= ", followers=followers" if resource.followers =})


@router.post("/{{= resource.name =}_id}/delete")
def delete_{= resource.name =}(request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
#% if resource.blockers
    {= service =}.delete_{= resource.name =}(session, {= resource.name =})
#% else
    session.delete({= resource.name =})
    session.commit()
#% endif
    return redirect(request, "/{= resource.url =}", "{= resource.title =} deleted.")
