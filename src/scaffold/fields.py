"""Everything a template needs to know about a resource and its fields.

Templates only loop and print. What can be known from the grammar is computed here; what only a
framework knows (a column, a form field) stands in its `types.toml`, a table for each type
whose strings are small templates over `field` and `resource`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.errors import TemplateError
from scaffold.kinds import KINDS, REFERENCE
from scaffold.relations import Reference, references
from scaffold.resources import REF, Field, Resource
from scaffold.samples import Three, entries, samples
from scaffold.words import article, capitalized, class_name, label, plural_of

if TYPE_CHECKING:
    from jinja2 import Template

Table = Mapping[str, Any]
"""A framework's `types.toml`: tables by type, and `all` for every type."""

HIDDEN_KEYS = frozenset(dir(dict))

# How many entries of a resource tests make for its children to refer to: two, or one for each
# child of a long list.
FEW, MANY = 2, 30


# Words that make a number a name: people write 2026, not 2,026.
NAMING = {"code", "id", "isbn", "number", "postcode", "vintage", "year", "zip"}


def expand(
    resource: Resource,
    table: Table,
    *,
    jinja: Mapping[str, Any] | None = None,
    template: "Callable[[str], Template] | None" = None,
) -> dict[str, Any]:
    """Return the only resource of an app as templates see it; see `expand_all`."""
    return expand_all((resource,), table, jinja=jinja, template=template)[0]


