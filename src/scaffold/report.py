"""What is said about a project, as text: pure functions that the command line prints."""

import json
import os
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

import click

from scaffold.doctor import Finding
from scaffold.errors import printable
from scaffold.frameworks import Framework, Option, in_flags
from scaffold.kinds import TYPES
from scaffold.output import Project
from scaffold.project import Default, Existing
from scaffold.resources import MODIFIERS, REF
from scaffold.words import in_words

T = TypeVar("T")

WINDOWS = sys.platform == "win32"
URL = "http://localhost:8000"

INSTALL_WITH_PIP = (
    ("py -m venv .venv", r".venv\Scripts\activate")
    if WINDOWS
    else ("python3 -m venv .venv", "source .venv/bin/activate")
) + ("python -m pip install --upgrade pip", "pip install -e . --group dev")

GAP = 3  # Spaces between the columns of a table.


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, and the commands that do it, ready to paste at once."""

    what: str
    commands: tuple[str, ...]


def next_steps(project: Project, *, uv: bool) -> list[Step]:
    """Return what the owner of a new project does first, in order.

    Args:
        project: What was generated.
        uv: Whether to install and run with uv, or with plain venv and pip.
    """
    prefix = "uv run " if uv else ""
    install = ("uv sync",) if uv else INSTALL_WITH_PIP

    def own(*purposes: str) -> tuple[str, ...]:
        """Return the project's commands for some purposes, as far as it has them."""
        lines = (project.commands.get(purpose, "") for purpose in purposes)
        parts = (part for line in lines for part in line.split(" && ") if part)
        return tuple(prefix + part for part in parts)

    place, server = _go_to(project), project.commands.get("database")
    account = bool(project.commands.get("create_user"))
    steps = (
        Step("Start its database", (place, server) if server else ()),
        Step(
            "Install it, and check it",
            (*(() if server else (place,)), *install, *own("check")),
        ),
        # The one that asks for a password comes last, as it reads what is pasted after it.
        Step(
            "Make its database" + " and your account" * account,
            own("setup", "create_user"),
        ),
        Step(
            f"Add some {project.keeps} to look at and start it; "
            f"then open {URL}" + " and sign in" * account,
            own("seed", "run"),
        ),
    )
    return [step for step in steps if step.commands]


def created(project: Project, steps: Iterable[Step]) -> str:
    """Return what was made, where, and how to go on; styled for a terminal."""
    done = click.style("Created", fg="green", bold=True)
    lines = [
        f"{done} {project.name} with {project.title}, an app that keeps "
        f"{project.keeps}: {_count(project)} in {printable(str(project.path))}",
    ]
    for step in steps:
        commands = (f"    {command}" for command in step.commands)
        lines += ["", click.style(f"{step.what}:", bold=True), "", *commands]
    return "\n".join(lines)


def tree(project: Project) -> str:
    """Return the files of a project as an indented tree, with their sizes."""
    rows: list[tuple[str, str]] = [(f"{project.path.name}/", "")]
    shown: set[PurePosixPath] = set()
    for file in sorted(project.files, key=lambda file: _folders_last(file.path)):
        path = PurePosixPath(file.path)
        for folder in reversed(path.parents[:-1]):
            if folder not in shown:
                shown.add(folder)
                rows.append((f"{'  ' * len(folder.parts)}{folder.name}/", ""))
        size = f"{len(file.content):,} B"
        rows.append((f"{'  ' * len(path.parts)}{path.name}", size))
    width = max(len(name) for name, _ in rows) + GAP
    column = max(len(size) for _, size in rows)
    lines = [f"{name:{width}}{size:>{column}}".rstrip() for name, size in rows]
    total = sum(len(file.content) for file in project.files)
    return "\n".join(
        [*lines, "", f"{_count(project)}, {total:,} B; nothing was written"]
    )


