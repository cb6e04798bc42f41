#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
from typing import Annotated

from fastapi import Depends, HTTPException, Path
from sqlalchemy import or_, select
#% if resource.unique_fields
from sqlalchemy.exc import IntegrityError
#% endif
from sqlalchemy.orm import Session

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.dependencies import SessionDep
from {= package =}.pagination import ListQuery, Page, paginate
#% if resource.references
from fastapi import Query
from sqlalchemy.orm import joinedload
from {= package =}.{= resource.plural =}.schemas import {= query =}
#% endif
#% if resource.children
from {= package =}.pagination import tell_counts
#% endif
#% for other in resource.parents + resource.counted
from {= package =}.{= other.plural =}.models import {= other.class_name =}
{! endfor !}


#% if resource.unique_fields
class TakenError(HTTPException):
    """Another {= resource.label =} has this value already."""

    def __init__(self, field: str) -> None:
        super().__init__(409, f"The value of {field} is taken.")
        self.errors = {field: "This value is taken."}


#% endif
#% if resource.references
class UnknownError(HTTPException):
    """{= resource.article | capitalize =} {= resource.label =} refers to what is not there."""

    def __init__(self, field: str, label: str) -> None:
        super().__init__(422, "Some values are not valid.")
        self.errors = {field: f"There is no such {label}."}


#% endif
def get_{= resource.name =}(
    {= resource.name =}_id: Annotated[int, Path(ge=1, le=2**31 - 1)], session: SessionDep
) -> {= resource.class_name =}:
    {= resource.name =} = session.get({= resource.class_name =}, {= resource.name =}_id)
    if {= resource.name =} is None:
        raise HTTPException(404)
    return {= resource.name =}


{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =})]
#% if resource.references
{= query =}Dep = Annotated[{= query =}, Query()]
{! endif !}


{! for _ in cookiecutter.__accounts | select !}
def check_owner({= resource.name =}: {= resource.class_name =}, user: User) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} to its owner, and answer 403 to others."""
    if {= resource.name =}.owner_id != user.id:
        raise HTTPException(403, "Only its owner may change or delete this {= resource.label =}.")
    return {= resource.name =}


{! endfor !}
def list_{= resource.plural =}(session: Session, wanted: {= query =}) -> Page[{= resource.class_name =}]:
    """Return {= resource.label_plural =} that contain a text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
#% if resource.references
    # One query fetches what each of them refers to, too.
    query = query.options({= resource.references | map(attribute="joined") | join(", ") =})
#% endif
#% for field in resource.references
    if wanted.{= field.name =} is not None:
        query = query.where({= resource.class_name =}.{= field.name =} == wanted.{= field.name =})
#% endfor
#% if resource.search_fields
    if text := wanted.q.strip():
        columns = ({! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last else "," if loop.first =}{! endfor !})
        query = query.where(
            or_(*(column.icontains(text, autoescape=True) for column in columns))
        )
#% endif
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
#% if resource.children
{! for _ in cookiecutter.__pages | select !}
def choose_{= resource.plural =}(session: Session, chosen: str) -> list[tuple[str, str]]:
    """Return {= resource.label_plural =} for a form to choose from: the newest 200, and the one that is chosen."""
    newest = session.scalars(select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc()).limit(200))
    choices = {str({= resource.name =}.id): {= resource.name =}.{= resource.title_attribute =} for {= resource.name =} in newest}
    is_id = chosen.isdecimal() and len(chosen) < 10
    if is_id and ({= resource.name =} := session.get({= resource.class_name =}, int(chosen))):
        choices[str({= resource.name =}.id)] = {= resource.name =}.{= resource.title_attribute =}
    return list(choices.items())


{! endfor !}
#% endif
#% if resource.blockers
def find_uses(session: Session, {= resource.name =}: {= resource.class_name =}) -> str:
    """Say what keeps {= resource.article =} {= resource.label =} from being deleted, or nothing."""
    return tell_counts(
        session,
#% for each in resource.blockers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )


#% endif
#% if resource.followers
{! for _ in cookiecutter.__pages | select !}
def find_followers(session: Session, {= resource.name =}: {= resource.class_name =}) -> str:
    """Say what is deleted with {= resource.article =} {= resource.label =}, or nothing."""
    return tell_counts(
        session,
#% for each in resource.followers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )


{! endfor !}
#% endif
#% if resource.blockers
def delete_{= resource.name =}(session: Session, {= resource.name =}: {= resource.class_name =}) -> None:
    """Delete {= resource.article =} {= resource.label =}, unless others refer to it."""
    if uses := find_uses(session, {= resource.name =}):
        raise HTTPException(409, f"Delete what belongs to this {= resource.label =} first: {uses}.")
    session.delete({= resource.name =})
    session.commit()


#% endif
def save_{= resource.name =}(session: Session, data: {= resource.class_name =}In, {= resource.name =}: {= resource.class_name =}) -> {= resource.class_name =}:
    """Give these values to {= resource.article =} {= resource.label =}, be it new or not."""
#% if resource.unique_fields
    check_unique(session, data, {= resource.name =})
#% endif
#% for field in resource.references
#% set found, target = field.reference.name, field.reference.target
    {= found =} = session.get({= target.class_name =}, data.{= field.name =}){= " if data.%s else None" % field.name if field.optional =}
    if {= "data.%s and " % field.name if field.optional =}{= found =} is None:
        raise UnknownError("{= field.name =}", "{= target.label =}")
#% endfor
    for attribute, value in data:
        setattr({= resource.name =}, attribute, value)
#% for field in resource.references
    {= resource.name =}.{= field.reference.name =} = {= field.reference.name =}
#% endfor
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
