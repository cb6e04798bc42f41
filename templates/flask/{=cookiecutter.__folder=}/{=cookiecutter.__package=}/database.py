#% set package = cookiecutter.__package
"""The database session of a request."""

from typing import TypeVar

from flask import abort, current_app, g
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from {= package =}.base import Base

Model = TypeVar("Model", bound=Base)

MAX_ID = 2**31 - 1  # the largest id that every database can look up


def get_session() -> Session:
    """Return the session of this request, opened on first use."""
    if "db_session" not in g:
        # What was saved is shown as it was saved, whatever others do meanwhile.
        g.db_session = Session(current_app.extensions["engine"], expire_on_commit=False)
    session: Session = g.db_session
    return session


def get_or_404(model: type[Model], id: int) -> Model:
    return (get_session().get(model, id) if id <= MAX_ID else None) or abort(404)


def commit() -> None:
    """Save all changes; answer 404 for what is gone, 409 if somebody was faster."""
    try:
        get_session().commit()
    except StaleDataError:
        abort(404)
    except IntegrityError as error:
        current_app.logger.warning("The database refused a change: %s", error.orig)
        abort(409, "Another request was faster.")


def close_session(_error: BaseException | None = None) -> None:
    """Close the session of this request; what was not committed is undone."""
    if session := g.pop("db_session", None):
        session.close()
