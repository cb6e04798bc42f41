#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""Find and save {= resource.label_plural =}."""

from pathlib import Path

#% if resource.unique_fields or resource.references or resource.blockers
import pyramid.httpexceptions as exc
#% endif
from pydantic import TypeAdapter
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session{= ", joinedload" if resource.references =}

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In{= ", " + resource.class_name + "Query" if resource.references =}
#% for other in resource.counted + resource.parents
from {= package =}.{= other.plural =}.models import {= other.class_name =}
#% endfor
#% if resource.counted
from {= package =}.pagination import tell_counts
#% endif
{! if resource.unique_fields !}


class TakenError(exc.HTTPConflict):
    """Another entry has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(f"The value of {field} is taken.")
        self.field = field
{! endif !}
{! if resource.references !}


class UnknownError(exc.HTTPUnprocessableEntity):
    """{= resource.article | capitalize =} {= resource.label =} refers to what is not there."""

    def __init__(self, field: str, label: str) -> None:
        super().__init__("Some values are not valid.")
        self.errors = [{"field": field, "message": f"There is no such {label}."}]
{! endif !}


#% if resource.references
def find_{= resource.plural =}(wanted: {= resource.class_name =}Query) -> Select[{= resource.class_name =}]:
    """Return the query for the {= resource.label_plural =} that are wanted, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
    # It fetches what each of them refers to, too.
    query = query.options({= resource.references | map(attribute="joined") | join(", ") =})
#% for field in resource.references
    if wanted.{= field.name =} is not None:
        query = query.where({= resource.class_name =}.{= field.name =} == wanted.{= field.name =})
#% endfor
#% elif resource.search_fields
def find_{= resource.plural =}(text: str) -> Select[{= resource.class_name =}]:
    """Return the query for {= resource.label_plural =} that contain the text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
#% else
def find_{= resource.plural =}() -> Select[{= resource.class_name =}]:
    """Return the query for {= resource.label_plural =}, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
#% endif
#% if resource.search_fields
    if text := {= "wanted.q" if resource.references else "text" =}.strip():
        columns = ({! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !})
        found = (column.icontains(text, autoescape=True) for column in columns)
        query = query.where(or_(*found))
#% endif
    return query


#% if resource.references
def check_references(session: Session, data: {= resource.class_name =}In) -> None:
    """Refuse the id of what is not there."""
    for model, field, label in (
#% for field in resource.references
        ({= field.reference.target.class_name =}, "{= field.name =}", "{= field.reference.target.label =}"),
#% endfor
    ):
        id = getattr(data, field)
        if id is not None and session.get(model, id) is None:
            raise UnknownError(field, label)


#% endif
def save_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}, data: {= resource.class_name =}In) -> None:
    """Replace all values of {= resource.article =} {= resource.label =}, which may be a new one."""
#% if resource.unique_fields
    for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !}):
        value = getattr(data, column.key)
        others = select({= resource.class_name =}.id).where(column == value, {= resource.class_name =}.id != {= resource.name =}.id)
        if value is not None and session.scalar(others):
            raise TakenError(column.key)
#% endif
#% if resource.references
    check_references(session, data)
#% endif
    for name, value in data:
        setattr({= resource.name =}, name, value)
    {= resource.name =}.updated_at = utc_now()
    {= resource.name =}.created_at = {= resource.name =}.created_at or {= resource.name =}.updated_at
    session.add({= resource.name =})
    session.flush()
#% if resource.references
    # What the ids refer to now is looked up when it is asked for.
    session.expire({= resource.name =}, [{! for field in resource.references !}"{= field.reference.name =}"{= ", " if not loop.last =}{! endfor !}])
#% endif
{! for _ in cookiecutter.__pages | select if resource.children !}


def choose_{= resource.plural =}(session: Session, chosen: str) -> list[tuple[str, str]]:
    """Return {= resource.label_plural =} for a form to choose from: the newest 200, and the one that is chosen."""
    newest = session.scalars(select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc()).limit(200))
    choices = {str(entry.id): entry.{= resource.title_attribute =} for entry in newest}
    is_id = chosen.isdecimal() and len(chosen) < 10
    if is_id and (entry := session.get({= resource.class_name =}, int(chosen))):
        choices[str(entry.id)] = entry.{= resource.title_attribute =}
    return list(choices.items())
#% endfor
{! if resource.blockers !}


def find_uses(session: Session, {= resource.name =}: {= resource.class_name =}) -> str:
    """Say what keeps {= resource.article =} {= resource.label =} from being deleted, or nothing."""
    return tell_counts(
        session,
#% for each in resource.blockers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )
#% endif
{! for _ in cookiecutter.__pages | select if resource.followers !}


def find_followers(session: Session, {= resource.name =}: {= resource.class_name =}) -> str:
    """Say what is deleted with {= resource.article =} {= resource.label =}, or nothing."""
    return tell_counts(
        session,
#% for each in resource.followers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )
#% endfor
{! if resource.blockers !}


def delete_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}) -> None:
    """Delete {= resource.article =} {= resource.label =}, unless others refer to it."""
    if uses := find_uses(session, {= resource.name =}):
        raise exc.HTTPConflict(f"Delete what belongs to this {= resource.label =} first: {uses}.")
    session.delete({= resource.name =})
    session.flush()  # what came in the meantime, the database refuses here
{! endif !}


#% if resources | length > 1
def add_examples(session: Session{! for _ in cookiecutter.__accounts | select !}, owner: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: list[{= target.class_name =}]{! endfor !}) -> list[{= resource.class_name =}]:
    """Add a few {= resource.label_plural =}{= ", which refer to others by their number" if resource.references =}, and return them."""
    seed = Path(__file__).with_name("seed.json").read_bytes()
    added = []
    for data in TypeAdapter(list[{= resource.class_name =}In]).validate_json(seed):
#% for field in resource.references
#% if field.optional
        if data.{= field.name =}:
            data.{= field.name =} = {= field.reference.target.plural =}[data.{= field.name =} - 1].id
#% else
        data.{= field.name =} = {= field.reference.target.plural =}[data.{= field.name =} - 1].id
#% endif
#% endfor
        entry = {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=owner{! endfor !})
        save_{= resource.name =}(session, entry, data)
        added.append(entry)
    return added
#% else
def add_examples(session: Session{! for _ in cookiecutter.__accounts | select !}, owner: User{! endfor !}) -> int:
    """Add a few {= resource.label_plural =}, unless there are any; return how many."""
    if session.scalar(select({= resource.class_name =}.id).limit(1)):
        return 0
    seed = Path(__file__).with_name("seed.json").read_bytes()
    examples = TypeAdapter(list[{= resource.class_name =}In]).validate_json(seed)
    for data in examples:
        save_{= resource.name =}(session, {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=owner{! endfor !}), data)
    return len(examples)
#% endif
