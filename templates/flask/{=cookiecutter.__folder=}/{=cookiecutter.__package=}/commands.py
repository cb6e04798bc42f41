#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set resource = resources[0]
"""Commands: {= cookiecutter.__texts.commands =}."""

import sys
from typing import NoReturn

import click
from flask import Blueprint, current_app
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import DBAPIError

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service as accounts
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
#% endfor
#% for resource in resources
from {= package =}.{= resource.plural =} import service as {= resource.plural =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
#% endfor
from {= package =}.pagination import ListQuery
from {= package =}.values import error_messages
#% for _ in cookiecutter.__open | select
from sqlalchemy import select
from {= package =}.database import get_session
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
#% if resources | length > 1
import json
from collections.abc import Iterator
from typing import Any
from sqlalchemy import select
from {= package =}.database import get_session
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
{! endif !}

bp = Blueprint("commands", __name__, cli_group=None)


{! for _ in cookiecutter.__accounts | select !}
@bp.cli.command()
@click.argument("name")
def create_user(name: str) -> None:
    """Make an account, which may add {= cookiecutter._keeps =}."""
    if find_user(name):
        stop(f"{name} has an account already.")
    accounts.create_user(read_account(name))
    click.echo(f"{name} has an account now.")


@bp.cli.command()
@click.argument("name")
def change_password(name: str) -> None:
    """Change a password, which ends the account's {= cookiecutter.__words.signed =}."""
    user = find_user(name) or stop(f"{name} has no account.")
    accounts.change_password(user, read_account(name).password)
    click.echo(f"{name} has a new password now.")


{! endfor !}
@bp.cli.command()
#% for _ in cookiecutter.__accounts | select
@click.argument("name")
def seed(name: str) -> None:
    """Add a few {= cookiecutter._keeps =} for an account, unless there are any."""
    user = find_user(name) or stop(f"{name} has no account.")
#% else
def seed() -> None:
    """Add a few {= cookiecutter._keeps =}, unless there are any."""
    check_tables()
#% endfor
#% if resources | length == 1
    with current_app.open_resource("{= resource.plural =}/seed.json") as file:
        seeds = TypeAdapter(list[{= resource.class_name =}In]).validate_json(file.read())
    if {= resource.plural =}.list_{= resource.plural =}(ListQuery()).total:
        seeds = []
    for data in seeds:
        {= resource.plural =}.create_{= resource.name =}(data{! for _ in cookiecutter.__accounts | select !}, user{! endfor !})
    click.echo(f"{= resource.title_plural =} added: {len(seeds)}.")
#% else
    if any(get_session().scalar(select(model.id).limit(1)) for model in ({! for resource in resources !}{= resource.class_name =}{= ", " if not loop.last =}{! endfor !})):
        stop("There are entries already.")
#% for resource in resources
    {= resource.name =}_ids = [
        {= resource.plural =}.create_{= resource.name =}({= resource.class_name =}In.model_validate(entry){! for _ in cookiecutter.__accounts | select !}, user{! endfor !}).id
        for entry in read_seed("{= resource.plural =}"{! for field in resource.references !}, {= field.name =}={= field.reference.target.name =}_ids{! endfor !})
    ]
    click.echo(f"{= resource.title_plural =} added: {len({= resource.name =}_ids)}.")
{! endfor !}


def read_seed(package: str, **parents: list[int]) -> Iterator[dict[str, Any]]:
    """Yield a package's entries, which refer to those of others by number, from 1."""
    with current_app.open_resource(f"{package}/seed.json") as file:
        entries = json.load(file)
    for entry in entries:
        for column, ids in parents.items():
            entry[column] = ids[entry[column] - 1]
        yield entry
{! endif !}


{! for _ in cookiecutter.__accounts | select !}
def find_user(name: str) -> User | None:
    try:
        return accounts.find_user(name)
    except DBAPIError as error:
        stop(f"{error.orig}".partition("\n")[0] + ". Run: alembic upgrade head")


def read_account(name: str) -> NewAccount:
    """Ask for a password: twice on a terminal, else one line of standard input."""
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        return NewAccount(username=name, password=password)
    except ValidationError as error:
        stop(" ".join(error_messages(error).values()))


{! else !}
def check_tables() -> None:
    try:
        get_session().execute(select({= resource.class_name =}.id).limit(1))
    except DBAPIError as error:
        reason = f"{error.orig}".partition("\n")[0]
        raise click.ClickException(f"{reason}. Run: alembic upgrade head") from None
{! endfor !}
{! if cookiecutter.__accounts[0] or cookiecutter._several !}
def stop(reason: str) -> NoReturn:
    raise click.ClickException(reason) from None
{! endif !}
