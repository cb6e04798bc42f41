"""The list of books by hand in FastAPI: the same query, and nothing else."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response
from fastapi.templating import Jinja2Templates
from my_project.books.models import Book
from pydantic import AliasPath, BaseModel, Field
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

engine = create_engine(os.environ["DATABASE_URL"])
templates = Jinja2Templates(Path(__file__).parent)
app = FastAPI()


class BookOut(BaseModel):
    """A book, as the API sends it."""

    id: int
    owner: str = Field(validation_alias=AliasPath("owner", "username"))
    title: str
    author: str
    summary: str | None
    pages: int | None
    finished: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class Page(BaseModel):
    """A page of the list."""

    items: list[BookOut]
    page: int
    page_size: int
    total: int
    pages: int


def get_session() -> Iterator[Session]:
    """Open a session for one request."""
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def find(session: Session, page: int, page_size: int) -> dict[str, object]:
    """Ask for one page of books, and for how many there are."""
    total = session.scalar(select(func.count()).select_from(Book)) or 0
    query = select(Book).order_by(Book.id.desc())
    rows = session.scalars(query.limit(page_size).offset((page - 1) * page_size))
    return {
        "items": list(rows),
        "page": page,
        "page_size": page_size,
        "total": total,
        "pages": -(-total // page_size),
    }


@app.get("/api/books", response_model=Page)
def api(session: SessionDep, page: int = 1, page_size: int = 20) -> dict[str, object]:
    """List books as JSON."""
    return find(session, page, page_size)


@app.get("/books")
def books(request: Request, session: SessionDep, page: int = 1) -> Response:
    """List books as a page."""
    return templates.TemplateResponse(request, "list.html", find(session, page, 20))
