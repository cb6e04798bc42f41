#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Alembic's environment: run migrations on the database of the settings."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator, create_engine

#% for _ in cookiecutter.__accounts | select
from {= cookiecutter.__package =}.accounts import models as accounts_models  # noqa: F401
#% endfor
from {= cookiecutter.__package =}.base import Base
#% for resource in resources
from {= cookiecutter.__package =}.{= resource.plural =} import models as {= resource.plural =}_models  # noqa: F401
#% endfor
from {= cookiecutter.__package =}.settings import load_settings


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our column types as plain ones, so that no migration imports the app."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


# Tests hand over an engine of their own.
engine = context.config.attributes.get("engine") or create_engine(
    load_settings().database_url
)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
#% for _ in cookiecutter.__sqlite | select
        render_as_batch=True,  # SQLite cannot alter most things in place
#% endfor
    )
    with context.begin_transaction():
        context.run_migrations()
