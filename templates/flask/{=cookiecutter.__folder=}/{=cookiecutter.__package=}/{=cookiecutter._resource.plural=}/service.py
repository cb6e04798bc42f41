#% set resource = cookiecutter._resource
"""Find and change {= resource.label_plural =}."""

from sqlalchemy import or_, select
#% if resource.unique_fields
from sqlalchemy.exc import IntegrityError
#% endif
from sqlalchemy.orm import Session

from ..database import utc_now
#% if resource.unique_fields
from ..errors import TakenError
#% endif
from ..pagination import Page, paginate
from .models import {= resource.class_name =}
from .schemas import {= resource.class_name =}In


def list_{= resource.plural =}(
    session: Session, text: str = "", page: int = 1, page_size: int = 20
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
                raise TakenError(column.key) from None
        raise
#% else
    session.commit()
#% endif
    return {= resource.name =}


def delete_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}) -> None:
    """Delete {= resource.article =} {= resource.label =}."""
    session.delete({= resource.name =})
    session.commit()
