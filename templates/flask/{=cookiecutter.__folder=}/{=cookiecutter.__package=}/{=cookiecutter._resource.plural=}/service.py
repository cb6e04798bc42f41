#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set query = resource.class_name + "Query" if resource.references else "ListQuery"
"""Find and change {= resource.label_plural =}."""

from flask import abort, g
from sqlalchemy import or_, select

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
from {= package =}.base import utc_now
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.database import commit, get_or_404, get_session
#% if resource.unique_fields
from {= package =}.errors import Taken
#% endif
from {= package =}.pagination import ListQuery, Page, paginate
#% if resource.references
from typing import Any
from sqlalchemy.orm import joinedload
from {= package =}.errors import Invalid
from {= package =}.{= resource.plural =}.schemas import {= query =}
#% endif
#% if resource.children
from {= package =}.pagination import tell_counts
#% endif
#% for other in resource.parents + resource.counted
from {= package =}.{= other.plural =}.models import {= other.class_name =}
{! endfor !}


def list_{= resource.plural =}(wanted: {= query =}) -> Page[{= resource.class_name =}]:
    """Return {= resource.label_plural =} that contain the text, the newest first."""
    query = select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc())
#% if resource.references
    # One query fetches what each of them refers to, too.
    query = query.options({= resource.references | map(attribute="joined") | join(", ") =})
#% for field in resource.references
    if wanted.{= field.name =} is not None:
        query = query.where({= resource.class_name =}.{= field.name =} == wanted.{= field.name =})
#% endfor
#% endif
#% if resource.search_fields
    if text := wanted.q.strip():
        columns = [{! for name in resource.search_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last =}{! endfor !}]
        matches = [column.icontains(text, autoescape=True) for column in columns]
        query = query.where(or_(*matches))
#% endif
    return paginate(get_session(), query, wanted)


{! for _ in cookiecutter.__accounts | select !}
def get_own_{= resource.name =}(id: int) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} of who is signed in, or answer 404 or 403."""
    {= resource.name =} = get_or_404({= resource.class_name =}, id)
    if {= resource.name =}.owner_id != g.user.id:
        abort(403, "Only its owner may change or delete this {= resource.label =}.")
    return {= resource.name =}


{! endfor !}
def create_{= resource.name =}(data: {= resource.class_name =}In{! for _ in cookiecutter.__accounts | select !}, owner: User{! endfor !}) -> {= resource.class_name =}:
#% if resource.unique_fields
    check_unique(data)
#% endif
    {= resource.name =} = {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=owner, {! endfor !}**data.model_dump(){= ", **get_references(data)" if resource.references =})
    get_session().add({= resource.name =})
    commit()
    return {= resource.name =}


def update_{= resource.name =}({= resource.name =}: {= resource.class_name =}, data: {= resource.class_name =}In) -> None:
#% if resource.unique_fields
    check_unique(data, {= resource.name =}.id)
#% endif
    for name, value in {= "(data.model_dump() | get_references(data))" if resource.references else "data.model_dump()" =}.items():
        setattr({= resource.name =}, name, value)
    {= resource.name =}.updated_at = utc_now()
    commit()


def delete_{= resource.name =}({= resource.name =}: {= resource.class_name =}) -> None:
#% if resource.blockers
    if uses := find_uses({= resource.name =}):
        abort(409, f"Delete what belongs to this {= resource.label =} first: {uses}.")
#% endif
    get_session().delete({= resource.name =})
    commit()
#% if resource.blockers


def find_uses({= resource.name =}: {= resource.class_name =}) -> str:
    """Say what keeps {= resource.article =} {= resource.label =} from being deleted, or nothing."""
    return tell_counts(
        get_session(),
#% for each in resource.blockers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )
#% endif
#% for _ in cookiecutter.__pages | select
#% if resource.followers


def find_followers({= resource.name =}: {= resource.class_name =}) -> str:
    """Say what is deleted with {= resource.article =} {= resource.label =}, or nothing."""
    return tell_counts(
        get_session(),
#% for each in resource.followers
        (select({= each.child.class_name =}).where({= each.condition =}), "{= each.child.label =}", "{= each.child.label_plural =}"),
#% endfor
    )
#% endif
#% if resource.children


def choose_{= resource.plural =}(chosen: str) -> list[tuple[str, str]]:
    """Return {= resource.label_plural =} for a form to choose from: the newest 200, and the one that is chosen."""
    newest = get_session().scalars(select({= resource.class_name =}).order_by({= resource.class_name =}.id.desc()).limit(200))
    choices = {str({= resource.name =}.id): {= resource.name =}.{= resource.title_attribute =} for {= resource.name =} in newest}
    is_id = chosen.isdecimal() and len(chosen) < 10
    if is_id and ({= resource.name =} := get_session().get({= resource.class_name =}, int(chosen))):
        choices[str({= resource.name =}.id)] = {= resource.name =}.{= resource.title_attribute =}
    return list(choices.items())
#% endif
#% endfor
#% if resource.unique_fields


def check_unique(data: {= resource.class_name =}In, id: int | None = None) -> None:
    """Answer 409 if another {= resource.label =} has one of the values that only one may have."""
    for column in ({! for name in resource.unique_fields !}{= resource.class_name =}.{= name =}{= ", " if not loop.last =}{! endfor !},):
        value = getattr(data, column.key)
        others = select({= resource.class_name =}.id).where(column == value, {= resource.class_name =}.id != id)
        if value is not None and get_session().scalar(others):
            raise Taken(column.key)
#% endif
#% if resource.references


def get_references(data: {= resource.class_name =}In) -> dict[str, Any]:
    """Return what {= resource.article =} {= resource.label =} refers to, or answer 422 for what is not there."""
    found: dict[str, Any] = {
#% for field in resource.references
        "{= field.reference.name =}": {= "data.%s and " % field.name if field.optional =}get_session().get({= field.reference.target.class_name =}, data.{= field.name =}),
#% endfor
    }
#% for field in resource.references
    if {= "data.%s and " % field.name if field.optional =}found["{= field.reference.name =}"] is None:
        raise Invalid({"{= field.name =}": "There is no such {= field.reference.target.label =}."})
#% endfor
    return found
#% endif
