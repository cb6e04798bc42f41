#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Find and change {= resource.label_plural =}."""

from typing import Annotated

from fastapi import Depends, HTTPException
from sqlalchemy import or_, select
#% if resource.unique_fields
from sqlalchemy.exc import IntegrityError
#% endif
from sqlalchemy.orm import Session

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.database import SessionDep, utc_now
#% if resource.unique_fields
from {= package =}.errors import ConflictError
#% endif
from {= package =}.pagination import Page, paginate
from {= package =}.types import Id


def get_{= resource.name =}({= resource.name =}_id: Id, session: SessionDep) -> {= resource.class_name =}:
    """Return the {= resource.label =} that an address names, or answer 404."""
    {= resource.name =} = session.get({= resource.class_name =}, {= resource.name =}_id)
    if {= resource.name =} is None:
        raise HTTPException(status_code=404)
    return {= resource.name =}


{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =})]


def list_{= resource.plural =}(
    session: Session, text: str, page: int, page_size: int = 20
) -> Page[{= resource.class_name =}]:
    """Return {= resource.label_plural =} that contain the text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
    if text := text.strip():
        columns = ({! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !})
        query = query.where(
            or_(*(column.icontains(text, autoescape=True) for column in columns))
        )
    return paginate(session, query, page, page_size)


def save_{= resource.name =}(session: Session, data: {= resource.class_name =}In, {= resource.name =}: {= resource.class_name =} | None = None) -> {= resource.class_name =}:
    """Add {= resource.article =} {= resource.label =}, or replace all values of one."""
    {= resource.name =} = {= resource.name =} or {= resource.class_name =}()
    for name, value in data.model_dump().items():
        setattr({= resource.name =}, name, value)
    {= resource.name =}.updated_at = utc_now()
    session.add({= resource.name =})
#% if resource.unique_fields
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !}):
            same = column == getattr(data, column.key)
            other = {= resource.class_name =}.id != {= resource.name =}.id
            if session.scalar(select({= resource.class_name =}.id).where(same, other)):
                raise ConflictError(column.key) from None
        raise
#% else
    session.commit()
#% endif
    return {= resource.name =}


def delete_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}) -> None:
    """Delete {= resource.article =} {= resource.label =}."""
    session.delete({= resource.name =})
    session.commit()
