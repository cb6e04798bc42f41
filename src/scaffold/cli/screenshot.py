"""Taking pictures of a project's app, for its README."""

from pathlib import Path

import click

from scaffold.cli.terminal import say


@click.command(
    "screenshot",
    short_help="Take pictures of a project's app for its README.",
    epilog="""\b
Example:
  scaffold screenshot myproj
""",
)
@click.argument("path", type=click.Path(path_type=Path), default=".", metavar="[PATH]")
def screenshot_command(path: Path) -> None:
    """Take pictures of the app in PATH, light and dark, and show them in its README.

    It starts the app with example data and a database of its own, and asks an installed
    Chrome, Chromium or Edge for docs/screenshot-light.png and docs/screenshot-dark.png. A
    README that shows a picture already stays as it is. For links to the app it saves
    static/og.png, and has base.html name it.
    """
    # Here and not above: `--help` and completion start without them.
    from scaffold import report
    from scaffold.project import find_project
    from scaffold.screenshot import take_pictures

    project = find_project(path)
    say("starting the app, which may take some seconds", color="blue")
    click.echo(report.pictures(take_pictures(project)))
