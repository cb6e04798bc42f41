#% set resource = cookiecutter._resource
"""Commands: `python -m {= cookiecutter.__package =} production.ini create-user NAME`, and `… seed`."""

from argparse import ArgumentParser
from collections.abc import Sequence
from getpass import getpass

from pyramid.paster import bootstrap, setup_logging
from sqlalchemy.orm import Session

from {= cookiecutter.__package =}.accounts.service import create_user, get_user
from {= cookiecutter.__package =}.{= resource.plural =}.seed import add_entries


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name."""
    parser = ArgumentParser(prog="python -m {= cookiecutter.__package =}")
    parser.add_argument("config_uri", help="the ini file, such as production.ini")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("seed", help="add a few {= resource.label_plural =}, if there are none")
    account = commands.add_parser("create-user", help="make an account")
    account.add_argument("name", help="the user name")
    options = parser.parse_args(arguments)

    setup_logging(options.config_uri)
    with bootstrap(options.config_uri) as env, env["request"].tm:
        session = env["request"].dbsession
        if options.command == "seed":
            print(f"{= resource.title_plural =} added: {add_entries(session)}.")
        else:
            _create_user(session, options.name)


def _create_user(session: Session, name: str) -> None:
    if name != name.strip() or not 1 <= len(name) <= 150:
        raise SystemExit("A user name has 1 to 150 characters, and no space around it.")
    if get_user(session, name):
        raise SystemExit(f"There is already an account called {name}.")
    password = getpass("Password (at least 8 characters): ")
    if len(password) < 8:
        raise SystemExit("The password is too short.")
    if getpass("The same again: ") != password:
        raise SystemExit("The passwords differ.")
    create_user(session, name, password)
    print(f"Account made: {name}.")


if __name__ == "__main__":
    main()
