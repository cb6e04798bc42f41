#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
from typing import Annotated

from fastapi import Depends, HTTPException, Path
from sqlalchemy import or_, select
#% if resource.unique_fields
from sqlalchemy.exc import IntegrityError
#% endif
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.dependencies import SessionDep
from {= package =}.pagination import ListQuery, Page, paginate


#% if resource.unique_fields
class TakenError(HTTPException):
    """Another {= resource.label =} has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(409, f"The value of {field} is taken.")
        self.errors = {field: "This is taken."}


#% endif
def get_{= resource.name =}(
    {= resource.name =}_id: Annotated[int, Path(ge=1, le=2**31 - 1)], session: SessionDep
) -> {= resource.class_name =}:
    {= resource.name =} = session.get({= resource.class_name =}, {= resource.name =}_id)
    if {= resource.name =} is None:
        raise HTTPException(404)
    return {= resource.name =}


{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =})]


def check_owner({= resource.name =}: {= resource.class_name =}, user: User) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} to its owner, and answer 403 to others."""
    if {= resource.name =}.owner_id != user.id:
        raise HTTPException(403, "Only its owner may change or delete this {= resource.label =}.")
    return {= resource.name =}


def list_{= resource.plural =}(session: Session, wanted: ListQuery) -> Page[{= resource.class_name =}]:
    """Return {= resource.label_plural =} that contain a text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
    if text := wanted.q.strip():
        columns = ({! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !})
        query = query.where(
            or_(*(column.icontains(text, autoescape=True) for column in columns))
        )
    return paginate(session, query, wanted)


#% if resource.unique_fields
def check_unique(session: Session, data: {= resource.class_name =}In, {= resource.name =}: {= resource.class_name =}) -> None:
    """Refuse a value that another {= resource.label =} has; nothing at all is no value."""
    for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !}):
        value = getattr(data, column.key)
        same = select({= resource.class_name =}.id).where(column == value, {= resource.class_name =}.id != {= resource.name =}.id)
        if value is not None and session.scalar(same):
            raise TakenError(column.key)


#% endif
def save_{= resource.name =}(session: Session, data: {= resource.class_name =}In, {= resource.name =}: {= resource.class_name =}) -> {= resource.class_name =}:
    """Give these values to {= resource.article =} {= resource.label =}, be it new or not."""
#% if resource.unique_fields
    check_unique(session, data, {= resource.name =})
#% endif
    for attribute, value in data:
        setattr({= resource.name =}, attribute, value)
    if {= resource.name =}.id:
        {= resource.name =}.updated_at = utc_now()
    session.add({= resource.name =})
#% if resource.unique_fields
    try:
        session.commit()
    except IntegrityError:  # another request was faster
        session.rollback()
        check_unique(session, data, {= resource.name =})
        raise
#% else
    session.commit()
#% endif
    return {= resource.name =}
