"""Example values of a field, good and bad: what seeds and tests of an app are made of.

Three good values are enough: an app that starts with three plausible entries shows what it is
for. They come from what the resource is (a book has known titles), else from the field's name
(an `author` is a person), else from its type. The words stand in `lexicon.toml`.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scaffold.kinds import KINDS, Value
from scaffold.resources import Field, Resource

Three = tuple[Value, Value, Value]

# As Python types, which the catalogue holds; the user may have chosen another for a field.
PYTHON = {"str": str, "text": str, "int": int, "decimal": str}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `lexicon.toml`.

    Attributes:
        people: Three people.
        persons: Words for people.
        titles: Fields that hold what an entry is called.
        catalogue: What is well known, by resource and field.
        words: What fields hold, by type and name.
    """

    people: Three
    persons: frozenset[str]
    titles: frozenset[str]
    catalogue: Mapping[str, Mapping[str, Three]]
    words: Mapping[str, Mapping[str, Three]]


@cache
def lexicon() -> Lexicon:
    """Return the words, which are read once and only when a resource needs them."""
    text = Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    catalogue, words = (
        {
            one: {two: tuple(values) for two, values in table.items()}
            for one, table in data[part].items()
        }
        for part in ("catalogue", "words")
    )
    catalogue |= {name: catalogue[other] for name, other in data["like"].items()}
    return Lexicon(
        people=tuple(data["people"]),
        persons=frozenset(data["persons"]),
        titles=frozenset(data["titles"]),
        catalogue=catalogue,
        words=words,
    )


def entries(resource: Resource, field: Field) -> Three:
    """Return three believable values for a field, as JSON carries them.

    They keep to the limits of the type, and differ from each other except for `bool` and
    `choice`.
    """
    known = lexicon().catalogue.get(resource.name, {}).get(field.name)
    if known and _fits(field.type, known):
        return known
    match field.type:
        case "choice":
            return _choices(field)
        case "url":
            return _urls(resource)
        case "str":
            return _strings(resource, field)
        case _:
            return _by_name(field) or _usual(field)


def samples(resource: Resource, field: Field) -> dict[str, Any]:
    """Return what templates get to know of a field's values, as Python expressions."""
    values = entries(resource, field)
    example, other = values[:2]
    return {
        "example": _python(example),
        "example_json": json.dumps(example, ensure_ascii=False),
        "example_form": _python(_form_text(field, example)),
        "other": _python(other),
        "nth": _nth(field, example),
        "invalid": KINDS[field.type].invalid,
        "invalid_form": KINDS[field.type].invalid_form,
        "entries": [_python(value) for value in values],
    }


def _fits(kind: str, values: Three) -> bool:
    """Tell whether values from the catalogue are of the type the user chose."""
    if kind == "decimal" and not all("." in str(value) for value in values):
        return False
    python = PYTHON.get(kind)
    return python is not None and all(type(value) is python for value in values)


def _by_name(field: Field) -> Three | None:
    """Return what the field's whole name, or its last word, stands for."""
    words = lexicon().words.get(field.type, {})
    last = field.name.rpartition("_")[2]
    for word in (field.name, last, last.removesuffix("s")):
        if word in words:
            return words[word]
    return None


def _usual(field: Field) -> Three:
    """Return the three examples of a type."""
    one, two, three = KINDS[field.type].examples
    return (one, two, three)


def _choices(field: Field) -> Three:
    """Return the first choices, turning back to the beginning where there are two."""
    first, second, *others = field.choices
    return (first, second, others[0] if others else first)


def _urls(resource: Resource) -> Three:
    """Return addresses under the domain that is kept for examples."""
    site = f"https://example.com/{resource.plural.replace('_', '-')}"
    return (f"{site}/first", f"{site}/second", f"{site}/third")


def _strings(resource: Resource, field: Field) -> Three:
    """Return short texts: a person, a title, or what the field's name says."""
    last = field.name.rpartition("_")[2]
    kind = resource.name.rpartition("_")[2]
    if last in lexicon().persons or (
        kind in lexicon().persons and field.name in lexicon().titles
    ):
        return lexicon().people
    if named := _by_name(field):
        return named
    if field == resource.title_field or last in lexicon().titles:
        thing = resource.name.replace("_", " ")
        return (f"Sunday {thing}", f"Favourite {thing}", f"First {thing}")
    thing = field.name.replace("_", " ").capitalize()
    return (f"{thing} one", f"{thing} two", f"{thing} three")


def _form_text(field: Field, value: Value) -> str:
    """Return what a form sends for a JSON value."""
    if isinstance(value, bool):
        return str(value).lower()
    if field.type == "datetime":
        return str(value).removesuffix("Z")
    return str(value)


def _nth(field: Field, example: Value) -> str:
    """Return a Python expression in `n` for the nth value of a field."""
    if nth := KINDS[field.type].nth:
        return nth
    if field.type == "choice":
        return f"[{', '.join(map(_python, field.choices[:2]))}][n % 2]"
    return f'f"{str(example).rstrip(".")} {{n}}"'


def _python(value: Value) -> str:
    """Write a value as a formatted Python literal, in double quotes."""
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    )
