"""The terminal: what is printed there, in which colours, and whether somebody is there."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

WIDEST = 120  # Columns; longer lines are hard to follow.

_open: list[bool] = []  # Questions; a list, so that no global is assigned.


def say(text: str, *, color: str = "red") -> None:
    """Print a message about the work to stderr."""
    name = click.style("scaffold:", fg=color, bold=True)
    click.echo(f"{name} {text}", err=True, color=wants_color())


def wants_color() -> bool | None:
    """Return False where colour is unwanted, else None: in a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def width() -> int:
    """Return how many columns a table or a text may take."""
    import shutil

    return min(shutil.get_terminal_size().columns, WIDEST)


def can_ask() -> bool:
    """Tell whether there is somebody at a terminal, who sees questions and may answer."""
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)
    )


@contextmanager
def asking() -> Iterator[None]:
    """Mark a question as open, whose line and terminal must be put in order at its end."""
    _open.append(True)
    try:
        yield
    finally:
        _open.pop()


def is_asking() -> bool:
    """Tell whether a question is open."""
    return bool(_open)


def can_choose() -> bool:
    """Tell whether keys can be read one by one, and lines written again."""
    return sys.platform != "win32" and os.environ.get("TERM", "dumb") != "dumb"


@contextmanager
def keys() -> Iterator[Iterator[str]]:
    """Give the keys that are pressed, as they come; Ctrl-C is a signal as ever."""
    import termios  # Not on Windows.
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        # What was typed before is kept: `TCSADRAIN`, not the usual `TCSAFLUSH`.
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield _keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _keys(descriptor: int) -> Iterator[str]:
    """Yield keys, each of which may be several characters."""
    while text := os.read(descriptor, 64).decode(errors="replace"):
        yield from re.findall(r"\x1b[\[O].|.", text, re.DOTALL)
    yield "\x04"  # The end of the input.
