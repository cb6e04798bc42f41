"""Everything a template needs to know about a resource and its fields.

Templates only loop and print. What can be known from the grammar is computed here; what only a
framework knows (a column, a form field) stands in its `types.toml`, a table for each type
whose strings are small templates over `field` and `resource`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold import lexicon
from scaffold.errors import TemplateError
from scaffold.resources import Field, Resource, plural_of

if TYPE_CHECKING:
    from jinja2 import Template

Table = Mapping[str, Any]
"""A framework's `types.toml`: tables by type, and `all` for every type."""

MAX_LENGTHS = {"str": 200, "text": 10_000, "url": 500, "email": 254}

INPUTS = {
    "str": "text",
    "text": "textarea",
    "int": "number",
    "float": "number",
    "decimal": "number",
    "bool": "checkbox",
    "date": "date",
    "datetime": "datetime-local",
    "url": "url",
    "email": "email",
    "choice": "select",
}

# A JSON value, and a form's text, that the app must refuse; as Python expressions.
INVALID = {
    "str": ('""', '"x" * 201'),
    "text": ('""', '"x" * 10_001'),
    "int": ('"412"', '"many"'),
    "float": ('"4.5"', '"many"'),
    "decimal": ("12.5", '"12.345"'),
    "bool": ("1", None),
    "date": ('"2026-02-30"', '"2026-02-30"'),
    "datetime": ('"2026-02-30T18:30:00Z"', '"2026-02-30T18:30"'),
    "url": ('"javascript:alert(1)"', '"javascript:alert(1)"'),
    "email": ('"nobody"', '"nobody"'),
    "choice": ('"no such choice"', '"no such choice"'),
}

# A Python expression in `n` for a JSON value that differs from one `n` to the next.
NTH = {
    "int": "n + 1",
    "float": "n + 0.5",
    "decimal": 'f"{n}.50"',
    "bool": "n % 2 == 0",
    "date": 'f"{2000 + n}-01-31"',
    "datetime": 'f"{2000 + n}-01-31T18:30:00Z"',
    "url": 'f"https://example.com/{n}"',
    "email": 'f"ada{n}@example.com"',
}

HIDDEN_KEYS = frozenset(dir(dict))

ACRONYMS = frozenset(
    ["cd", "cpu", "dvd", "gps", "id", "ip", "isbn", "pdf", "sku", "tv", "url", "vat"]
)
SILENT_H = re.compile(r"(heir|honest|honou?r|hour)")
VOWEL = re.compile(r"(?!eu|one|u[bfhjkqrst][aeiou]|uni)[aeiou]")


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
    label = _label(resource.name)
    label_plural = _label(_readable_plural(resource))
    url = resource.plural.replace("_", "-")
    expanded: dict[str, Any] = {
        "definition": str(resource),
        "name": resource.name,
        "plural": resource.plural,
        "class_name": _class_name(resource.name),
        "constant": resource.name.upper(),
        "url": url,
        "label": label,
        "label_plural": label_plural,
        "title": _capitalized(label),
        "title_plural": _capitalized(label_plural),
        "article": _article(label),
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
    entries = lexicon.entries(resource, field)
    example, other = entries[:2]
    invalid, invalid_form = INVALID[field.type]
    optional_bool = field.type == "bool" and field.optional
    return {
        "name": field.name,
        "type": field.type,
        "label": _capitalized(_label(field.name)),
        "class_name": _class_name(field.name),
        "optional": field.optional,
        "unique": field.unique,
        "choices": [
            {"value": value, "label": _capitalized(_label(value))}
            for value in field.choices
        ],
        "max_length": MAX_LENGTHS.get(field.type),
        "input": "select" if optional_bool else INPUTS[field.type],
        "example": _python(example),
        "example_json": json.dumps(example, ensure_ascii=False),
        "example_form": _python(_form_text(field, example)),
        "other": _python(other),
        "other_form": _python(_form_text(field, other)),
        "nth": _nth(field, example),
        "invalid": invalid,
        "invalid_form": invalid_form,
        "entries": [_python(value) for value in entries],
    }


def _form_text(field: Field, value: lexicon.Value) -> str:
    """Return what a form sends for a JSON value."""
    if isinstance(value, bool):
        return str(value).lower()
    if field.type == "datetime":
        return str(value).removesuffix("Z")
    return str(value)


def _nth(field: Field, example: lexicon.Value) -> str:
    """Return a Python expression in `n` for the nth value of a field."""
    if field.type in NTH:
        return NTH[field.type]
    if field.type == "choice":
        return f"[{', '.join(map(_python, field.choices[:2]))}][n % 2]"
    return f'f"{str(example).rstrip(".")} {{n}}"'


def _python(value: lexicon.Value) -> str:
    """Write a value as a formatted Python literal, in double quotes."""
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    )


def _class_name(name: str) -> str:
    """Turn snake_case into CamelCase."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def _label(name: str) -> str:
    """Turn `to_read` and `home_url` into words: `to read`, `home URL`."""
    words = re.split("[_-]+", name.strip("_-"))
    return " ".join(word.upper() if word in ACRONYMS else word for word in words)


def _capitalized(label: str) -> str:
    """Raise the first letter and leave the others."""
    return label[:1].upper() + label[1:]


def _readable_plural(resource: Resource) -> str:
    """Return the plural for readers, who have no trouble with `news`."""
    if resource.plural == plural_of(resource.name) == f"{resource.name}_items":
        return resource.name
    return resource.plural


def _article(label: str) -> str:
    """Return `a` or `an`, by the usual sound of the first letters."""
    return "an" if VOWEL.match(label) or SILENT_H.match(label) else "a"
