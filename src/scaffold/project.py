"""The work: one function that generates a project, and prints nothing."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scaffold.answers import Answers, parse_answers
from scaffold.config import recorded, recorded_framework, user_defaults, user_file
from scaffold.errors import ConfigError, TextRefusedError
from scaffold.frameworks import Framework, find_templates, load_framework
from scaffold.names import ProjectName, parse_name
from scaffold.output import Project
from scaffold.render import render, template_values
from scaffold.repository import Identity, identity, start_repository, surrounding
from scaffold.texts import parse_author, parse_email
from scaffold.write import check_target, write, write_files


@dataclass(frozen=True, slots=True)
class Default:
    """A value that is in force where no other is given, and where it comes from."""

    value: str | bool
    source: str


@dataclass(frozen=True, kw_only=True)
class Existing:
    """A project on the disk.

    Attributes:
        path: Its folder, absolute.
        framework: What it was made with.
        answers: What it was made from.
        values: What its templates got to know.
    """

    path: Path
    framework: Framework
    answers: Answers
    values: Mapping[str, Any]


def generate(
    framework: str,
    name: str | None = None,
    *,
    output_dir: str | os.PathLike[str] = ".",
    config: str | os.PathLike[str] | None = None,
    resource: str | Sequence[str] | None = None,
    description: str | None = None,
    author: str | None = None,
    email: str | None = None,
    preset: str | None = None,
    git: bool | None = None,
    dry_run: bool = False,
    templates: str | os.PathLike[str] | None = None,
    **options: str | bool,
) -> Project:
    """Generate a project, completely or not at all; several threads may do so at once.

    Args:
        framework: The framework's name: `fastapi`.
        name: The project's name; spaces, `-` and `_` may stand between its words.
        output_dir: The folder to put the project's own folder in; it must exist.
        config: A file with answers, such as the `pyproject.toml` of a generated project.
        resource: What the app keeps: `book title:str pages:int:optional`; or several of them,
            which may refer to each other, where the framework takes several.
        description: What the project is, in one sentence.
        author: Who holds the copyright; left out, who the user's own settings say.
        email: The author's address; left out, what the user's own settings say.
        preset: Several options at once, by its name: `minimal`; those that are given win.
        git: Whether to make a git repository with one first commit.
        dry_run: Whether to write nothing, and only tell what would be written.
        templates: A folder of frameworks to use instead of scaffold's own.
        **options: The framework's own options, by their keys in `cookiecutter.json`.

    Raises:
        scaffold.errors.ScaffoldError: A value is refused, the target exists, or a template
            is broken. Nothing was written.
        OSError: The disk is full, or permissions are missing. Nothing was left behind.
    """
    chosen = load_framework(Path(templates or find_templates()), framework)
    texts = {
        "name": name,
        "resource": resource,
        "description": description,
        "author": author,
        "email": email,
    }
    given = {key: text for key, text in texts.items() if text is not None} | options
    read = recorded(Path(config), chosen) if config is not None else {}
    if preset is not None:
        read |= dict(chosen.preset(preset).values)
    set_ = defaults(chosen, known={*given, *read})
    values = {key: default.value for key, default in set_.items()} | read | given
    wants_git = values.pop("git", True) if git is None else git
    values.pop("git", None)
    return create(
        chosen,
        _parsed(chosen, values),
        output_dir,
        git=bool(wants_git),
        dry_run=dry_run,
    )


def create(
    framework: Framework,
    answers: Answers,
    output_dir: str | os.PathLike[str],
    *,
    git: bool,
    dry_run: bool,
) -> Project:
    """Generate what the answers ask for; see `generate`."""
    target = _target(answers.name, output_dir)
    values = template_values(framework, answers)
    project = Project(
        framework=framework.name,
        title=framework.title,
        name=answers.name.text,
        package=answers.name.package,
        keeps=values["_keeps"],
        path=target,
        answers=answers,
        files=render(framework, answers, values),
        commands=values.get("__commands", {}),
    )
    if dry_run:
        return project
    return _write(project, Identity(values["author"], values["email"]), git=git)


def find_project(path: str | os.PathLike[str]) -> Existing:
    """Return the project in a folder, by what it records of itself.

    Raises:
        scaffold.errors.UsageError: There is none, or this scaffold does not know what it says.
    """
    folder = Path(os.path.realpath(path))
    file = folder / "pyproject.toml"
    if not file.is_file():
        raise ConfigError(
            f"{folder} is no project: it has no pyproject.toml",
            help="name the folder of a project that scaffold made",
        )
    framework = load_framework(find_templates(), recorded_framework(file))
    answers = _parsed(framework, recorded(file, framework))
    values = template_values(framework, answers)
    return Existing(path=folder, framework=framework, answers=answers, values=values)


def plan_target(
    framework: Framework, name: str, output_dir: str | os.PathLike[str]
) -> Path:
    """Return the absolute path that a project of this name will have.

    Raises:
        scaffold.errors.ScaffoldError: The name is refused, or the path is taken.
    """
    return _target(parse_name(name, reserved=framework.reserved_names), output_dir)


def defaults(
    framework: Framework, *, known: set[str] | None = None
) -> dict[str, Default]:
    """Return what the user's settings say, and else git, by the keys of `generate()`.

    Args:
        framework: Only what it has is returned.
        known: What need not be looked for.

    Raises:
        scaffold.errors.ConfigError: The user's file is broken.
    """
    known = known or set()
    mine = {"author", "email", "git", *(option.key for option in framework.options)}
    found = {
        key: Default(value, str(user_file()))
        for key, value in user_defaults(framework.path.parent).items()
        if key in mine
    }
    if not {"author", "email"} <= {*known, *found}:
        user = _user()
        for key, text in (("author", user.name), ("email", user.email)):
            if text and key not in found:
                found[key] = Default(text, "git")
    return found


def _parsed(framework: Framework, values: dict[str, Any]) -> Answers:
    values = {key: value for key, value in values.items() if key != "framework"}
    return parse_answers(framework, **{"name": "", **values})


def _target(name: ProjectName, output_dir: str | os.PathLike[str]) -> Path:
    target = Path(os.path.realpath(output_dir)) / name.folder
    check_target(target)
    return target


def _user() -> Identity:
    """Return who git says the user is, where that is fit to be written down."""
    found = identity()
    name = email = ""
    with contextlib.suppress(TextRefusedError):
        name = parse_author(found.name)
    with contextlib.suppress(TextRefusedError):
        email = parse_email(found.email)
    return Identity(name, email)


def _write(project: Project, author: Identity, *, git: bool) -> Project:
    """Write the project, with a repository unless it is to be without."""

    def fill(stage: Path) -> str:
        write_files(project.files, stage)
        if not git:
            return ""
        if outer := surrounding(project.path.parent):
            return f"no git repository was made: {outer} is one already"
        return start_repository(
            stage,
            message=f"Start {project.name} from scaffold's {project.title} starter",
            author=author,
        )

    warning = write(project.path, fill)
    return replace(project, warnings=(warning,) if warning else ())
