"""The user's answers: the one value that a project is made from.

The command line, the prompts, `generate()` and a file all produce it, and rendering depends on
nothing else. What is left empty is the framework's own default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.errors import UsageError
from scaffold.frameworks import Framework, load_frameworks
from scaffold.names import ProjectName, parse_name
from scaffold.relations import parse_resources
from scaffold.resources import (
    DEFAULT_RESOURCE,
    REF,
    Resource,
    check_reserved,
    check_title,
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
        resources: What the app keeps, each after those that it refers to.
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
    resource: str | Sequence[str] | None = None,
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
    resources = _parse_resources(framework, resource)
    for each in resources:
        check_reserved(
            each,
            framework=framework.title,
            resources=framework.reserved_resources,
            fields=framework.reserved_fields,
            references=framework.reserved_references,
            package=project_name.package,
        )
    return Answers(
        framework=framework.name,
        name=project_name,
        resources=resources,
        description=parse_text(description or "", what="description"),
        author=parse_author(author or ""),
        email=parse_email(email or ""),
        options=tuple(_parse_options(framework, options).items()),
    )


def _parse_resources(
    framework: Framework, given: str | Sequence[str] | None
) -> tuple[Resource, ...]:
    """Return what the app is to keep, as far as the framework's templates can."""
    if given is None:
        given = DEFAULT_RESOURCE
    texts = [given] if isinstance(given, str) else list(given)
    if not texts:
        raise UsageError(
            "no resource is given", help="leave it out, or give at least one"
        )
    if framework.relations:
        return parse_resources(texts)
    if len(texts) > 1 or (resource := parse_resource(texts[0])).references:
        able = [
            each.title
            for each in load_frameworks(framework.path.parent)
            if each.relations
        ]
        raise UsageError(
            f"the {framework.title} starter keeps one resource, and takes no `{REF}`",
            help=f"several may be kept with {', '.join(able) or 'no starter as yet'}",
        )
    check_title(resource)
    return (resource,)


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
