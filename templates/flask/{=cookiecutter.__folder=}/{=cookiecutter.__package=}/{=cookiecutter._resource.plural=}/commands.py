#% set resource = cookiecutter._resource
"""The command that adds the first {= resource.label_plural =}."""

import click
from flask.cli import with_appcontext

from ..database import get_session
from . import service
from .schemas import {= resource.class_name =}In

ENTRIES = [
#% for n in range(3)
    {
#% for field in resource.fields
        "{= field.name =}": {= field.entries[n] =},
#% endfor
    },
#% endfor
]


@click.command()
@with_appcontext
def seed() -> None:
    """Add a few {= resource.label_plural =}, unless there are any."""
    session = get_session()
    entries = [] if service.list_{= resource.plural =}(session).total else ENTRIES
    for values in entries:
        service.save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(values))
    click.echo(f"{= resource.title_plural =} added: {len(entries)}.")
