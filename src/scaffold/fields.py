"""Everything a template needs to know about a resource and its fields.

Templates only loop and print. What can be known from the grammar is computed here; what only a
framework knows (a column, a form field) stands in its `types.toml`, a table for each type
whose strings are small templates over `field` and `resource`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.errors import TemplateError
from scaffold.kinds import KINDS
from scaffold.resources import Field, Resource
from scaffold.samples import samples
from scaffold.words import article, capitalized, class_name, label, plural_of

if TYPE_CHECKING:
    from jinja2 import Template

Table = Mapping[str, Any]
"""A framework's `types.toml`: tables by type, and `all` for every type."""

HIDDEN_KEYS = frozenset(dir(dict))


def expand(
    resource: Resource,
    table: Table,
    *,
    jinja: Mapping[str, Any] | None = None,
    template: "Callable[[str], Template] | None" = None,
) -> dict[str, Any]:
    """Return the resource as templates see it, under `cookiecutter._resource`.

    Args:
        resource: What the user asked for.
        table: The framework's `types.toml`.
        jinja: Settings of the Jinja environment, above all its delimiters.
        template: What compiles a template, in place of such an environment.

    Raises:
        TemplateError: A string in the table is no valid template.
    """
    words = label(resource.name)
    words_plural = label(_readable_plural(resource))
    url = resource.plural.replace("_", "-")
    expanded: dict[str, Any] = {
        "definition": str(resource),
        "name": resource.name,
        "plural": resource.plural,
        "class_name": class_name(resource.name),
        "constant": resource.name.upper(),
        "url": url,
        "label": words,
        "label_plural": words_plural,
        "title": capitalized(words),
        "title_plural": capitalized(words_plural),
        "article": article(words),
        "title_field": resource.title_field.name,
        "search_fields": [f.name for f in resource.fields if f.type in {"str", "text"}],
        "unique_fields": [f.name for f in resource.fields if f.unique],
        "types": list(dict.fromkeys(f.type for f in resource.fields)),
    }
    fields = [_generic(resource, field) for field in resource.fields]
    imports: dict[str, list[str]] = {
        part: [] for section in table.values() for part in section.get("imports", {})
    }
    render = _renderer(template or _compiler(jinja or {}))
    for field in fields:
        known = {"field": dict(field), "resource": expanded}
        for section in (table.get("all", {}), table.get(field["type"], {})):
            own = render(section, known)
            for part, lines in own.pop("imports", {}).items():
                imports[part].extend(lines)
            field.update(own)
    for key in {*imports, *chain.from_iterable(fields)} & HIDDEN_KEYS:
        raise TemplateError(
            f'types.toml: "{key}" is a method of dict, which Jinja finds first',
            help="choose another name",
        )
    expanded["imports"] = {part: merged(lines) for part, lines in imports.items()}
    expanded["fields"] = fields
    return expanded


def check_types(table: Table, path: Path, *, only: Iterable[str]) -> None:
    """Refuse a framework's tables when one is missing.

    Raises:
        TemplateError: A type has no table; names the file and the type.
    """
    for kind in only:
        if kind not in table:
            raise TemplateError(
                f"{path} has no table for the type {kind}",
                help=f"add [{kind}] with the keys of the other types",
            )


def merged(lines: Iterable[str]) -> list[str]:
    """Return import lines without repetition, merged by module and sorted as ruff does.

    >>> merged(["from a import c", "import b", "", "from a import B, c"])
    ['import b', 'from a import B, c']
    """
    modules: set[str] = set()
    names: dict[str, set[str]] = {}
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("from "):
            module, _, imported = line.removeprefix("from ").partition(" import ")
            names.setdefault(module, set()).update(re.split(r",\s*", imported))
        else:
            modules.add(line)
    return [
        *sorted(modules),
        *(
            f"from {module} import {', '.join(sorted(names[module], key=_import_order))}"
            for module in sorted(names)
        ),
    ]


def _import_order(name: str) -> tuple[int, str]:
    """Put constants before classes, and these before the rest."""
    if name.isupper() and len(name) > 1:
        return (0, name.lower())
    return (1 if name[:1].isupper() else 2, name.lower())


def _compiler(jinja: Mapping[str, Any]) -> "Callable[[str], Template]":
    """Return a function that compiles a template."""
    # Here and not above: `scaffold list` and `--help` start without it.
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, **jinja)  # noqa: S701 -- no HTML
    return cache(environment.from_string)  # Fields of one type share their templates.


def _renderer(
    template: "Callable[[str], Template]",
) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Return a function that renders every string in a value, however deep."""

    def render(value: Any, names: Mapping[str, Any]) -> Any:
        if isinstance(value, str):
            try:
                return template(value).render(names)
            except (
                Exception
            ) as error:  # A template is a program, and may raise anything.
                raise TemplateError(f"types.toml: {error}, in {value!r}") from error
        if isinstance(value, list):
            return [render(item, names) for item in value]
        if isinstance(value, dict):
            return {key: render(item, names) for key, item in value.items()}
        return value

    return render


def _generic(resource: Resource, field: Field) -> dict[str, Any]:
    """Return what is known of a field whatever the framework."""
    kind = KINDS[field.type]
    optional_bool = field.type == "bool" and field.optional
    return {
        "name": field.name,
        "type": field.type,
        "label": capitalized(label(field.name)),
        "class_name": class_name(field.name),
        "optional": field.optional,
        "unique": field.unique,
        "choices": [
            {"value": value, "label": capitalized(label(value))}
            for value in field.choices
        ],
        "max_length": kind.max_length,
        "step": kind.step,
        "input": "select" if optional_bool else kind.input,
        **samples(resource, field),
    }


def _readable_plural(resource: Resource) -> str:
    """Return the plural for readers, who have no trouble with `news`."""
    if resource.plural == plural_of(resource.name) == f"{resource.name}_items":
        return resource.name
    return resource.plural
