"""The user's answers: the one value that a project is made from.

The command line, the prompts, `generate()` and a file all produce it, and rendering depends on
nothing else. What is left empty is the framework's own default.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scaffold.errors import UsageError
from scaffold.frameworks import Framework
from scaffold.names import ProjectName, parse_name
from scaffold.resources import (
    DEFAULT_RESOURCE,
    Resource,
    check_reserved,
    parse_resource,
)
from scaffold.texts import parse_author, parse_email, parse_text
from scaffold.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the user wants.

    Attributes:
        framework: The framework's name: `fastapi`.
        name: The project's name, in all its forms.
        resources: What the app keeps.
        description: What the project is, in one sentence.
        author: Who holds the copyright.
        email: The author's address.
        options: The framework's own options that are not left to it, by their keys.
        version: The version of scaffold that was asked.
    """

    framework: str
    name: ProjectName
    resources: tuple[Resource, ...]
    description: str = ""
    author: str = ""
    email: str = ""
    options: tuple[tuple[str, str | bool], ...] = ()
    version: str = VERSION

    @property
    def texts(self) -> dict[str, str]:
        """Return the free texts that were given, by their keys."""
        texts = {
            "description": self.description,
            "author": self.author,
            "email": self.email,
        }
        return {key: text for key, text in texts.items() if text}


def parse_answers(
    framework: Framework,
    *,
    name: str,
    resource: str | None = None,
    description: str | None = None,
    author: str | None = None,
    email: str | None = None,
    **options: str | bool,
) -> Answers:
    """Return the answers that a framework can be asked for, each one checked.

    Raises:
        scaffold.errors.UsageError: A value is refused.
    """
    project_name = parse_name(name, reserved=framework.reserved_names)
    keeps = parse_resource(DEFAULT_RESOURCE if resource is None else resource)
    check_reserved(
        keeps,
        framework=framework.title,
        resources=framework.reserved_resources,
        fields=framework.reserved_fields,
        package=project_name.package,
    )
    return Answers(
        framework=framework.name,
        name=project_name,
        resources=(keeps,),
        description=parse_text(description or "", what="description"),
        author=parse_author(author or ""),
        email=parse_email(email or ""),
        options=tuple(_parse_options(framework, options).items()),
    )


def _parse_options(
    framework: Framework, given: Mapping[str, str | bool]
) -> dict[str, str | bool]:
    """Return the options that were given, each one checked."""
    options = {option.key: option for option in framework.options}
    for key in given:
        if key not in options:
            raise UsageError(
                f'{framework.title} has no option "{key}"',
                help=f"its options are {', '.join(options) or 'none yet'}",
            )
    return {key: options[key].parse(value) for key, value in given.items()}
