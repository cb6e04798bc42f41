#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The API of {= r.label_plural =}."""

from math import ceil
from typing import Annotated, Any

#% if r.unique_fields
from django.db import IntegrityError, transaction
#% endif
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Status
from ninja.decorators import decorate_view

from {= package =}.accounts.api import Bearer
from {= package =}.{= r.plural =}.models import {= r.class_name =}
from {= package =}.{= r.plural =}.schemas import {= r.class_name =}In, {= r.class_name =}Out, {= r.class_name =}Page, {= r.class_name =}Query
from {= package =}.problems import Problem, ValidationProblem, takes

router = Router(tags=["{= r.title_plural =}"])

{= r.class_name =}Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
LOCATION = {"description": "Where the {= r.label =} is", "schema": {"type": "string"}}
BODY_ERRORS = {frozenset({400, 401, {= '409, ' if r.unique_fields =}413, 415}): Problem, 422: ValidationProblem}


@router.get("", response={200: {= r.class_name =}Page, 422: ValidationProblem})
def list_{= r.plural =}(request: HttpRequest, query: Query[{= r.class_name =}Query]) -> dict[str, Any]:
    """List the newest {= r.label_plural =}, or those that `q` finds."""
    {= r.plural =} = {= r.class_name =}.objects.search(query.q)
    total = {= r.plural =}.count()
    start = (query.page - 1) * query.page_size
    return {
        "items": {= r.plural =}[start : start + query.page_size],
        "page": query.page,
        "page_size": query.page_size,
        "total": total,
        "pages": ceil(total / query.page_size),
    }


@router.post(
    "",
    auth=Bearer(),
    response={201: {= r.class_name =}Out, **BODY_ERRORS},
    openapi_extra={"responses": {201: {"headers": {"Location": LOCATION}}}},
)
@decorate_view(takes("application/json"))
def create_{= r.name =}(
    request: HttpRequest, response: HttpResponse, payload: {= r.class_name =}In
) -> Status[{= r.class_name =}]:
    """Add {= r.article =} {= r.label =}."""
#% if r.unique_fields
    {= r.name =} = {= r.class_name =}(**payload.model_dump())
    save({= r.name =})
#% else
    {= r.name =} = {= r.class_name =}.objects.create(**payload.model_dump())
#% endif
    response["Location"] = f"{request.path}/{{= r.name =}.pk}"
    return Status(201, {= r.name =})


@router.get("/{int:{= r.name =}_id}", response={200: {= r.class_name =}Out, 404: Problem})
def read_{= r.name =}(request: HttpRequest, {= r.name =}_id: {= r.class_name =}Id) -> {= r.class_name =}:
    """Return {= r.article =} {= r.label =}."""
    return get_object_or_404({= r.class_name =}, pk={= r.name =}_id)


@router.put(
    "/{int:{= r.name =}_id}",
    auth=Bearer(),
    response={200: {= r.class_name =}Out, 404: Problem, **BODY_ERRORS},
)
@decorate_view(takes("application/json"))
def replace_{= r.name =}(request: HttpRequest, {= r.name =}_id: {= r.class_name =}Id, payload: {= r.class_name =}In) -> {= r.class_name =}:
    """Replace every field of {= r.article =} {= r.label =}."""
    {= r.name =} = get_object_or_404({= r.class_name =}, pk={= r.name =}_id)
    for name, value in payload.model_dump().items():
        setattr({= r.name =}, name, value)
#% if r.unique_fields
    save({= r.name =})
#% else
    {= r.name =}.save()
#% endif
    return {= r.name =}


@router.delete(
    "/{int:{= r.name =}_id}",
    auth=Bearer(),
    response={204: None, frozenset({401, 404}): Problem},
)
def delete_{= r.name =}(request: HttpRequest, {= r.name =}_id: {= r.class_name =}Id) -> Status[None]:
    """Delete {= r.article =} {= r.label =}."""
    get_object_or_404({= r.class_name =}, pk={= r.name =}_id).delete()
    return Status(204, None)
{! if r.unique_fields !}


def save({= r.name =}: {= r.class_name =}) -> None:
    """Save {= r.article =} {= r.label =}, or say which of its values another one has already."""
    try:
        with transaction.atomic():
            {= r.name =}.save()
    except IntegrityError:
        {= r.name =}.validate_unique()
        raise
#% endif
