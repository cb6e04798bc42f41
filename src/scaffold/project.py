"""The work: one function that generates a project, and prints nothing."""

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scaffold.errors import TextRefusedError, UsageError
from scaffold.fields import expand
from scaffold.frameworks import Framework, find_templates, load_framework
from scaffold.names import ProjectName, parse_name
from scaffold.render import File, complete, render
from scaffold.repository import Identity, identity, start_repository, surrounding
from scaffold.resources import (
    DEFAULT_RESOURCE,
    Resource,
    check_reserved,
    parse_resource,
)
from scaffold.texts import parse_author, parse_email, parse_text
from scaffold.write import check_target, staged, write_files


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project that was generated, or that would be.

    Attributes:
        framework: The framework's name: `fastapi`.
        title: The framework's name for people: `FastAPI`.
        name: The project's name as the user wrote it: `My Proj`.
        package: The name to import: `my_proj`.
        keeps: What the app keeps, in the plural: `books`.
        path: Where the project is, absolute.
        files: Every file of the starter, sorted by path.
        commands: What to type in the project, by purpose: `migrate`, `run`, `test`.
        warnings: What is worth knowing although nothing failed, each in one line.
    """

    framework: str
    title: str
    name: str
    package: str
    keeps: str
    path: Path
    files: tuple[File, ...] = field(repr=False)
    commands: Mapping[str, str] = field(repr=False)
    warnings: tuple[str, ...] = ()


def generate(
    framework: str,
    name: str,
    *,
    output_dir: str | os.PathLike[str] = ".",
    resource: str | None = None,
    description: str | None = None,
    author: str | None = None,
    email: str | None = None,
    git: bool = True,
    dry_run: bool = False,
    templates: str | os.PathLike[str] | None = None,
    **options: str | bool,
) -> Project:
    """Generate a project, completely or not at all.

    Args:
        framework: The name of a starter: `fastapi`.
        name: The project's name; spaces, `-` and `_` may stand between its words.
        output_dir: The folder to put the project's own folder in; it must exist.
        resource: What the app keeps: `book title:str pages:int:optional`.
        description: What the project is, in one sentence.
        author: Who holds the copyright; left out, who git says the user is.
        email: The author's address; left out, what git says.
        git: Whether to make a git repository with one first commit.
        dry_run: Whether to write nothing, and only tell what would be written.
        templates: A folder of frameworks to use instead of scaffold's own.
        **options: The framework's own options, by their keys in `cookiecutter.json`.

    Raises:
        scaffold.errors.ScaffoldError: A value is refused, the target exists, or a template
            is broken. Nothing was written.
        OSError: The disk is full, or permissions are missing. Nothing was left behind.
    """
    starter = load_framework(Path(templates or find_templates()), framework)
    project_name, target = plan_target(starter, name, output_dir)
    values = answers(
        starter,
        project_name,
        resource=parse_resource(DEFAULT_RESOURCE if resource is None else resource),
        description=description,
        author=author,
        email=email,
        options=options,
    )
    project = Project(
        framework=starter.name,
        title=starter.title,
        name=project_name.text,
        package=project_name.package,
        keeps=values["_resource"]["label_plural"],
        path=target,
        files=render(starter, values),
        commands=values.get("__commands", {}),
    )
    if dry_run:
        return project
    return _write(project, values, git=git)


def plan_target(
    framework: Framework, name: str, output_dir: str | os.PathLike[str]
) -> tuple[ProjectName, Path]:
    """Return the parsed name of a project, and the absolute path that it will have.

    Raises:
        scaffold.errors.ScaffoldError: The name is refused, or the path is taken.
    """
    project_name = parse_name(name, reserved=framework.reserved_names)
    target = Path(os.path.realpath(output_dir)) / project_name.folder
    check_target(target)
    return project_name, target


def answers(
    framework: Framework,
    name: ProjectName,
    *,
    resource: Resource,
    description: str | None = None,
    author: str | None = None,
    email: str | None = None,
    options: Mapping[str, str | bool] | None = None,
) -> dict[str, Any]:
    """Return every value that the framework's templates use.

    Raises:
        scaffold.errors.ScaffoldError: A value is refused.
    """
    check_reserved(
        resource,
        framework=framework.title,
        resources=framework.reserved_resources,
        fields=framework.reserved_fields,
        package=name.package,
    )
    user = _user()
    texts = {
        "description": parse_text(description or "", what="description"),
        "author": parse_author(user.name if author is None else author),
        "email": parse_email(user.email if email is None else email),
    }
    given = {key: text for key, text in texts.items() if text}
    return complete(
        framework,
        {
            "project_name": name.text,
            **given,
            **_parse_options(framework, options or {}),
            "_resource": expand(resource, framework.fields, jinja=framework.jinja),
        },
    )


def _parse_options(
    framework: Framework, given: Mapping[str, str | bool]
) -> dict[str, str | bool]:
    """Return the options that were given, each one checked."""
    options = {option.key: option for option in framework.options}
    for key in given:
        if key not in options:
            raise UsageError(
                f'the starter for {framework.title} has no option "{key}"',
                help=f"its options are {', '.join(options) or 'none yet'}",
            )
    return {key: options[key].parse(value) for key, value in given.items()}


def _user() -> Identity:
    """Return who git says the user is, where that is fit to be written down."""
    found = identity()
    name = email = ""
    with contextlib.suppress(TextRefusedError):
        name = parse_author(found.name)
    with contextlib.suppress(TextRefusedError):
        email = parse_email(found.email)
    return Identity(name, email)


def _write(project: Project, values: Mapping[str, Any], *, git: bool) -> Project:
    """Write the project, with a repository unless it is to be without."""
    warning = ""
    with staged(project.path) as stage:
        write_files(project.files, stage)
        if git and (outer := surrounding(project.path.parent)):
            warning = f"no git repository was made: {outer} is one already"
        elif git:
            warning = start_repository(
                stage,
                message=f"Start {project.name} from scaffold's {project.title} starter",
                author=Identity(values["author"], values["email"]),
            )
    return replace(project, warnings=(warning,) if warning else ())
