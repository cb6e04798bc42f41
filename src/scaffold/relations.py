"""Several resources that belong together: what they are to each other.

`-r "post title:str" -r "comment body:text post:ref"` is checked once, and becomes a tuple of
resources in which parents come before their children, whatever order they were written in. A
*reference* is a field of type `ref`; it makes its own resource the child, and the resource that
it refers to the parent.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scaffold.errors import Fault, ResourceRefusedError
from scaffold.resources import (
    REF_MODIFIERS,
    RESERVED_FIELDS,
    Field,
    Resource,
    longer,
    parse_resource,
)
from scaffold.words import singular_of

MAX_RESOURCES = 12

# What starters put around the name of a resource, so that no other may be called so: `BookIn` is
# what the API takes for a `book`, and would be the class of a `book_in`.
BEFORE = re.compile(
    "^(add|check|choose|confirm|create|delete|edit|find|get|invalid|least|list|new|nth|other|own"
    "|read|save|show|update)_"
)
AFTER = re.compile(
    "_(admin|api|base|create|dep|detail|factory|form|id|in|invalid|list|models?|out|page"
    "|policy|query|ref|schemas?|service|update|url|views?)$"
)
# Whom people mean by it: every entry belongs to an account already.
ACCOUNTS = frozenset(["account", "owner", "user"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A field that refers, with both of its sides.

    Attributes:
        child: The resource that has the field.
        field: The field.
        parent: The resource that it refers to.
        collection: What the parent calls the child's entries; one where it is unique.
        several: Whether the child refers to the same parent by another field too.
    """

    child: Resource
    field: Field
    parent: Resource
    collection: str
    several: bool


def parse_resources(texts: Sequence[str]) -> tuple[Resource, ...]:
    """Return the resources that texts describe, each after those that it refers to.

    Where that leaves a choice, they keep the order of the texts.

    Raises:
        ResourceRefusedError: A text is refused, or they do not fit together.
    """
    resources: list[Resource] = []
    faults: list[Fault] = []
    for text in texts:
        try:
            resources.append(parse_resource(text))
        except ResourceRefusedError as error:
            faults += [fault._replace(text=text) for fault in error.faults]
    if not faults:
        written = list(zip(texts, resources, strict=True))
        faults = list(_faults(written)) or list(_cycle(written))
    if faults:
        raise ResourceRefusedError(faults[0].text or "", faults)
    return _parents_first(resources)


def references(
    resources: Sequence[Resource], *, reserved: Collection[str] = ()
) -> list[Reference]:
    """Return every reference, in the order of the resources.

    Args:
        resources: All of them.
        reserved: Names that no attribute of a model may have, such as a collection.
    """
    by_name = {resource.name: resource for resource in resources}
    taken = {
        resource.name: {*reserved, *RESERVED_FIELDS, resource.name, resource.plural}
        | {name for field in resource.fields for name in (field.name, field.column)}
        for resource in resources
    }
    found = []
    for child in resources:
        targets = [field.target for field in child.references]
        for field in child.references:
            several = targets.count(field.target) > 1
            name = child.name if field.unique else child.plural
            names = [f"{field.name}_{name}", f"{name}_by_{field.name}"]
            names = names if several else [name, *names]
            names += [f"{names[-1]}_{number}" for number in range(2, 99)]
            mine = taken[field.target]
            collection = next(name for name in names if name not in mine)
            mine.add(collection)
            found.append(
                Reference(
                    child=child,
                    field=field,
                    parent=by_name[field.target],
                    collection=collection,
                    several=several,
                )
            )
    return found


