"""Showing: the frameworks there are, and the defaults that are in force."""

import click

from scaffold.cli.terminal import width
from scaffold.frameworks import find_templates, load_frameworks


@click.command(
    "list",
    short_help="Show the frameworks and the field types.",
    epilog="""\b
Example:
  scaffold list
""",
)
def list_command() -> None:
    """Show the frameworks: what each is known for, where it is hired for, its options."""
    from scaffold import report

    frameworks = load_frameworks(find_templates())
    click.echo(report.listing(frameworks, width=width()))


@click.command(
    "config",
    short_help="Show your own defaults, and where they come from.",
    epilog="""\b
Example:
  scaffold config
""",
)
def config_command() -> None:
    """Show the file with your own defaults, what is in force, and where it comes from."""
    from scaffold import report
    from scaffold.config import has_user_file, user_file
    from scaffold.project import defaults

    frameworks = load_frameworks(find_templates())
    in_force = {
        key: default
        for framework in frameworks
        for key, default in defaults(framework).items()
    }
    click.echo(
        report.settings(user_file(), in_force, exists=has_user_file(), width=width())
    )
