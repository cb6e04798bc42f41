"""The command line: the only module that prints, asks, and ends the process.

Every framework is a command, made from its folder; see `scaffold.frameworks`.
"""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from scaffold import report
from scaffold.errors import ScaffoldError, printable
from scaffold.frameworks import (
    Framework,
    Option,
    find_templates,
    framework_names,
    load_framework,
    load_frameworks,
    unknown_framework,
)
from scaffold.project import answers, generate, plan_target
from scaffold.resources import DEFAULT_RESOURCE, parse_resource
from scaffold.texts import parse_author, parse_email, parse_text

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}
TABLE_WIDTH = 120  # Columns; longer lines are hard to follow.

# What asks a process to end; Windows has no SIGHUP.
SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
]

Check = Callable[[str], object]
"""Refuses an answer by raising a `ScaffoldError`."""

EXAMPLES = """\b
Examples:
  scaffold {name} myproj
  scaffold {name} cookbook --resource "recipe title:str minutes:int:optional"
  scaffold {name} myproj --dry-run
"""


class Stopped(BaseException):
    """A signal asked the process to end; whatever is half done is undone on the way."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Starters(click.Group):
    """A group with one more command for each framework that is there."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the frameworks, then the other commands."""
        return [*framework_names(find_templates()), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, made on the spot for a framework."""
        if command := super().get_command(ctx, cmd_name):
            return command
        templates = find_templates()
        if cmd_name not in framework_names(templates):
            return None
        return framework_command(load_framework(templates, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names, or suggest the nearest."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing and not name.startswith("-"):
            raise unknown_framework(name, framework_names(find_templates()))
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples with a framework that is there."""
        self.epilog = EXAMPLES.format(name=self.list_commands(ctx)[0])
        super().format_epilog(ctx, formatter)


@click.group(
    cls=Starters,
    invoke_without_command=True,
    context_settings=HELP_OPTIONS,
    subcommand_metavar="FRAMEWORK NAME [OPTIONS]...",
)
@click.version_option(package_name="scaffold", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Generate a small, finished web app in the framework of your choice.

    Without a framework it asks for everything it needs, in a terminal.
    """
    if ctx.invoked_subcommand is None:
        if not _can_ask():
            raise click.UsageError("no framework is named, and there is nobody to ask")
        framework = _ask_framework(load_frameworks(find_templates()))
        framework_command(framework).main(
            [], f"{ctx.command_path} {framework.name}", standalone_mode=False
        )


@cli.command(
    "list",
    epilog="""\b
Example:
  scaffold list
""",
)
def list_frameworks() -> None:
    """Show the frameworks: what each is known for, where it is hired for, its options."""
    frameworks = load_frameworks(find_templates())
    width = min(shutil.get_terminal_size().columns, TABLE_WIDTH)
    click.echo(report.listing(frameworks, width=width))


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
    yield click.Argument(["name"], metavar="NAME", required=False)
    yield click.Option(
        ["-r", "--resource"],
        metavar="TEXT",
        help='What the app keeps: "NAME FIELD:TYPE[:optional][:unique] ...".',
        default=DEFAULT_RESOURCE,
        show_default=True,
    )
    yield click.Option(
        ["-o", "--output-dir"],
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder to put the project's folder in.",
        default=".",
        show_default=True,
    )
    yield click.Option(["--description"], help=framework.prompt("description"))
    yield click.Option(["--author"], help=framework.prompt("author"))
    yield click.Option(["--email"], help=framework.prompt("email"))
    yield from map(_parameter, framework.options)
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
    as_json: bool,
    quiet: bool,
    **values: Any,
) -> None:
    """Generate a project, ask for what is missing, and say what was made."""
    if name is None:
        if not _can_ask():
            raise click.UsageError("the project's NAME is missing", ctx)
        name, values = _ask(ctx, framework, values)
    given = {key: value for key, value in values.items() if value is not None}
    project = generate(framework.name, name, templates=framework.path.parent, **given)
    if not quiet:
        for warning in project.warnings:
            _say(f"warning: {warning}", color="yellow")
    steps = report.next_steps(project, uv=shutil.which("uv") is not None)
    if as_json:
        click.echo(report.as_json(project, steps))
    elif quiet:
        pass
    elif values["dry_run"]:
        click.echo(report.tree(project))
    else:
        click.echo(report.created(project, steps))


def _can_ask() -> bool:
    """Tell whether there is somebody at a terminal, who sees questions and may answer."""
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)
    )


def _ask_framework(frameworks: Sequence[Framework]) -> Framework:
    """Ask which framework to use."""
    by_name = {framework.name: framework for framework in frameworks}
    name = _prompt("Framework", next(iter(by_name)), click.Choice(list(by_name)))
    return by_name[name]


def _ask(
    ctx: click.Context, framework: Framework, given: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Ask for the name and for every value that the command line does not give."""
    values = dict(given)

    def ask(key: str, what: str, default: str, check: Check) -> None:
        if _is_missing(ctx, key):
            values[key] = _prompt(what, default, check)

    def defaults(resource: str) -> dict[str, Any]:
        return answers(framework, planned, resource=parse_resource(resource))

    check_name = partial(plan_target, framework, output_dir=given["output_dir"])
    name = _prompt("Project name", framework.settings["project_name"], check_name)
    planned, _ = check_name(name)
    ask("resource", "What the app keeps", given["resource"], defaults)
    computed = defaults(values["resource"])
    ask("description", "Description", computed["description"], _text("description"))
    ask("author", "Author", computed["author"], parse_author)
    ask("email", "E-mail", computed["email"], parse_email)
    for option in framework.options:
        if _is_missing(ctx, option.key):
            values[option.key] = _ask_option(option, computed[option.key])
    return name, values


def _is_missing(ctx: click.Context, key: str) -> bool:
    """Tell whether the command line does not give a value."""
    return ctx.get_parameter_source(key) is ParameterSource.DEFAULT


def _ask_option(option: Option, default: Any) -> str | bool:
    """Ask for one of the framework's own options."""
    what = option.help.rstrip(".") or option.key
    if isinstance(option.default, bool):
        return click.confirm(what, default=default, err=True)
    if option.choices:
        return _prompt(what, default, click.Choice(option.choices))
    return _prompt(what, default, _text(option.key))


def _text(what: str) -> Check:
    """Return a check of a free text."""
    return partial(parse_text, what=what)


def _prompt(what: str, default: str, check: click.Choice[str] | Check) -> str:
    """Ask until the answer is a good one."""
    if isinstance(check, click.Choice):
        return click.prompt(what, default=default, type=check, err=True)

    def checked(text: str) -> str:
        try:
            check(text)
        except ScaffoldError as error:
            raise click.UsageError(error.format_message()) from error
        return text

    return click.prompt(what, default=default, value_proc=checked, err=True)


def _say(text: str, *, color: str = "red") -> None:
    """Print a message about the work to stderr."""
    name = click.style("scaffold:", fg=color, bold=True)
    click.echo(f"{name} {text}", err=True, color=_color())


def _color() -> bool | None:
    """Return False where colour is unwanted, else None: in a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def _stop(number: int, _: FrameType | None) -> NoReturn:
    """End in an orderly way, which further signals do not disturb."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def _catch_signals() -> None:
    """Turn signals into an exception, save those that the parent wants ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    It is 0 when all is well, 1 when the work failed, 2 when the request was wrong, and 128
    plus its number for a signal, so 130 after Ctrl-C.
    """
    try:
        code = cli.main(
            arguments, prog_name="scaffold", standalone_mode=False, color=_color()
        )
    except ScaffoldError as error:
        _say(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "scaffold"
        _say(f"{error.format_message()}\nhelp: `{command} --help` shows what there is")
        return error.exit_code
    except click.Abort:
        _say("stopped, and nothing was written")
        return 1
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        _say(printable(f"{error.strerror or error}{where}"))
        return 1
    except Stopped as stopped:
        return 128 + stopped.number
    return int(code or 0)


def main() -> NoReturn:
    """Run the command line as a process of its own."""
    _catch_signals()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # It may know only a few characters.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())