def expand_all(
    resources: Sequence[Resource],
    table: Table,
    *,
    jinja: Mapping[str, Any] | None = None,
    template: "Callable[[str], Template] | None" = None,
    reserved: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Return the resources as templates see them, under `cookiecutter._resources`.

    Args:
        resources: What the user asked for, parents first.
        table: The framework's `types.toml`.
        jinja: Settings of the Jinja environment, above all its delimiters.
        template: What compiles a template, in place of such an environment.
        reserved: Names that the framework's models do not leave free.

    Raises:
        TemplateError: A string in the table is no valid template.
    """
    render = _renderer(template or _compiler(jinja or {}))
    values = entries(resources)
    found = references(resources, reserved=reserved)
    known = {each.name: _about(each, alone=len(resources) == 1) for each in resources}
    expanded = []
    for resource in resources:
        fields = []
        for field in resource.fields:
            generic = _generic(resource, field, values[resource.name][field.name])
            if field.type == REF:
                reference = next(
                    r for r in found if r.child == resource and r.field == field
                )
                generic["reference"] = _reference(reference, known)
            fields.append(generic)
        about = dict(known[resource.name])
        about["imports"] = _complete(fields, about, table, render)
        about["fields"] = fields
        about["references"] = [field for field in fields if field["type"] == REF]
        about["children"] = [_child(r, known) for r in found if r.parent == resource]
        about["parents"] = _once(
            field["reference"]["target"] for field in about["references"]
        )
        about["dependents"] = _once(each["child"] for each in about["children"])
        ways = list(_ways(resource, found))
        keeping = [way for way in ways if not way[-1].field.cascade]
        along = [way for way in ways if way[-1].field.cascade]
        about["blockers"] = _by_child(keeping, known, table, render)
        about["followers"] = _by_child(along, known, table, render)
        about["counted"] = _once(known[each.child.name] for way in ways for each in way)
        shared = any(r.parent == resource and r.field.unique for r in found)
        about["examples_needed"] = MANY if shared else FEW
        expanded.append(about)
    return expanded


def _about(resource: Resource, *, alone: bool) -> dict[str, Any]:
    """Return what is known of a resource without its fields, for itself and for others."""
    words = label(resource.name)
    words_plural = label(_readable_plural(resource))
    title = resource.title_field
    names = {name for field in resource.fields for name in (field.name, field.column)}
    titles = ("title", "short_title", "display_title", "title_of_entry")
    return {
        "definition": str(resource),
        "name": resource.name,
        "plural": resource.plural,
        "class_name": class_name(resource.name),
        "constant": resource.name.upper(),
        "prefix": "" if alone else f"{resource.name.upper()}_",
        "url": resource.plural.replace("_", "-"),
        "label": words,
        "label_plural": words_plural,
        "title": capitalized(words),
        "title_plural": capitalized(words_plural),
        "article": article(words),
        "title_field": title.name if title else "created_at",
        "title_kind": title.type if title else "datetime",
        "title_attribute": title.name
        if title and title.type == "str"
        else next(name for name in titles if name not in names),
        "search_fields": [f.name for f in resource.fields if f.type in {"str", "text"}],
        "unique_fields": [f.column for f in resource.fields if f.unique],
        "types": list(dict.fromkeys(f.type for f in resource.fields)),
    }


def _complete(
    fields: Iterable[dict[str, Any]],
    about: Mapping[str, Any],
    table: Table,
    render: Callable[[Any, Mapping[str, Any]], Any],
) -> dict[str, list[str]]:
    """Add what the framework writes for each field, and return the imports that it needs."""
    imports: dict[str, list[str]] = {
        part: [] for section in table.values() for part in section.get("imports", {})
    }
    for field in fields:
        known = {"field": dict(field), "resource": about}
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
    return {part: merged(lines) for part, lines in imports.items()}


def _reference(reference: Reference, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a child's field tells of what it refers to."""
    child, field, parent = reference.child, reference.field, reference.parent
    names = f"{child.plural}_{field.column}"
    return {
        "name": field.name,
        "target": known[parent.name],
        "collection": reference.collection,
        "several": reference.several,
        "cascade": field.cascade,
        "foreign_key": f"fk_{names}_{parent.plural}",
        "index": f"ix_{names}",
        "constraint": f"uq_{names}",
    }


def _child(reference: Reference, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a parent tells of those that refer to it by one field."""
    child, field = reference.child, reference.field
    about = known[child.name]
    by = f" ({label(field.name)})" if reference.several else ""
    return {
        "child": about,
        "name": field.name,
        "column": field.column,
        "collection": reference.collection,
        "several": reference.several,
        "optional": field.optional,
        "unique": field.unique,
        "cascade": field.cascade,
        "title": f"{about['title' if field.unique else 'title_plural']}{by}",
        "adding": f"Add {about['article']} {about['label']}{by}",
    }


def _ways(
    resource: Resource, found: Sequence[Reference]
) -> Iterator[tuple[Reference, ...]]:
    """Yield every way down to what would go along with an entry, or keeps it from going."""
    for reference in found:
        if reference.parent == resource:
            yield (reference,)
            if reference.field.cascade:
                for way in _ways(reference.child, found):
                    yield (reference, *way)


def _by_child(
    ways: Sequence[Sequence[Reference]],
    known: Mapping[str, Any],
    table: Table,
    render: Callable[[Any, Mapping[str, Any]], Any],
) -> list[dict[str, Any]]:
    """Return the resources at the end of ways, each with all that lead to it."""
    found: dict[str, dict[str, Any]] = {}
    for way in ways:
        child = known[way[-1].child.name]
        each = found.setdefault(child["name"], {"child": child, "ways": []})
        about = _way(way, known)
        names = {"way": about, "resource": known[way[0].parent.name]}
        each["ways"].append(about | render(table.get("way", {}), names))
    return [
        each | render(table.get("ways", {}), {"ways": each["ways"]})
        for each in found.values()
    ]


def _way(way: Sequence[Reference], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return how to find the entries at the end of a way from those at its beginning."""
    first, *others = way
    return {
        "column": first.field.column,
        "model": known[first.child.name],
        "joins": [
            {"model": known[each.child.name], "name": each.field.name}
            for each in reversed(others)
        ],
        "lookup": "__".join(each.field.name for each in reversed(way)),
    }


def _once(abouts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return resources without repetition, in their order."""
    return list({about["name"]: about for about in abouts}.values())


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


def _generic(resource: Resource, field: Field, values: Three) -> dict[str, Any]:
    """Return what is known of a field whatever the framework."""
    kind = KINDS.get(field.type, REFERENCE)
    optional_bool = field.type == "bool" and field.optional
    return {
        "name": field.column,
        "type": field.type,
        "label": capitalized(label(field.name)),
        "class_name": class_name(field.name),
        "optional": field.optional,
        "unique": field.unique,
        "counted": not NAMING & set(field.name.split("_")),
        "alone": sum(each.type == field.type for each in resource.fields) == 1,
        "choices": [
            {"value": value, "label": capitalized(label(value))}
            for value in field.choices
        ],
        "max_length": kind.max_length,
        "step": kind.step,
        "input": "select" if optional_bool else kind.input,
        **samples(field, values),
    }


def _readable_plural(resource: Resource) -> str:
    """Return the plural for readers, who have no trouble with `news`."""
    if resource.plural == plural_of(resource.name) == f"{resource.name}_items":
        return resource.name
    return resource.plural
