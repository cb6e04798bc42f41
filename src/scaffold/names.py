"""The name of a project: what it becomes, and which names are refused.

A name is refused here, before anything is written, when it would break later: in an import, in
a dependency resolver, on Windows, or in a configuration file that reads `no` as false.
"""

import keyword
import re
import sys
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from scaffold.errors import NameRefusedError

MAX_LENGTH = 50
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+)*")

KEYWORDS = frozenset(
    [*keyword.kwlist, *keyword.softkwlist, "type"]
)  # A keyword from 3.12.

# What YAML, TOML or a shell may take for a value.
SOFT_TROUBLE = frozenset(
    ["true", "false", "none", "null", "nil", "nan", "inf", "yes", "no", "on", "off"]
)
# Modules that only some of the supported Pythons have, and the standard library's own tests.
STANDARD_LIBRARY = sys.stdlib_module_names | {
    "aifc", "annotationlib", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk",
    "compression", "crypt", "distutils", "imghdr", "imp", "lib2to3", "mailcap", "msilib",
    "nis", "nntplib", "ossaudiodev", "pipes", "smtpd", "sndhdr", "spwd", "string",
    "sunau", "telnetlib", "test", "uu", "xdrlib",
}  # fmt: skip
WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
# What every Python project, or the tools around it, keeps for itself.
RESERVED_FOLDERS = frozenset(
    [
        "build",
        "conftest",
        "dist",
        "docs",
        "env",
        "media",
        "migrations",
        "scripts",
        "src",
        "static",
        "templates",
        "tests",
        "venv",
    ]
)
TOOLS = frozenset(
    [
        "coverage",
        "hatchling",
        "mypy",
        "pip",
        "pytest",
        "ruff",
        "setuptools",
        "uv",
        "wheel",
    ]
)


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project's name in the forms it takes; the template computes the same ones.

    Attributes:
        text: As the user wrote it, for people: `My Proj`.
        folder: The folder it is written to: `My-Proj`.
        distribution: The name for package indexes, normalized by PEP 503: `my-proj`.
        package: The name to import: `my_proj`.
    """

    text: str
    folder: str
    distribution: str
    package: str


def parse_name(text: str, *, reserved: Collection[str] = ()) -> ProjectName:
    """Return the project name that `text` stands for.

    Args:
        text: What the user wrote; spaces around it are dropped.
        reserved: Import and distribution names that the framework's starter depends on, and
            names of files in it, in any spelling.

    Raises:
        NameRefusedError: The name would break later; says why, and offers another.
    """
    text = text.strip(" ")
    taken = frozenset(map(_package, reserved))
    if reason := _refusal(text, taken):
        raise NameRefusedError(
            f'cannot name a project "{text}": {reason}',
            help=f'try "{_suggestion(text, taken)}"',
        )
    return ProjectName(
        text=text,
        folder=text.replace(" ", "-"),
        distribution=_package(text).replace("_", "-"),
        package=_package(text),
    )


def _refusal(text: str, taken: frozenset[str]) -> str:
    """Return why a name cannot be taken, or nothing."""
    package = _package(text)
    if not text:
        return "it is empty"
    if text in {".", ".."}:
        return "it stands for a folder that exists"
    if "/" in text or "\\" in text:
        return "a name is not a path (the folder to put it in is --output-dir)"
    if package.partition(".")[0] in WINDOWS_DEVICES:
        return "Windows keeps it for a device"
    if not text.isascii():
        return "it has letters outside ASCII, which imports and URLs handle badly"
    if len(text) > MAX_LENGTH:
        return f"it has {len(text)} characters, and {MAX_LENGTH} is the most"
    if text[0].isdigit():
        return "it begins with a digit, so Python could not import it"
    if not NAME.fullmatch(text):
        return "it may only have letters and digits, with single spaces, - or _ between"
    if package in KEYWORDS:
        return "it is a keyword of Python"
    if package in SOFT_TROUBLE:
        return "configuration files read it as a value"
    if package in STANDARD_LIBRARY:
        return "it is a module of the standard library"
    if package in taken:
        return "the starter depends on a package, or has a file, of that name"
    if package in TOOLS:
        return "a tool that the project uses has that name"
    if package in RESERVED_FOLDERS:
        return "Python projects keep that name for a folder of their own"
    return ""


def _suggestion(text: str, taken: frozenset[str]) -> str:
    """Return the nearest name that is not refused."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    last = re.split(r"[/\\]", ascii_text.rstrip("/\\. "))[-1]
    clean = re.sub(r"[^A-Za-z0-9_]+|__+", "-", last).strip("-_")
    short = clean[: MAX_LENGTH - len("app-")].rstrip("-_")
    candidates = (short, f"{short}-app", f"app-{short}")
    return next((name for name in candidates if not _refusal(name, taken)), "my-app")


def _package(text: str) -> str:
    """Return the import name for any spelling of a name."""
    return text.lower().replace(" ", "_").replace("-", "_")
