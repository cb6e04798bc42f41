"""Lists, a page at a time."""

from typing import Annotated, {= "Any, " if cookiecutter._related =}Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func
from sqlalchemy.orm import Session

Item = TypeVar("Item")


class ListQuery(BaseModel):
    """Which page of a list is asked for; `q` is a text to find."""

    q: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


class Page(BaseModel, Generic[Item]):
    model_config = ConfigDict(arbitrary_types_allowed=True, from_attributes=True)

    items: list[Item]
    page: int
    page_size: int
    total: int
    pages: int


def paginate(session: Session, query: Select[Item], wanted: ListQuery) -> Page[Item]:
    size = wanted.page_size
    count = query.with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(count.order_by(None)) or 0
    rows = session.scalars(query.limit(size).offset((wanted.page - 1) * size))
    pages = -(-total // size)  # rounded up
    return Page(
        items=list(rows), page=wanted.page, page_size=size, total=total, pages=pages
    )
{! if cookiecutter._related !}


def tell_counts(session: Session, *kinds: tuple[Select[Any], str, str]) -> str:
    """Say how many entries queries find, such as "2 comments and 1 loan"."""
    told = []
    for query, one, many in kinds:
        count = query.with_only_columns(func.count(), maintain_column_froms=True)
        if number := session.scalar(count):
            told.append(f"{number} {one if number == 1 else many}")
    return " and ".join(told)
#% endif
