"""Showing an app where there is no server for it."""

from pathlib import Path

import click

from scaffold.cli.terminal import say


@click.command(
    "show",
    short_help="Copy a project's public pages, for a host of plain files.",
    epilog="""\b
Examples:
  scaffold show myproj
  scaffold show myproj --workflow
""",
)
@click.argument("path", type=click.Path(path_type=Path), default=".", metavar="[PATH]")
@click.option(
    "-o",
    "--output-dir",
    type=click.Path(path_type=Path),
    help="The folder to make.  [default: site, in the project]",
)
@click.option(
    "--workflow",
    is_flag=True,
    help="Add a workflow that puts the folder on GitHub Pages.",
)
def show_command(path: Path, output_dir: Path | None, workflow: bool) -> None:
    """Save a read-only copy of what visitors see of the app in PATH.

    It starts the app with example data and a database of its own, and follows the links of
    its pages. The copy is plain files for any host; a line on each page says what is off.
    """
    # Here and not above: `--help` and completion start without them.
    from scaffold import report
    from scaffold.project import find_project
    from scaffold.website import add_workflow, copy_pages

    project = find_project(path)
    if workflow and output_dir:
        raise click.UsageError(
            "--workflow publishes the folder site, so it takes no -o"
        )
    target = (output_dir or project.path / "site").absolute()
    say("starting the app, which may take some seconds", color="blue")
    pages = copy_pages(project, target)
    added = workflow and add_workflow(project)
    click.echo(report.copied(target, pages, added=added))
