#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from {= package =}.accounts.auth import load_user, require_login
from {= package =}.{= resource.plural =} import service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.service import {= resource.class_name =}Dep
from {= package =}.database import SessionDep
#% if resource.unique_fields
from {= package =}.errors import ConflictError
#% endif
from {= package =}.pages import FormDep, add_message, form_errors, render
from {= package =}.pagination import PageNumber, SearchText

router = APIRouter(
    prefix="/{= resource.url =}", include_in_schema=False, dependencies=[Depends(load_user)]
)
signed_in = Depends(require_login)


@router.get("")
def list_{= resource.plural =}(
    request: Request, session: SessionDep, q: SearchText = "", page: PageNumber = 1
) -> Response:
    """List {= resource.label_plural =}, the newest first."""
    found = service.list_{= resource.plural =}(session, q, page)
    if page > max(found.pages, 1):
        raise HTTPException(status_code=404)
    context = {"{= resource.plural =}": found.items, "page": page, "pages": found.pages, "q": q.strip()}
    return render(request, "{= resource.plural =}/list.html", context)


@router.get("/new", dependencies=[signed_in])
@router.post("/new", dependencies=[signed_in])
def create_{= resource.name =}(request: Request, session: SessionDep, form: FormDep) -> Response:
    """Ask for {= resource.article =} {= resource.label =}, and add it."""
    return _edit(request, session, form, None)


@router.get("/{{= resource.name =}_id}")
def show_{= resource.name =}(request: Request, {= resource.name =}: {= resource.class_name =}Dep) -> Response:
    """Show {= resource.article =} {= resource.label =}."""
    return render(request, "{= resource.plural =}/detail.html", {"{= resource.name =}": {= resource.name =}})


@router.get("/{{= resource.name =}_id}/edit", dependencies=[signed_in])
@router.post("/{{= resource.name =}_id}/edit", dependencies=[signed_in])
def update_{= resource.name =}(
    request: Request, session: SessionDep, form: FormDep, {= resource.name =}: {= resource.class_name =}Dep
) -> Response:
    """Ask for changes to {= resource.article =} {= resource.label =}, and make them."""
    return _edit(request, session, form, {= resource.name =})


@router.get("/{{= resource.name =}_id}/delete", dependencies=[signed_in])
@router.post("/{{= resource.name =}_id}/delete", dependencies=[signed_in])
def delete_{= resource.name =}(
    request: Request, session: SessionDep, form: FormDep, {= resource.name =}: {= resource.class_name =}Dep
) -> Response:
    """Ask whether to delete {= resource.article =} {= resource.label =}, and delete it."""
    if form is None:
        return render(request, "{= resource.plural =}/delete.html", {"{= resource.name =}": {= resource.name =}})
    service.delete_{= resource.name =}(session, {= resource.name =})
    add_message(request, "{= resource.title =} deleted.")
    return RedirectResponse("/{= resource.url =}", status_code=303)


def _edit(
    request: Request, session: SessionDep, form: FormDep, {= resource.name =}: {= resource.class_name =} | None
) -> Response:
    errors: dict[str, str] = {}
    if form is not None:
        try:
            saved = service.save_{= resource.name =}(session, {= resource.class_name =}Form.model_validate(form), {= resource.name =})
        except ValidationError as error:
            errors = form_errors(error)
#% if resource.unique_fields
        except ConflictError as error:
            errors = {error.field: "This is taken."}
#% endif
        else:
            add_message(request, "{= resource.title =} saved." if {= resource.name =} else "{= resource.title =} added.")
            return RedirectResponse(f"/{= resource.url =}/{saved.id}", status_code=303)
    context = {
        "heading": f"Edit {{= resource.name =}.{= resource.title_field =}}" if {= resource.name =} else "New {= resource.label =}",
        "back": f"/{= resource.url =}/{{= resource.name =}.id}" if {= resource.name =} else "/{= resource.url =}",
        "values": form or (_values({= resource.name =}) if {= resource.name =} else {}),
        "errors": errors,
    }
    return render(request, "{= resource.plural =}/form.html", context, 422 if errors else 200)


def _values({= resource.name =}: {= resource.class_name =}) -> dict[str, str]:
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.text =},
#% endfor
    }
