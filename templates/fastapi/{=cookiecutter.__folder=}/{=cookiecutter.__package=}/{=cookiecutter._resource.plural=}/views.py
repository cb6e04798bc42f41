#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
from typing import Annotated{= ", Any" if resource.references =}

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import ValidationError
{! if resource.references !}
from sqlalchemy.orm import Session
{! endif !}

from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form, {= resource.class_name =}Out
#% for child in resource.dependents
from {= package =}.{= child.plural =} import service as {= child.plural =}_service
from {= package =}.{= child.plural =}.schemas import {= child.class_name =}Query
#% endfor
#% for target in resource.parents
from {= package =}.{= target.plural =} import service as {= target.plural =}_service
#% endfor
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep{= ", " + resource.class_name + "QueryDep" if resource.references =}
from {= package =}.dependencies import {= "ListQueryDep, " if not resource.references =}LoginDep, SessionDep
from {= package =}.forms import form_errors, form_values
from {= package =}.pages import FormDep, redirect, render

router = APIRouter(prefix="/{= resource.url =}")


def get_own_{= resource.name =}(user: LoginDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return {= resource.plural =}_service.check_owner({= resource.name =}, user)


Own{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_own_{= resource.name =})]


@router.get("")
def list_{= resource.plural =}(request: Request, session: SessionDep, wanted: {= resource.class_name + "QueryDep" if resource.references else "ListQueryDep" =}) -> Response:
    found = {= resource.plural =}_service.list_{= resource.plural =}(session, wanted)
    if found.page > max(found.pages, 1):
        raise HTTPException(404)
#% if resource.references
    filters = wanted.model_dump(exclude={"q", "page", "page_size"}, exclude_none=True)
    return render(request, "{= resource.plural =}/list.html", found=found, q=wanted.q.strip(), filters=filters)
#% else
    return render(request, "{= resource.plural =}/list.html", found=found, q=wanted.q.strip())
{! endif !}


#% if resource.references
def render_form(
    request: Request, session: Session, values: dict[str, str], status: int = 200, **context: Any
) -> Response:
    """Answer with the form, and what there is to choose from."""
    choices = {
#% for field in resource.references
        "{= field.name =}": {= field.reference.target.plural =}_service.choose_{= field.reference.target.plural =}(session, values.get("{= field.name =}", "")),
#% endfor
    }
    return render(request, "{= resource.plural =}/form.html", status, values=values, choices=choices, **context)


#% endif
@router.get("/new")
#% if resource.references
def new_{= resource.name =}(request: Request, session: SessionDep, _user: LoginDep) -> Response:
    return render_form(request, session, dict(request.query_params))
#% else
def new_{= resource.name =}(request: Request, _user: LoginDep) -> Response:
    return render(request, "{= resource.plural =}/form.html")
{! endif !}


@router.post("/new")
def create_{= resource.name =}(
    request: Request, session: SessionDep, user: LoginDep, form: FormDep
) -> Response:
    {= resource.name =} = {= resource.class_name =}(owner_id=user.id)
    try:
        {= resource.plural =}_service.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = form_errors(error)
        return {= "render_form(request, session, form, 422, " if resource.references else 'render(request, "%s/form.html", 422, values=form, ' % resource.plural =}errors=errors)
#% if resource.references
    except {= "(%s_service.TakenError, %s_service.UnknownError)" % (resource.plural, resource.plural) if resource.unique_fields else resource.plural + "_service.UnknownError" =} as error:
        return render_form(request, session, form, 422, errors=error.errors)
#% elif resource.unique_fields
    except {= resource.plural =}_service.TakenError as error:
        return render(request, "{= resource.plural =}/form.html", 422, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} added.")


@router.get("/{{= resource.name =}_id}")
#% if resource.children
def show_{= resource.name =}(request: Request, session: SessionDep, {= resource.name =}: {= resource.class_name =}Dep) -> Response:
    newest = {
#% for each in resource.children
        "{= each.collection =}": {= each.child.plural =}_service.list_{= each.child.plural =}(session, {= each.child.class_name =}Query({= each.column =}={= resource.name =}.id, page_size=5)),
#% endfor
    }
    return render(request, "{= resource.plural =}/detail.html", {= resource.name =}={= resource.name =}, newest=newest)
#% else
def show_{= resource.name =}(request: Request, {= resource.name =}: {= resource.class_name =}Dep) -> Response:
    return render(request, "{= resource.plural =}/detail.html", {= resource.name =}={= resource.name =})
{! endif !}


@router.get("/{{= resource.name =}_id}/edit")
def edit_{= resource.name =}(request: Request, {= "session: SessionDep, " if resource.references =}{= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    values = form_values({= resource.class_name =}Out.model_validate({= resource.name =}))
    return {= "render_form(request, session, values, %s=%s)" % (resource.name, resource.name) if resource.references else 'render(request, "%s/form.html", %s=%s, values=values)' % (resource.plural, resource.name, resource.name) =}


@router.post("/{{= resource.name =}_id}/edit")
def update_{= resource.name =}(
    request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep, form: FormDep
) -> Response:
    try:
        {= resource.plural =}_service.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = form_errors(error)
#% if resource.references
        return render_form(request, session, form, 422, {= resource.name =}={= resource.name =}, errors=errors)
#% else
        return render(
            request, "{= resource.plural =}/form.html", 422, {= resource.name =}={= resource.name =}, values=form, errors=errors
        )
#% endif
#% if resource.references
    except {= "(%s_service.TakenError, %s_service.UnknownError)" % (resource.plural, resource.plural) if resource.unique_fields else resource.plural + "_service.UnknownError" =} as error:
        return render_form(request, session, form, 422, {= resource.name =}={= resource.name =}, errors=error.errors)
#% elif resource.unique_fields
    except {= resource.plural =}_service.TakenError as error:
        return render(request, "{= resource.plural =}/form.html", 422, {= resource.name =}={= resource.name =}, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} saved.")


@router.get("/{{= resource.name =}_id}/delete")
#% if resource.children
def confirm_delete(request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
{! if resource.blockers !}
    uses = {= resource.plural =}_service.find_uses(session, {= resource.name =})
{! endif !}
{! if resource.followers !}
    followers = {= resource.plural =}_service.find_followers(session, {= resource.name =})
{! endif !}
    return render(request, "{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =}{= ", uses=uses" if resource.blockers =}{= ", followers=followers" if resource.followers =})
#% else
def confirm_delete(request: Request, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    return render(request, "{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =})
{! endif !}


@router.post("/{{= resource.name =}_id}/delete")
def delete_{= resource.name =}(request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
#% if resource.blockers
    {= resource.plural =}_service.delete_{= resource.name =}(session, {= resource.name =})
#% else
    session.delete({= resource.name =})
    session.commit()
#% endif
    return redirect(request, "/{= resource.url =}", "{= resource.title =} deleted.")