def as_json(project: Project, steps: Iterable[Step]) -> str:
    """Return everything about a project as one JSON object."""
    return json.dumps(
        {
            "framework": project.framework,
            "name": project.name,
            "package": project.package,
            "path": str(project.path),
            "files": [
                {
                    "path": file.path,
                    "sha256": file.sha256,
                    "mode": f"{file.mode:04o}",
                    "secret": file.secret,
                }
                for file in project.files
            ],
            "next": [asdict(step) for step in steps],
        },
        indent=2,
    )


def listing(frameworks: Sequence[Framework], *, width: int) -> str:
    """Return the frameworks and their options as tables that fit into so many columns."""
    rows = [(each.name, each.known_for, each.hired_for) for each in frameworks]
    lines = [_table(("framework", "known for", "hired for"), rows, width=width), ""]
    options = _offered((each, each.options) for each in frameworks)
    if options:
        about = [
            (usage(option), option.help + _few(able, frameworks))
            for option, able in options.items()
        ]
        lines += [_table(("option", "means"), about, width=width), ""]
    presets = _offered((each, each.presets) for each in frameworks)
    if presets:
        about = [
            (
                f"--{preset.name}",
                f"{preset.help}: {in_flags(preset.values)}{_few(able, frameworks)}",
            )
            for preset, able in presets.items()
        ]
        lines += [_table(("preset", "means"), about, width=width), ""]
    types = _wrap(f"Field types: {', '.join(TYPES)}", width)
    modifiers = f"Modifiers: {', '.join(MODIFIERS)}"
    relating = [framework for framework in frameworks if framework.relations]
    several = (
        _wrap(
            f"Several resources, and {REF}[:NAME][:cascade] between them: "
            f"{_names(relating)}",
            width,
        )
        if relating
        else []
    )
    return "\n".join([*lines, *types, modifiers, *several])


def _offered(
    offers: Iterable[tuple[Framework, Iterable[T]]],
) -> dict[T, list[Framework]]:
    """Return what frameworks offer, each thing once, with those that offer just this."""
    found: dict[T, list[Framework]] = {}
    for framework, things in offers:
        for thing in things:
            found.setdefault(thing, []).append(framework)
    return found


def _few(able: Sequence[Framework], frameworks: Sequence[Framework]) -> str:
    """Return which frameworks are meant, unless all are."""
    return f" ({_names(able)})" if len(able) < len(frameworks) else ""


def _names(frameworks: Iterable[Framework]) -> str:
    return ", ".join(framework.title for framework in frameworks)


def settings(
    path: Path, in_force: Mapping[str, Default], *, exists: bool, width: int
) -> str:
    """Return where the user's own defaults stand, and which are in force."""
    state = "" if exists else " (not there yet)"
    lines = [f"{printable(str(path))}{state}"]
    if in_force:
        rows = [
            (key.replace("_", "-"), _shown(default.value), _source(default, path))
            for key, default in sorted(in_force.items())
        ]
        lines += ["", _table(("setting", "value", "from"), rows, width=width)]
    return "\n".join(lines)


def findings(
    project: Existing, found: Sequence[Finding], *, checked: bool, width: int
) -> str:
    """Return what is left to do before a project is shown; styled for a terminal."""
    name = click.style(project.answers.name.text, bold=True)
    left_out = "" if checked else "; its own check was left out"
    if not found:
        return f"{name} is ready to be shown{left_out}"
    things = "1 thing" if len(found) == 1 else f"{len(found)} things"
    lines = [f"{name}: {things} to do before it is shown{left_out}"]
    for each in found:
        what = printable(each.what)
        lines += ["", f"{click.style(each.name, fg='yellow', bold=True)}: {what}"]
        lines += [f"    {printable(detail)}" for detail in each.details]
        for label, text in (("why", each.why), ("fix", each.fix)):
            first, *more = _wrap(text, width - 7)
            lines += [f"  {label}: {first}", *(f"       {line}" for line in more)]
    return "\n".join(lines)


