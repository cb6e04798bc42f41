"""Showing: the frameworks there are, and the defaults that are in force."""

import shutil

import click

from scaffold import report
from scaffold.config import has_user_file, user_file
from scaffold.frameworks import find_templates, load_frameworks
from scaffold.project import defaults

TABLE_WIDTH = 120  # Columns; longer lines are hard to follow.


@click.command(
    "list",
    epilog="""\b
Example:
  scaffold list
""",
)
def list_command() -> None:
    """Show the frameworks: what each is known for, where it is hired for, its options."""
    frameworks = load_frameworks(find_templates())
    click.echo(report.listing(frameworks, width=_width()))


@click.command(
    "config",
    epilog="""\b
Example:
  scaffold config
""",
)
def config_command() -> None:
    """Show the file with your own defaults, what is in force, and where it comes from."""
    frameworks = load_frameworks(find_templates())
    in_force = {
        key: default
        for framework in frameworks
        for key, default in defaults(framework).items()
    }
    click.echo(
        report.settings(user_file(), in_force, exists=has_user_file(), width=_width())
    )


def _width() -> int:
    return min(shutil.get_terminal_size().columns, TABLE_WIDTH)
