"""Creating: the command that each framework is, from its options to what it says."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from scaffold.cli.help import EXAMPLES, HELP_OPTIONS
from scaffold.cli.terminal import can_ask, say
from scaffold.frameworks import Framework, Option, in_flags
from scaffold.kinds import TYPES
from scaffold.resources import DEFAULT_RESOURCE, REF


def framework_command(framework: Framework) -> click.Command:
    """Return the command that generates a project with a framework."""
    return click.Command(
        framework.name,
        callback=click.pass_context(partial(_create, framework=framework)),
        params=list(_parameters(framework)),
        context_settings=HELP_OPTIONS,
        help=f"Generate a {framework.title} project in a new folder called NAME.",
        short_help=framework.known_for or framework.title,
        epilog=EXAMPLES.format(name=framework.name),
    )


def _parameters(framework: Framework) -> Iterator[click.Parameter]:
    """Yield what a framework's command takes."""
    several = (
        f" For several, give -r again; FIELD:{REF}[:NAME][:cascade] refers to an entry"
        " of another."
        if framework.relations
        else ""
    )
    yield click.Argument(["name"], metavar="NAME", required=False)
    yield click.Option(
        ["-r", "--resource"],
        metavar="TEXT",
        multiple=True,
        help='What the app keeps: "NAME FIELD:TYPE[:optional][:unique] ...". '
        f"The types are {', '.join(TYPES)}.{several}",
        default=[DEFAULT_RESOURCE],
        show_default=True,
    )
    yield click.Option(
        ["-o", "--output-dir"],
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder to put the project's folder in.",
        default=".",
        show_default=True,
    )
    yield click.Option(
        ["--config"],
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Take what is not given here from a project's pyproject.toml, or such a file.",
    )
    yield click.Option(["--description"], help=framework.prompt("description"))
    yield click.Option(["--author"], help=framework.prompt("author"))
    yield click.Option(["--email"], help=framework.prompt("email"))
    yield from map(_parameter, framework.options)
    for preset in framework.presets:
        yield click.Option(
            [f"--{preset.name}", "preset"],
            flag_value=preset.name,
            default=None,
            help=f"{preset.help}: the same as {in_flags(preset.values)}.",
        )
    yield click.Option(
        ["--git/--no-git"],
        default=True,
        show_default=True,
        help="Make a git repository with one first commit.",
    )
    yield click.Option(
        ["--dry-run"], is_flag=True, help="Show what would be written; write nothing."
    )
    yield click.Option(
        ["--json", "as_json"], is_flag=True, help="Say it in one JSON object."
    )
    yield click.Option(
        ["-q", "--quiet"], is_flag=True, help="Say nothing unless it fails."
    )


def _parameter(option: Option) -> click.Option:
    """Return the command's option for a framework's."""
    if isinstance(option.default, bool):
        return click.Option(
            [f"{option.flag}/--no-{option.flag[2:]}", option.key],
            default=option.default,
            show_default=True,
            help=option.help,
        )
    return click.Option(
        [option.flag, option.key],
        type=click.Choice(option.choices) if option.choices else str,
        default=option.default if option.choices else None,
        show_default=True,
        help=option.help,
    )


def _create(
    ctx: click.Context,
    *,
    framework: Framework,
    name: str | None,
    output_dir: Path,
    config: Path | None,
    preset: str | None = None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **values: Any,
) -> None:
    """Generate a project, ask for what is missing, and say what was made."""
    # Here and not above: `--help` and completion start without them.
    import shutil

    from scaffold import report
    from scaffold.config import recorded
    from scaffold.project import generate

    given = {
        key: value
        for key, value in values.items()
        if ctx.get_parameter_source(key) is not ParameterSource.DEFAULT
    }
    git: bool | None = given.pop("git", None)
    if name is None:
        read = recorded(config, framework) if config else {}
        read |= dict(framework.preset(preset).values) if preset else {}
        read.pop("framework", None)
        name = read.pop("name", None)
        if can_ask():
            from scaffold.cli.ask import ask_answers

            name, given = ask_answers(framework, name, read | given, output_dir)
        elif name is None:
            raise click.UsageError("the project's NAME is missing", ctx)
    project = generate(
        framework.name,
        name,
        output_dir=output_dir,
        config=config,
        preset=preset,
        git=git,
        dry_run=dry_run,
        templates=framework.path.parent,
        **given,
    )
    if not quiet:
        for warning in project.warnings:
            say(f"warning: {warning}", color="yellow")
    steps = report.next_steps(project, uv=shutil.which("uv") is not None)
    if as_json:
        click.echo(report.as_json(project, steps))
    elif quiet:
        pass
    elif dry_run:
        click.echo(report.tree(project))
    else:
        click.echo(report.created(project, steps))