def findings_as_json(
    project: Existing, found: Sequence[Finding], *, checked: bool
) -> str:
    """Return the same as one JSON object."""
    return json.dumps(
        {
            "framework": project.framework.name,
            "name": project.answers.name.text,
            "path": str(project.path),
            "checked": checked,
            "findings": [asdict(each) for each in found],
        },
        indent=2,
    )


def pictures(paths: Sequence[str]) -> str:
    """Return which files hold the pictures that were taken."""
    taken = [path for path in paths if path.endswith(".png")]
    changed = [path for path in paths if path not in taken]
    shown = f" They are named in {in_words(changed)}." if changed else ""
    return f"{click.style('Saved', fg='green', bold=True)} {in_words(taken)}.{shown}"


def copied(folder: Path, pages: int, *, added: bool) -> str:
    """Return how much was copied, and how it is published."""
    what = "1 page" if pages == 1 else f"{pages:,} pages"
    lines = [
        f"{click.style('Saved', fg='green', bold=True)} {what} in {printable(str(folder))}."
    ]
    if added:
        lines.append(
            "Commit it with .github/workflows/pages.yml, and choose GitHub Actions as the source"
            " in the repository's settings under Pages."
        )
    return "\n".join(lines)


def _shown(value: str | bool) -> str:
    """Return a value as the file has it."""
    return str(value).lower() if isinstance(value, bool) else printable(value)


def _source(default: Default, path: Path) -> str:
    return "the file" if default.source == str(path) else default.source


def usage(option: Option) -> str:
    """Return an option as a user would write it: `--database sqlite|postgres`."""
    if isinstance(option.default, bool):
        return f"{option.flag}/--no-{option.flag[2:]}"
    return f"{option.flag} {'|'.join(option.choices) or 'TEXT'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> str:
    """Return a table whose columns share a width by how much they have to say."""
    columns = list(zip(head, *rows, strict=True))
    needed = [
        max(len(line) for cell in c for line in cell.split("\n")) for c in columns
    ]
    least = [max(len(word) for cell in c for word in cell.split()) for c in columns]
    widths = list(least)
    spare = width - sum(least) - GAP * (len(columns) - 1)
    while spare > 0 and (narrow := [i for i, w in enumerate(widths) if w < needed[i]]):
        # The one that is furthest from fitting into few lines gets the next column.
        neediest = max(narrow, key=lambda i: needed[i] / widths[i])
        widths[neediest] += 1
        spare -= 1
    lines = _row(head, widths) + _row(["-" * w for w in widths], widths)
    wrapped = [_row(row, widths) for row in rows]
    spaced = any(len(row) > 1 for row in wrapped)
    for number, row in enumerate(wrapped):
        lines += ([""] if number and spaced else []) + row
    return "\n".join(lines)


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return the lines of one row, its cells wrapped side by side."""
    wrapped = [
        [part for line in cell.split("\n") for part in _wrap(line, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    padded = [cell + [""] * (height - len(cell)) for cell in wrapped]
    return [
        (" " * GAP)
        .join(f"{part:{w}}" for part, w in zip(parts, widths, strict=True))
        .rstrip()
        for parts in zip(*padded, strict=True)
    ]


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _go_to(project: Project) -> str:
    """Return the command that goes to the project, by the shorter of two ways."""
    try:
        relative = os.path.relpath(project.path)
    except (OSError, ValueError):  # No current folder, or another drive.
        relative = str(project.path)
    path = min(relative, str(project.path), key=len)
    quoted = subprocess.list2cmdline([path]) if WINDOWS else shlex.quote(path)
    return f"cd {quoted}"


def _count(project: Project) -> str:
    return f"{len(project.files)} file{'s' if len(project.files) != 1 else ''}"


def _folders_last(path: str) -> tuple[tuple[bool, str], ...]:
    """Sort the files of a folder before the folders in it."""
    *folders, name = path.split("/")
    return (*((True, folder) for folder in folders), (False, name))
