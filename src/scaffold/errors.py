"""What can go wrong, and how it is said: what failed, why, and what to do."""

import click


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


class UsageError(ScaffoldError):
    """What was asked for cannot be done, and nothing was begun."""

    exit_code = 2


class NameRefusedError(UsageError):
    """The project cannot have this name."""


class TextRefusedError(UsageError):
    """A free text holds something that no file format carries safely."""


class ResourceRefusedError(UsageError):
    """The resource cannot be generated as it is written."""


class UnknownFrameworkError(UsageError):
    """There is no starter of this name."""


class TemplateError(ScaffoldError):
    """A template or its data is broken: a fault of the template, not of the user."""


class TargetError(ScaffoldError):
    """The project cannot be written where it was asked for."""


class ConfigError(UsageError):
    """A file with answers or defaults cannot be used."""


class InterruptedRunError(ScaffoldError):
    """A signal came whose handler did not end the process."""
