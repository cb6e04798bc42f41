#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import ValidationError

from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form, {= resource.class_name =}Out
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep
from {= package =}.dependencies import ListQueryDep, LoginDep, SessionDep
from {= package =}.forms import form_errors, form_values
from {= package =}.pages import FormDep, redirect, render

router = APIRouter(prefix="/{= resource.url =}")


def get_own_{= resource.name =}(user: LoginDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return {= resource.plural =}_service.check_owner({= resource.name =}, user)


Own{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_own_{= resource.name =})]


@router.get("")
def list_{= resource.plural =}(request: Request, session: SessionDep, wanted: ListQueryDep) -> Response:
    found = {= resource.plural =}_service.list_{= resource.plural =}(session, wanted)
    if found.page > max(found.pages, 1):
        raise HTTPException(404)
    return render(request, "{= resource.plural =}/list.html", found=found, q=wanted.q.strip())


@router.get("/new")
def new_{= resource.name =}(request: Request, _user: LoginDep) -> Response:
    return render(request, "{= resource.plural =}/form.html")


@router.post("/new")
def create_{= resource.name =}(
    request: Request, session: SessionDep, user: LoginDep, form: FormDep
) -> Response:
    {= resource.name =} = {= resource.class_name =}(owner_id=user.id)
    try:
        {= resource.plural =}_service.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = form_errors(error)
        return render(request, "{= resource.plural =}/form.html", 422, values=form, errors=errors)
#% if resource.unique_fields
    except {= resource.plural =}_service.TakenError as error:
        return render(request, "{= resource.plural =}/form.html", 422, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} added.")


@router.get("/{{= resource.name =}_id}")
def show_{= resource.name =}(request: Request, {= resource.name =}: {= resource.class_name =}Dep) -> Response:
    return render(request, "{= resource.plural =}/detail.html", {= resource.name =}={= resource.name =})


@router.get("/{{= resource.name =}_id}/edit")
def edit_{= resource.name =}(request: Request, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    values = form_values({= resource.class_name =}Out.model_validate({= resource.name =}))
    return render(request, "{= resource.plural =}/form.html", {= resource.name =}={= resource.name =}, values=values)


@router.post("/{{= resource.name =}_id}/edit")
def update_{= resource.name =}(
    request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep, form: FormDep
) -> Response:
    try:
        {= resource.plural =}_service.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
    except ValidationError as error:
        errors = form_errors(error)
        return render(
            request, "{= resource.plural =}/form.html", 422, {= resource.name =}={= resource.name =}, values=form, errors=errors
        )
#% if resource.unique_fields
    except {= resource.plural =}_service.TakenError as error:
        return render(request, "{= resource.plural =}/form.html", 422, {= resource.name =}={= resource.name =}, values=form, errors=error.errors)
#% endif
    return redirect(request, f"/{= resource.url =}/{{= resource.name =}.id}", "{= resource.title =} saved.")


@router.get("/{{= resource.name =}_id}/delete")
def confirm_delete(request: Request, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    return render(request, "{= resource.plural =}/delete.html", {= resource.name =}={= resource.name =})


@router.post("/{{= resource.name =}_id}/delete")
def delete_{= resource.name =}(request: Request, session: SessionDep, {= resource.name =}: Own{= resource.class_name =}Dep) -> Response:
    session.delete({= resource.name =})
    session.commit()
    return redirect(request, "/{= resource.url =}", "{= resource.title =} deleted.")
