"""The list of books by hand in Django and Ninja: the same query, and nothing else.

The settings are the project's, without its middleware and with this module's URLs.
"""

import os
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "minimal_settings"

from django.core.wsgi import get_wsgi_application

app = get_wsgi_application()

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from my_project.books.models import Book
from ninja import Field, ModelSchema, NinjaAPI, Schema

template = Engine([str(Path(__file__).parent)]).get_template("list_django.html")
ninja = NinjaAPI()


class BookOut(ModelSchema):
    """A book, as the API sends it."""

    id: int
    owner: str = Field(alias="owner.username")

    class Meta:
        """The fields that are the model's."""

        model = Book
        fields = (
            "title",
            "author",
            "summary",
            "pages",
            "finished",
            "created_at",
            "updated_at",
        )


class Page(Schema):
    """A page of the list."""

    items: list[BookOut]
    page: int
    page_size: int
    total: int
    pages: int


def find(page: int, page_size: int) -> dict[str, object]:
    """Ask for one page of books, and for how many there are."""
    total = Book.objects.count()
    start = (page - 1) * page_size
    query = Book.objects.select_related("owner").order_by("-id")
    return {
        "items": list(query[start : start + page_size]),
        "page": page,
        "page_size": page_size,
        "total": total,
        "pages": -(-total // page_size),
    }


@ninja.get("/books", response=Page)
def api(request: HttpRequest, page: int = 1, page_size: int = 20) -> dict[str, object]:
    """List books as JSON."""
    return find(page, page_size)


def books(request: HttpRequest) -> HttpResponse:
    """List books as a page."""
    page = int(request.GET.get("page", 1))
    return HttpResponse(template.render(Context(find(page, 20))))


urlpatterns = [path("api/", ninja.urls), path("books", books)]
