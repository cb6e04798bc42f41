#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""Commands: `python -m {= package =} create-user NAME`, and others."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from getpass import getpass

from pydantic import ValidationError
from pyramid.paster import bootstrap
#% if resources | length > 1
from sqlalchemy import select
from sqlalchemy.orm import Session
{! endif !}

from {= package =}.accounts import service
#% if resources | length > 1
from {= package =}.accounts.models import User
#% for each in resources
from {= package =}.{= each.plural =}.models import {= each.class_name =}
from {= package =}.{= each.plural =}.service import add_examples as add_{= each.plural =}
#% endfor
#% endif
from {= package =}.accounts.schemas import NewAccount
#% if resources | length == 1
from {= package =}.{= resource.plural =}.service import add_examples
#% endif
from {= package =}.database import find_trouble
from {= package =}.settings import ROOT
from {= package =}.values import error_messages


def main(arguments: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m {= package =}")
    parser.add_argument("--ini", default=str(ROOT / "production.ini"))
    parser.add_argument("command", choices=["create-user", "change-password", "seed"])
    parser.add_argument("username", type=str.strip)
    options = parser.parse_args(arguments)
    with bootstrap(options.ini) as env, env["request"].tm:
        if trouble := find_trouble(env["registry"]["engine"]):
            raise SystemExit(trouble)
        session, username = env["request"].dbsession, options.username
        user = service.find_user(session, username)
        if options.command == "create-user":
            if user:
                raise SystemExit(f"{username} has an account already.")
            service.create_user(session, username, ask_password(username))
            print(f"{username} has an account now.")
        elif user is None:
            raise SystemExit(f"{username} has no account.")
        elif options.command == "change-password":
            service.change_password(user, ask_password(username))
            print(f"{username} has a new password now.")
        else:
#% if resources | length > 1
            add_examples(session, user)
#% else
            print(f"{= resource.title_plural =} added: {add_examples(session, user)}.")
{! endif !}


#% if resources | length > 1
def add_examples(session: Session, user: User) -> None:
    """Add a few of each, which refer to each other, unless there are any."""
    models = ({! for each in resources !}{= each.class_name =}{= ", " if not loop.last =}{! endfor !})
    if any(session.scalar(select(model.id).limit(1)) for model in models):
        raise SystemExit("There are entries already.")
#% for each in resources
    {= each.plural =} = add_{= each.plural =}(session, user{! for target in each.parents !}, {= target.plural =}{! endfor !})
    print(f"{= each.title_plural =} added: {len({= each.plural =})}.")
{! endfor !}


#% endif
def ask_password(username: str) -> str:
    """Ask for a password: twice on a terminal, else once from standard input."""
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if getpass("The same again: ") != password:
            raise SystemExit("The passwords differ.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        return NewAccount(username=username, password=password).password
    except ValidationError as error:
        faults = [f"{field}: {text}" for field, text in error_messages(error).items()]
        raise SystemExit("\n".join(faults)) from None


if __name__ == "__main__":
    main()
