"""Asking: for the framework, and for every answer that is still missing."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from scaffold.answers import parse_answers
from scaffold.cli.terminal import asking, can_choose, keys, wants_color
from scaffold.errors import ScaffoldError
from scaffold.frameworks import Framework, Option
from scaffold.kinds import TYPES
from scaffold.project import defaults, plan_target
from scaffold.relations import MAX_RESOURCES
from scaffold.render import template_values
from scaffold.resources import DEFAULT_RESOURCE, REF
from scaffold.texts import parse_author, parse_email, parse_text
from scaffold.words import in_words
from scaffold.write import check_folder

Check = Callable[[str], object]
"""Refuses an answer by raising a `ScaffoldError`."""


@contextmanager
def _line_of_its_own() -> Iterator[None]:
    """End the line of a question that is not answered, whatever ends it."""
    try:
        with asking():
            yield
    except click.Abort:  # Click has ended it.
        raise
    except BaseException:
        click.echo(err=True)
        raise


def ask_framework(frameworks: Sequence[Framework]) -> Framework:
    """Ask which framework to use: with the arrow keys, or by name where they do not work."""
    by_name = {framework.name: framework for framework in frameworks}
    if can_choose():
        width = max(map(len, by_name))
        lines = [
            f"{each.name:{width}}  {each.known_for}".rstrip() for each in frameworks
        ]
        with _line_of_its_own():
            return frameworks[_choose("Framework", lines)]
    name = _prompt("Framework", next(iter(by_name)), click.Choice(list(by_name)))
    return by_name[name]


def ask_answers(
    framework: Framework,
    name: str | None,
    given: Mapping[str, Any],
    output_dir: str | os.PathLike[str],
) -> tuple[str, dict[str, Any]]:
    """Ask for the name and for every answer that is not given, and show what they are.

    Args:
        framework: The framework.
        name: The name to offer.
        given: What need not be asked.
        output_dir: Where the project will be.

    Raises:
        scaffold.errors.TargetError: No project can be written there.
        click.Abort: The user wants none.
    """
    check_folder(Path(output_dir))
    usual = {key: default.value for key, default in defaults(framework).items()}
    values = dict(given)

    def ask(key: str, what: str, default: str, check: Check) -> None:
        if key not in values:
            values[key] = _prompt(what, default, check)

    def computed(name: str) -> dict[str, Any]:
        answered = {k: v for k, v in {**usual, **values}.items() if k != "git"}
        return template_values(
            framework, parse_answers(framework, name=name, **answered)
        )

    kept: list[str] = []

    def check_resource(text: str) -> None:
        if text or not kept:  # Nothing more ends the list.
            parse_answers(framework, name=name or "", resource=[*kept, text])

    check_name = partial(plan_target, framework, output_dir=output_dir)
    name = _prompt(
        "Project name", name or framework.settings["project_name"], check_name
    )
    if "resource" not in values:
        types = f"Field types: {', '.join(TYPES)}"
        if framework.relations:
            types += f", and {REF}, as in post:{REF}, for an entry of another resource"
        click.echo(types, err=True)
        kept.append(_prompt("What the app keeps", DEFAULT_RESOURCE, check_resource))
        while framework.relations and len(kept) < MAX_RESOURCES:
            what = "Anything else, or Enter"
            if not (text := _prompt(what, "", check_resource)):
                break
            kept.append(text)
        values["resource"] = kept
    known = computed(name)
    ask("description", "Description", known["description"], _text("description"))
    ask("author", "Author", known["author"], parse_author)
    ask("email", "E-mail", known["email"], parse_email)
    for option in framework.options:
        if option.key not in values:
            values[option.key] = _ask_option(option, known[option.key])
    folder = plan_target(framework, name, output_dir)
    keeps = in_words(
        [
            f"{each['label_plural']} "
            f"({', '.join(f.get('reference', f)['name'] for f in each['fields'])})"
            for each in computed(name)["_resources"]
        ]
    )
    click.echo(f"\n{framework.title}, an app that keeps {keeps}, in {folder}", err=True)
    with _line_of_its_own():
        wanted = click.confirm("Write it?", default=True, err=True)
    if not wanted:
        raise click.Abort
    return name, values


def _ask_option(option: Option, default: Any) -> str | bool:
    """Ask for one of the framework's own options."""
    what = option.help.rstrip(".") or option.key
    if isinstance(option.default, bool):
        with _line_of_its_own():
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
        with _line_of_its_own():
            return click.prompt(what, default=default, type=check, err=True)

    def checked(text: str) -> str:
        try:
            check(text)
        except ScaffoldError as error:
            raise click.UsageError(error.format_message()) from error
        return text

    with _line_of_its_own():
        return click.prompt(
            what,
            default=default,
            show_default=bool(default),
            value_proc=checked,
            err=True,
        )


def _choose(what: str, lines: Sequence[str]) -> int:
    """Let the user move to a line with the arrow keys, and return its number."""
    click.echo(f"{what}, by the arrow keys and Enter:", err=True)
    chosen = 0
    with keys() as pressed:
        _draw(lines, chosen)
        for key in pressed:
            if key in {"\r", "\n"}:
                break
            if key == "\x04":
                raise click.Abort
            if key in {"\x1b[A", "\x1bOA", "\x1b[B", "\x1bOB"}:
                chosen = (chosen + (1 if key[-1] == "B" else -1)) % len(lines)
            else:
                starts = [n for n, line in enumerate(lines) if line.startswith(key)]
                chosen = starts[0] if starts else chosen
            click.echo(f"\x1b[{len(lines)}A", nl=False, err=True)
            _draw(lines, chosen)
    return chosen


def _draw(lines: Sequence[str], chosen: int) -> None:
    """Show the lines, and which of them is chosen."""
    for number, line in enumerate(lines):
        mark = "> " if number == chosen else "  "
        shown = click.style(f"{mark}{line}", bold=number == chosen)
        click.echo(f"\x1b[2K{shown}", err=True, color=wants_color())
