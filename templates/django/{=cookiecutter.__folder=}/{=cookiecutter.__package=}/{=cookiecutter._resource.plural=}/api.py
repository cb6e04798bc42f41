#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

from django.db.models import QuerySet
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import {= "Query, " if resource.references =}Router, Status
from ninja.pagination import paginate

from {= package =}.accounts.api import Bearer, UserRequest
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name + "Filter, " if resource.references =}{= resource.class_name =}In, {= resource.class_name =}Out
from {= package =}.schemas import Pages, SearchText{= ", check_entry" if resource.references =}

router = Router(tags=["{= resource.title_plural =}"])


@router.get("", response=list[{= resource.class_name =}Out])
@paginate(Pages)
def list_{= resource.plural =}(request: HttpRequest, {= "filters: Query[%sFilter], " % resource.class_name if resource.references =}q: SearchText = "") -> QuerySet[{= resource.class_name =}]:
    """List the newest {= resource.label_plural =}, or those that `q` finds."""
#% if resource.references
    return filters.filter({= resource.class_name =}.objects.select_related("owner"{! for field in resource.references !}, "{= field.attribute =}"{! endfor !}).search(q))
#% else
    return {= resource.class_name =}.objects.select_related("owner").search(q)
{! endif !}


@router.post("", auth=Bearer(), response={201: {= resource.class_name =}Out})
@atomic
def create_{= resource.name =}(
    request: UserRequest, response: HttpResponse, payload: {= resource.class_name =}In
) -> Status[{= resource.class_name =}]:
    {= resource.name =} = save(payload, {= resource.class_name =}(owner=request.auth))
    response["Location"] = f"{request.path}/{{= resource.name =}.pk}"
    return Status(201, {= resource.name =})


@router.get("/{int:pk}", response={= resource.class_name =}Out)
def read_{= resource.name =}(request: HttpRequest, pk: int) -> {= resource.class_name =}:
    return get_object_or_404({= resource.class_name =}.objects.select_related("owner"{! for field in resource.references !}, "{= field.attribute =}"{! endfor !}), pk=pk)


@router.put("/{int:pk}", auth=Bearer(), response={= resource.class_name =}Out)
@atomic
def update_{= resource.name =}(request: UserRequest, pk: int, payload: {= resource.class_name =}In) -> {= resource.class_name =}:
    """Replace every field of {= resource.article =} {= resource.label =}."""
    return save(payload, {= resource.class_name =}.objects.get_own(request.auth, pk))


@router.delete("/{int:pk}", auth=Bearer(), response={204: None})
@atomic
def delete_{= resource.name =}(request: UserRequest, pk: int) -> Status[None]:
    {= resource.class_name =}.objects.get_own(request.auth, pk).delete()
    return Status(204, None)


def save(payload: {= resource.class_name =}In, {= resource.name =}: {= resource.class_name =}) -> {= resource.class_name =}:
    """Save what was sent, by the model's rules, and return it as it is kept."""
    empty = {= resource.class_name =}()  # for text it has "" where JSON has null
    for name, value in payload{= ".dict(by_alias=True).items()" if resource.references =}:
        setattr({= resource.name =}, name, getattr(empty, name) if value is None else value)
    {= "check_entry(%s)" % resource.name if resource.references else resource.name + ".full_clean()" =}
    {= resource.name =}.save()
#% if resource.references
    # With what it refers to, which may go once this transaction has ended.
    return {= resource.class_name =}.objects.select_related("owner"{! for field in resource.references !}, "{= field.attribute =}"{! endfor !}).get(pk={= resource.name =}.pk)
#% else
    {= resource.name =}.refresh_from_db()
    return {= resource.name =}
#% endif
