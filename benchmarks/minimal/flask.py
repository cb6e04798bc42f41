"""The list of books by hand in Flask: the same query, and nothing else."""

import datetime as dt
import os
from pathlib import Path

from flask import Flask, Response, render_template, request
from my_project.books.models import Book
from pydantic import AliasPath, BaseModel, ConfigDict, Field
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

engine = create_engine(os.environ["DATABASE_URL"])
app = Flask(__name__, template_folder=str(Path(__file__).parent))


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


@app.get("/api/books")
def api() -> Response:
    """List books as JSON."""
    page = int(request.args.get("page", 1))
    page_size = int(request.args.get("page_size", 20))
    with Session(engine) as session:
        found = Page.model_validate(find(session, page, page_size))
    return Response(found.model_dump_json(), mimetype="application/json")


@app.get("/books")
def books() -> str:
    """List books as a page."""
    with Session(engine) as session:
        page = int(request.args.get("page", 1))
        return render_template("list.html", **find(session, page, 20))
