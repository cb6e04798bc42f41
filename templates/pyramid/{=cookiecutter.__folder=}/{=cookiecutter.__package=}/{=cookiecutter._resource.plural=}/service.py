#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Find and save {= resource.label_plural =}."""

from pathlib import Path

#% if resource.unique_fields
import pyramid.httpexceptions as exc
#% endif
from pydantic import TypeAdapter
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
{! if resource.unique_fields !}


class TakenError(exc.HTTPConflict):  # type: ignore[misc]  # Pyramid has no types
    """Another entry has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(f"The value of {field} is taken.")
        self.field = field
{! endif !}


def find_{= resource.plural =}(text: str) -> Select[{= resource.class_name =}]:
    """Return the query for {= resource.label_plural =} that contain the text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
    if text := text.strip():
        columns = ({! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !})
        found = (column.icontains(text, autoescape=True) for column in columns)
        query = query.where(or_(*found))
    return query


def save_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}, data: {= resource.class_name =}In) -> None:
    """Replace all values of {= resource.article =} {= resource.label =}, which may be a new one."""
#% if resource.unique_fields
    for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !}):
        value = getattr(data, column.key)
        others = select({= resource.class_name =}.id).where(column == value, {= resource.class_name =}.id != {= resource.name =}.id)
        if value is not None and session.scalar(others):
            raise TakenError(column.key)
#% endif
    for name, value in data:
        setattr({= resource.name =}, name, value)
    {= resource.name =}.updated_at = utc_now()
    {= resource.name =}.created_at = {= resource.name =}.created_at or {= resource.name =}.updated_at
    session.add({= resource.name =})
    session.flush()


def add_examples(session: Session, owner: User) -> int:
    """Add a few {= resource.label_plural =}, unless there are any; return how many."""
    if session.scalar(select({= resource.class_name =}.id).limit(1)):
        return 0
    seed = Path(__file__).with_name("seed.json").read_bytes()
    examples = TypeAdapter(list[{= resource.class_name =}In]).validate_json(seed)
    for data in examples:
        save_{= resource.name =}(session, {= resource.class_name =}(owner=owner), data)
    return len(examples)
