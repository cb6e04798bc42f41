#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Commands: `python -m {= package =} create-user NAME` and `python -m {= package =} seed`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from {= package =}.accounts import auth
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
from {= package =}.database import create_engine
from {= package =}.settings import load_settings

SEED = Path(__file__).parent / "{= resource.plural =}" / "seed.json"


@click.group()
def main() -> None:
    """Look after the accounts and the data of {= cookiecutter.project_name =}."""


@main.command()
@click.argument("name")
@click.password_option()
def create_user(name: str, password: str) -> None:
    """Make an account, which may add, edit and delete."""
    if not name.strip() or len(name) > 150:
        raise click.ClickException("A user name has 1 to 150 characters.")
    if len(password) < 8:
        raise click.ClickException("A password has at least 8 characters.")
    with open_session() as session:
        try:
            auth.create_user(session, name, password)
        except IntegrityError:
            raise click.ClickException(f"{name} has an account already.") from None
    click.echo(f"{name} has an account now.")


@main.command()
def seed() -> None:
    """Add a few {= resource.label_plural =}, unless there are any."""
    with open_session() as session:
        entries = json.loads(SEED.read_text(encoding="utf-8"))
        if session.scalar(select({= resource.class_name =}.id).limit(1)):
            entries = []
        for entry in entries:
            save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(entry))
    click.echo(f"{= resource.title_plural =} added: {len(entries)}.")


@contextmanager
def open_session() -> Iterator[Session]:
    """Open a session on the database of the settings."""
    engine = create_engine(load_settings().database_url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


if __name__ == "__main__":
    main(prog_name="python -m {= package =}")
