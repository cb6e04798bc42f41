#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set resource = cookiecutter._resource
"""Commands: `python -m {= package =} {! for _ in cookiecutter.__accounts | select !}create-user`, `change-password` and `{! endfor !}seed`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
{! if cookiecutter._several !}
from typing import Any
{! endif !}

import click
#% for _ in cookiecutter.__accounts | select
from pydantic import ValidationError
#% endfor
from sqlalchemy import NullPool, create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
#% endfor
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
#% endfor
from {= package =}.errors import describe
from {= package =}.settings import load_settings
#% for _ in cookiecutter.__accounts | select
from {= package =}.values import error_messages
{! endfor !}

#% if not cookiecutter._several
SEED = Path(__file__).parent / "{= resource.plural =}" / "seed.json"
#% else
PACKAGE = Path(__file__).parent
{! endif !}


@click.group()
def main() -> None:
    """Look after the {! for _ in cookiecutter.__accounts | select !}accounts and the {! endfor !}data of {= cookiecutter.project_name =}."""


{! for _ in cookiecutter.__accounts | select !}
@main.command()
@click.argument("name")
def create_user(name: str) -> None:
    """Make an account, which may add {= cookiecutter._keeps =}."""
    data = ask_password(name)
    with open_session() as session:
        if service.create_user(session, data) is None:
            raise click.ClickException(f"{data.username} has an account already.")
    click.echo(f"{data.username} has an account now.")


@main.command()
@click.argument("name")
def change_password(name: str) -> None:
    """Give an account another password, and sign it out everywhere."""
    with open_session() as session:
        user = find_user(session, name)
        service.change_password(session, user, ask_password(name).password)
    click.echo(f"{name} has a new password now.")


{! endfor !}
@main.command()
#% for _ in cookiecutter.__accounts | select
@click.argument("name")
#% endfor
def seed({! for _ in cookiecutter.__accounts | select !}name: str{! endfor !}) -> None:
    """{= cookiecutter.__words.seeds =} a few {= cookiecutter._keeps =}{! for _ in cookiecutter.__accounts | select !} to an account{! endfor !}, unless there are any."""
    with open_session() as session:
#% for _ in cookiecutter.__accounts | select
        owner = find_user(session, name)
#% endfor
#% if not cookiecutter._several
        entries = json.loads(SEED.read_text(encoding="utf-8"))
        if session.scalar(select({= resource.class_name =}.id).limit(1)):
            entries = []
        for entry in entries:
            save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(entry), {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner_id=owner.id{! endfor !}))
    click.echo(f"{= resource.title_plural =} added: {len(entries)}.")
#% else
        if any(session.scalar(select(model.id).limit(1)) for model in ({! for resource in resources !}{= resource.class_name =}{= ", " if not loop.last =}{! endfor !})):
            raise click.ClickException("There are entries already.")
#% for resource in resources
        {= resource.plural =} = [
            save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(entry), {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner_id=owner.id{! endfor !}))
            for entry in read_seed("{= resource.plural =}"{! for field in resource.references !}, {= field.name =}={= field.reference.target.plural =}{! endfor !})
        ]
        click.echo(f"{= resource.title_plural =} added: {len({= resource.plural =})}.")
#% endfor


def read_seed(package: str, **parents: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield a package's entries, which refer to those of others by number, from 1."""
    text = (PACKAGE / package / "seed.json").read_text(encoding="utf-8")
    for entry in json.loads(text):
        for column, entries in parents.items():
            entry[column] = entries[entry[column] - 1].id
        yield entry
{! endif !}


{! for _ in cookiecutter.__accounts | select !}
def ask_password(name: str) -> NewAccount:
    """Ask for a password twice, or read it from a script's standard input."""
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        return NewAccount(username=name, password=password)
    except ValidationError as error:
        field, problem = error_messages(error).popitem()
        raise click.ClickException(f"{field}: {problem}") from None


def find_user(session: Session, name: str) -> User:
    user = service.find_user(session, name)
    if user is None:
        raise click.ClickException(f"{name} has no account.")
    return user


{! endfor !}
@contextmanager
def open_session() -> Iterator[Session]:
    engine = create_engine(load_settings().database_url, poolclass=NullPool)
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as error:
        raise click.ClickException(describe(error)) from None


if __name__ == "__main__":
    main(prog_name="python -m {= package =}")
