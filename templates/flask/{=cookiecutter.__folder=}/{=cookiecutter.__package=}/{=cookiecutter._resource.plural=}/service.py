#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Find and change {= resource.label_plural =}."""

from flask import abort, g
from sqlalchemy import or_, select

from {= package =}.accounts.models import User
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.database import commit, get_or_404, get_session
#% if resource.unique_fields
from {= package =}.errors import Taken
#% endif
from {= package =}.pagination import ListQuery, Page, paginate


def list_{= resource.plural =}(wanted: ListQuery) -> Page[{= resource.class_name =}]:
    """Return {= resource.label_plural =} that contain the text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
    if text := wanted.q.strip():
        columns = [{! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last =}{! endfor !}]
        matches = [column.icontains(text, autoescape=True) for column in columns]
        query = query.where(or_(*matches))
    return paginate(get_session(), query, wanted)


def get_own_{= resource.name =}(id: int) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} of who is signed in, or answer 404 or 403."""
    {= resource.name =} = get_or_404({= resource.class_name =}, id)
    if {= resource.name =}.owner_id != g.user.id:
        abort(403, "Only its owner may change or delete this {= resource.label =}.")
    return {= resource.name =}


def create_{= resource.name =}(data: {= resource.class_name =}In, owner: User) -> {= resource.class_name =}:
#% if resource.unique_fields
    check_unique(data)
#% endif
    {= resource.name =} = {= resource.class_name =}(owner=owner, **data.model_dump())
    get_session().add({= resource.name =})
    commit()
    return {= resource.name =}


def update_{= resource.name =}({= resource.name =}: {= resource.class_name =}, data: {= resource.class_name =}In) -> None:
#% if resource.unique_fields
    check_unique(data, {= resource.name =}.id)
#% endif
    for name, value in data.model_dump().items():
        setattr({= resource.name =}, name, value)
    {= resource.name =}.updated_at = utc_now()
    commit()


def delete_{= resource.name =}({= resource.name =}: {= resource.class_name =}) -> None:
    get_session().delete({= resource.name =})
    commit()
#% if resource.unique_fields


def check_unique(data: {= resource.class_name =}In, id: int | None = None) -> None:
    """Answer 409 if another {= resource.label =} has one of the values that only one may have."""
    for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last =}{! endfor !},):
        value = getattr(data, column.key)
        others = select({= resource.class_name =}.id).where(column == value, {= resource.class_name =}.id != id)
        if value is not None and get_session().scalar(others):
            raise Taken(column.key, f"Another {= resource.label =} has this {column.key}.")
#% endif
