"""The list of books by hand in Pyramid: the same query, and nothing else."""

import datetime as dt
import os
from pathlib import Path

from my_project.books.models import Book
from pydantic import AliasPath, BaseModel, ConfigDict, Field
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

engine = create_engine(os.environ["DATABASE_URL"])


class BookOut(BaseModel):
    """A book, as the API sends it."""

    model_config = ConfigDict(from_attributes=True)

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


def api(request: Request) -> Response:
    """List books as JSON."""
    page = int(request.GET.get("page", 1))
    page_size = int(request.GET.get("page_size", 20))
    with Session(engine) as session:
        found = Page.model_validate(find(session, page, page_size))
    return Response(
        found.model_dump_json(), content_type="application/json", charset="UTF-8"
    )


def books(request: Request) -> dict[str, object]:
    """List books as a page."""
    page = int(request.GET.get("page", 1))
    session = Session(engine)
    request.add_finished_callback(lambda _: session.close())
    return find(session, page, 20)


with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".html")
    config.add_jinja2_search_path(str(Path(__file__).parent), name=".html")
    config.add_route("api", "/api/books")
    config.add_route("books", "/books")
    config.add_view(api, route_name="api")
    config.add_view(books, route_name="books", renderer="list.html")
    app = config.make_wsgi_app()
