"""The request that views get."""

from typing import TYPE_CHECKING, Any

import pyramid.request
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from {= cookiecutter.__package =}.accounts.models import User

MAX_BODY_SIZE = 1024 * 1024


class Request(pyramid.request.Request):  # type: ignore[misc]  # Pyramid has no types
    """A request, and what the application adds to it."""

    # No body is larger (see security.py), so none needs a temporary file.
    request_body_tempfile_limit = MAX_BODY_SIZE

    dbsession: Session
    identity: "User | None"
    in_api: bool
    validated: Any
