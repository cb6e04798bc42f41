"""Lists, a page at a time."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Item = TypeVar("Item")
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PageSize = Annotated[int, Query(ge=1, le=100)]
SearchText = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


class Page(BaseModel, Generic[Item]):
    """A page of a list, and how many pages and items there are."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    items: list[Item]
    page: int
    page_size: int
    total: int
    pages: int


def paginate(
    session: Session, query: Select[Item], page: int, page_size: int
) -> Page[Item]:
    """Return one page of what a query finds."""
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(query.limit(page_size).offset((page - 1) * page_size))
    pages = -(-total // page_size)
    return Page(
        items=list(rows), page=page, page_size=page_size, total=total, pages=pages
    )
