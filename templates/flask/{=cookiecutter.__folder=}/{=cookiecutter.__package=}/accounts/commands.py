"""The command that makes accounts."""

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

from . import auth


@click.command()
@click.argument("name")
@click.password_option()
@with_appcontext
def create_user(name: str, password: str) -> None:
    """Make an account, which may add, edit and delete."""
    if not name.strip() or len(name) > 150:
        raise click.ClickException("A user name has 1 to 150 characters.")
    if len(password) < 8:
        raise click.ClickException("A password has at least 8 characters.")
    try:
        auth.create_user(name, password)
    except IntegrityError:
        raise click.ClickException(f"{name} has an account already.") from None
    click.echo(f"{name} has an account now.")
