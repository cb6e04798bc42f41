"""The command line: the only part that prints, asks, and ends the process.

Every framework is a command, made from its folder; see `scaffold.frameworks`.
"""

import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from scaffold.cli.doctor import doctor_command
from scaffold.cli.help import EXAMPLES, HELP_OPTIONS
from scaffold.cli.screenshot import screenshot_command
from scaffold.cli.show import config_command, list_command
from scaffold.cli.terminal import can_ask, is_asking, say, wants_color
from scaffold.cli.website import show_command
from scaffold.errors import ScaffoldError, printable
from scaffold.frameworks import (
    find_templates,
    framework_names,
    load_framework,
    load_frameworks,
    unknown_framework,
)
from scaffold.interrupts import SIGNALS
from scaffold.version import VERSION


class Stopped(BaseException):
    """A signal asked the process to end; whatever is half done is undone on the way."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Frameworks(click.Group):
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
        # Here and not above, as much here: `scaffold --help` should not wait for it.
        from scaffold.cli.create import framework_command

        return framework_command(load_framework(templates, cmd_name))

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the frameworks by what they are known for, then the other commands."""
        frameworks = [
            (each.name, each.known_for or each.title)
            for each in load_frameworks(find_templates())
        ]
        others = [
            (name, command.get_short_help_str())
            for name, command in sorted(self.commands.items())
        ]
        with formatter.section("Commands"):
            formatter.write_dl([*frameworks, *others])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names, or suggest the nearest."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing and not name.startswith("-"):
            frameworks = framework_names(find_templates())
            raise unknown_framework(name, frameworks, commands=list(self.commands))
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples with a framework that is there."""
        self.epilog = EXAMPLES.format(name=self.list_commands(ctx)[0])
        super().format_epilog(ctx, formatter)


@click.group(
    cls=Frameworks,
    invoke_without_command=True,
    context_settings=HELP_OPTIONS,
    subcommand_metavar="FRAMEWORK NAME [OPTIONS]...",
)
@click.version_option(VERSION, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Generate a small, finished web app in the framework of your choice.

    Without a framework it asks for everything it needs, in a terminal.
    """
    if ctx.invoked_subcommand is None:
        if not can_ask():
            raise click.UsageError("no framework is named, and there is nobody to ask")
        from scaffold.cli.ask import ask_framework
        from scaffold.cli.create import framework_command

        framework = ask_framework(load_frameworks(find_templates()))
        framework_command(framework).main(
            [], f"{ctx.command_path} {framework.name}", standalone_mode=False
        )


cli.add_command(list_command)
cli.add_command(config_command)
cli.add_command(doctor_command)
cli.add_command(screenshot_command)
cli.add_command(show_command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    It is 0 when all is well, 1 when the work failed, 2 when the request was wrong, and 128
    plus its number for a signal, so 130 after Ctrl-C.
    """
    try:
        code = cli.main(
            arguments, prog_name="scaffold", standalone_mode=False, color=wants_color()
        )
    except ScaffoldError as error:
        say(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "scaffold"
        say(f"{error.format_message()}\nhelp: `{command} --help` shows what there is")
        return error.exit_code
    except click.Abort:
        say("stopped, and nothing was written")
        return 1
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        say(printable(f"{error.strerror or error}{where}"))
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


def _stop(number: int, _: FrameType | None) -> NoReturn:
    """End at once, or in an orderly way where a question is open.

    Whatever touches the disk holds signals back, so there is nothing to undo here; an exception
    could be lost, where Python calls what it ignores the exceptions of.
    """
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    if is_asking():
        raise Stopped(number)
    os._exit(128 + number)


def _catch_signals() -> None:
    """Turn signals into an exception, save those that the parent wants ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
