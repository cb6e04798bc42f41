"""The command line: the only module that prints, asks, and ends the process.

Every framework is a command, made from its folder; see `scaffold.frameworks`.
"""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from scaffold import report
from scaffold.errors import ScaffoldError
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
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
TABLE_WIDTH = 120  # Columns; longer lines are hard to follow.


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

    @click.pass_context
    def create(ctx: click.Context, /, **values: Any) -> None:
        _create(ctx, framework, **values)

    return click.Command(
        framework.name,
        callback=create,
        params=list(_parameters(framework)),
        context_settings=HELP_OPTIONS,
        help=f"Generate a {framework.title} project in a new folder called NAME.",
        short_help=framework.known_for or framework.title,
        epilog=EXAMPLES.format(name=framework.name),
    )


def _parameters(framework: Framework) -> Iterator[click.Parameter]:
    """Yield what a framework's command takes."""
    yield click.Argument(["name"], required=False)
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
    framework: Framework,
    *,
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
            _say("warning: ", warning, color="yellow")
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
    ctx: click.Context, framework: Framework, values: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Ask for the name and for every value that the command line does not give."""
    asked = dict(values)

    def missing(key: str) -> bool:
        return ctx.get_parameter_source(key) is ParameterSource.DEFAULT

    def ask(key: str, what: str, default: str, parse: Callable[[str], object]) -> None:
        if missing(key):
            asked[key] = _prompt(what, default, parse)

    project_name = str(framework.settings.get("project_name", "My Project"))

    def plan(text: str) -> object:
        return plan_target(framework, text, values["output_dir"])

    name = _prompt("Project name", project_name, plan)
    planned, _ = plan_target(framework, name, values["output_dir"])

    def defaults(resource: str) -> dict[str, Any]:
        return answers(framework, planned, resource=parse_resource(resource))

    ask("resource", "What the app keeps", values["resource"], defaults)
    computed = defaults(asked["resource"])
    ask("description", "Description", computed["description"], _text("description"))
    ask("author", "Author", computed["author"], parse_author)
    ask("email", "E-mail", computed["email"], parse_email)
    for option in framework.options:
        if not missing(option.key):
            continue
        what = option.help.rstrip(".") or option.key
        if isinstance(option.default, bool):
            asked[option.key] = click.confirm(what, default=option.default, err=True)
        elif option.choices:
            choice = click.Choice(option.choices)
            asked[option.key] = _prompt(what, option.default, choice)
        else:
            asked[option.key] = _prompt(what, computed[option.key], _text(option.key))
    return name, asked


def _text(what: str) -> Callable[[str], object]:
    """Return a check of a free text."""
    return lambda text: parse_text(text, what=what)


def _prompt(
    what: str, default: str, check: click.Choice[str] | Callable[[str], object]
) -> str:
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


def _say(prefix: str, text: str, *, color: str) -> None:
    """Print a message about the work to stderr."""
    start = click.style(f"scaffold: {prefix}".rstrip(), fg=color, bold=True)
    click.echo(f"{start} {text}", err=True, color=_color())


def _color() -> bool | None:
    """Return False where colour is unwanted, else None: in a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def _stop(number: int, _: FrameType | None) -> NoReturn:
    """End in an orderly way, which further signals do not disturb."""
    for name in SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Stopped(number)


def _catch_signals() -> None:
    """Turn signals into an exception, save those that the parent wants ignored."""
    for name in SIGNALS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
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
        _say("", error.format_message(), color="red")
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "scaffold"
        help_ = f"help: `{command} --help` shows what there is"
        _say("", f"{error.format_message()}\n{help_}", color="red")
        return error.exit_code
    except click.Abort:
        _say("", "stopped, and nothing was written", color="red")
        return 1
    except OSError as error:
        name = f": {error.filename}" if error.filename else ""
        _say("", f"{error.strerror or error}{name}", color="red")
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
