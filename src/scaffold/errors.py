"""What can go wrong, and how it is said: what failed, why, and what to do."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import click

WIDTH = 72  # Columns of a text that is shown to point at a fault in it.


class ScaffoldError(click.ClickException):
    """A failure that ends the command with one line and, where it helps, a way out.

    Attributes:
        message: What failed and why, in one line.
        help: What to do about it, in one line; empty where there is nothing to add.
        exit_code: 1 when the work failed, 2 when the request was wrong.
    """

    exit_code = 1

    def __init__(self, message: str, *, help: str = "") -> None:
        super().__init__(printable(message))
        self.help = printable(help)

    def format_message(self) -> str:
        """Return the message and its help, ready to print."""
        return f"{self.message}\nhelp: {self.help}" if self.help else self.message


def printable(text: str) -> str:
    """Return a text in which no terminal finds a command, as an escape is spelt out."""
    return "".join(
        character if character.isprintable() else repr(character)[1:-1]
        for character in text
    )


def width_of(text: str) -> int:
    """Return how many columns of a terminal a printable text takes."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


class UsageError(ScaffoldError):
    """What was asked for cannot be done, and nothing was begun."""

    exit_code = 2


class NameRefusedError(UsageError):
    """The project cannot have this name."""


class TextRefusedError(UsageError):
    """A free text holds something that no file format carries safely."""


class Fault(NamedTuple):  # As `--help` loads no dataclasses, which takes time.
    """What is wrong at a place of a text.

    Attributes:
        message: What is wrong and why, in one line.
        help: What to write instead, in one line.
        start: Where it begins.
        end: Where it ends; the same as `start` where nothing stands.
        text: The text, where it is one of several.
    """

    message: str
    help: str
    start: int = 0
    end: int = 0
    text: str | None = None

    def moved(self, by: int) -> "Fault":
        """Return the fault in a text that has so much more before."""
        return self._replace(start=self.start + by, end=self.end + by)


class ResourceRefusedError(UsageError):
    """The resource cannot be generated as it is written.

    Attributes:
        text: What was written; of several, what the first fault is in.
        faults: All that is wrong with it; message and help are the first one's.
    """

    def __init__(self, text: str, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message, help=faults[0].help)
        self.text = text
        self.faults = tuple(faults)

    def format_message(self) -> str:
        """Return every fault: what it is, where, and what to write instead."""
        return "\n".join(map(self._shown, self.faults))

    def _shown(self, fault: Fault) -> str:
        """Return a fault with a line of the text, and a caret under its place."""
        lines = [printable(fault.message), f"help: {printable(fault.help)}"]
        text = self.text if fault.text is None else fault.text
        if text.strip():
            lines[1:1] = self._pointer(fault, text)
        return "\n".join(lines)

    def _pointer(self, fault: Fault, text: str) -> tuple[str, str]:
        """Return the text around a fault in one line, and one with carets under it."""
        first = max(0, min(fault.start, fault.end - WIDTH + 10) - 10)
        before = printable(text[first : fault.start])
        place = printable(text[fault.start : fault.end])
        room = max(WIDTH - len(before) - len(place), 0)
        after = printable(text[fault.end :])
        if first:
            before = f"…{before[1:]}"
        if len(place) > WIDTH:
            place = f"{place[:WIDTH]}…"
        if len(after) > room:
            after = f"{after[:room]}…"
        carets = "^" * max(width_of(place), 1)
        return f"    {before}{place}{after}", f"    {' ' * width_of(before)}{carets}"


class UnknownFrameworkError(UsageError):
    """There is no starter of this name."""


class TemplateError(ScaffoldError):
    """A template or its data is broken: a fault of the template, not of the user."""


class TargetError(ScaffoldError):
    """The project cannot be written where it was asked for."""


class ConfigError(UsageError):
    """A file with answers or defaults cannot be used."""


class AppError(ScaffoldError):
    """A project's app cannot be started, or its pages cannot be had."""


class PictureError(ScaffoldError):
    """No picture of a project can be taken."""


class InterruptedRunError(ScaffoldError):
    """A signal came whose handler did not end the process."""