def _parents_first(resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """Return the resources, each after those that it refers to."""
    waiting = list(resources)
    ordered: list[Resource] = []
    done: set[str] = set()
    while waiting:
        for resource in waiting:
            if done.issuperset(field.target for field in resource.references):
                break
        waiting.remove(resource)
        ordered.append(resource)
        done.add(resource.name)
    return tuple(ordered)


def _faults(written: Sequence[tuple[str, Resource]]) -> Iterator[Fault]:
    """Yield where resources do not fit together, cycles apart."""
    if len(written) > MAX_RESOURCES:
        yield _at_name(
            *written[MAX_RESOURCES],
            f"there are {len(written)} resources, and {MAX_RESOURCES} is the most",
            "begin with those that everything else refers to",
        )
        return
    seen: dict[str, Resource] = {}
    for text, resource in written:
        if clash := _clash(resource, seen):
            yield _at_name(text, resource, *clash)
        seen[resource.name] = resource
    names = {resource.name: resource for _, resource in written}
    for text, resource in written:
        for number, field in enumerate(resource.fields):
            if field.target and field.target not in names:
                message = f'no resource is called "{field.target}"'
                help = _other_target(field, resource, list(names.values()))
                yield _at_field(text, number, message, help)


def _clash(
    resource: Resource, others: Mapping[str, Resource]
) -> tuple[str, str] | None:
    """Return why a resource cannot stand beside others, and what to do."""
    name, plural = resource.name, resource.plural
    if name in others:
        return (
            f'the resource "{name}" is there twice',
            "put its fields into one, or give the other another name",
        )
    for other in others.values():
        for word in (name, plural):
            if word in (other.name, other.plural):
                return (
                    f'"{word}" is the name of two things: of "{name}" '
                    f'and of "{other.name}/{other.plural}"',
                    f'give one of them another name, or plural: "{name}/PLURAL"',
                )
        for one, two in ((resource, other), (other, resource)):
            if _is_derived(one, two):
                return (
                    f'"{one.name}" is what the code for "{two.name}" calls a part of it',
                    f'try "{longer(name, "item")}"',
                )
    return None


def _is_derived(one: Resource, two: Resource) -> bool:
    """Tell whether a resource is called as starters call a part of another."""
    names = {name for each in (one.name, one.plural) for name in _whole(each)}
    return not names.isdisjoint({two.name, two.plural})


def _whole(name: str) -> tuple[str, ...]:
    """Return what a name may be a part of: `book` for `book_in`."""
    return (
        BEFORE.sub("", name),
        AFTER.sub("", name),
        AFTER.sub("", BEFORE.sub("", name)),
    )


def _other_target(field: Field, resource: Resource, resources: list[Resource]) -> str:
    """Return advice for a reference to a resource that is not there."""
    target = field.target
    if target in ACCOUNTS:
        return "leave it out: each entry has an owner, the account that added it"
    others = [other for other in resources if other != resource]
    names = {
        word: other.name for other in others for word in (other.name, other.plural)
    }
    words = [*names, *REF_MODIFIERS]
    if near := difflib.get_close_matches(target, words, n=1, cutoff=0.6):
        if near[0] in REF_MODIFIERS:
            return f"write `{near[0]}`"
        found = names[near[0]]
        if target == field.name == near[0]:  # A plural: tags:ref.
            return f'an entry refers to one: write "{found}:ref"'
        return f'did you mean "{replace(field, target=found)}"?'
    name = singular_of(target)
    known = f"; there is {', '.join(other.name for other in others)}" if others else ""
    return f'add it, for example -r "{name} title:str"{known}'


def _cycle(written: Sequence[tuple[str, Resource]]) -> Iterator[Fault]:
    """Yield the first circle of references, where there is one."""
    by_name = {resource.name: (text, resource) for text, resource in written}
    done: set[str] = set()

    def circle(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if name in path:
            return (*path[path.index(name) :], name)
        if name not in done:
            for field in by_name[name][1].references:
                if found := circle(field.target, (*path, name)):
                    return found
            done.add(name)
        return ()

    for name in by_name:
        if found := circle(name, ()):
            text, resource = by_name[found[0]]
            number = next(
                n for n, field in enumerate(resource.fields) if field.target == found[1]
            )
            yield _at_field(
                text,
                number,
                f"these refer to each other in a circle: {' → '.join(found)}",
                "leave one of them out: the page of an entry lists what refers to it",
            )
            return


def _at_name(text: str, resource: Resource, message: str, help: str) -> Fault:
    """Return a fault that points at the name of a resource."""
    start = len(text) - len(text.lstrip())
    return Fault(message, help, start, start + len(resource.name), text)


def _at_field(text: str, number: int, message: str, help: str) -> Fault:
    """Return a fault that points at a field, by its number."""
    token = list(re.finditer(r"\S+", text))[number + 1]
    return Fault(message, help, token.start(), token.end(), text)
