"""The API: what its views take is checked before they run.

A view says what it takes by an option, the schema of its ``query`` string, its JSON
``body`` or its ``form``, and finds the values in ``request.validated``. The options
``status`` (if not 200) and ``problems`` (what no other option implies) are for the
OpenAPI document.
"""

import json
from typing import Any

from pydantic import BaseModel, ValidationError
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPUnsupportedMediaType
from pyramid.renderers import JSON

from {= cookiecutter.__package =}.errors import Invalid
from {= cookiecutter.__package =}.request import Request

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


def read_query(request: Request) -> dict[str, str]:
    """Return the query string."""
    try:
        return dict(request.GET)
    except UnicodeDecodeError:
        raise HTTPBadRequest("The query is not UTF-8.") from None


def read_body(request: Request) -> Any:
    """Return the JSON, as strict as RFC 8259; Python takes NaN and UTF-16."""
    _check_content_type(request, JSON_TYPE)
    try:
        return json.loads(request.body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise HTTPBadRequest("The body is not JSON in UTF-8.") from None


def read_form(request: Request) -> dict[str, str]:
    """Return the form."""
    _check_content_type(request, FORM_TYPE)
    return dict(request.POST)


READERS = {"query": read_query, "body": read_body, "form": read_form}


def checked_view(view: Any, info: Any) -> Any:
    """Check what the view takes (a view deriver)."""
    options = info.options
    readers = [(READERS[name], options[name]) for name in READERS if name in options]
    if not readers:
        return view

    def wrapper(context: object, request: Request) -> Any:
        for read, schema in readers:
            try:
                request.validated = schema.model_validate(read(request))
            except ValidationError as error:
                raise Invalid(error) from None
        request.response.status_code = options.get("status", 200)
        return view(context, request)

    return wrapper


checked_view.options = (*READERS, "status", "problems")  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    """Add the options of views, and a renderer that takes schemas."""
    config.add_view_deriver(checked_view)
    renderer = JSON()
    renderer.add_adapter(BaseModel, lambda data, request: data.model_dump(mode="json"))
    config.add_renderer("json", renderer)


def _check_content_type(request: Request, expected: str) -> None:
    if request.content_type.lower() != expected:
        raise HTTPUnsupportedMediaType(f"The body must be {expected}.")


def _refuse(constant: str) -> None:
    raise ValueError(constant)
