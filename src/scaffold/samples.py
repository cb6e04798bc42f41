"""Example values of a field, good and bad: what seeds and tests of an app are made of.

Three good values are enough: an app that starts with three plausible entries shows what it is
for. They come from what the resource is (a book has known titles), else from the field's name
(an `author` is a person), else from its type. The words stand in `lexicon.toml`.

Entries of several resources belong together: a reference holds which of its parent's three
entries it is to, the author of Dune is who wrote it, and a comment on Dune speaks of Dune.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scaffold.kinds import KINDS, REFERENCE, Value
from scaffold.resources import REF, Field, Resource

Three = tuple[Value, Value, Value]

# Which of the parent's three entries each of the child's would be to, for one reference after
# another, and where no two may be to the same.
TURNS = ((1, 2, 1), (2, 3, 3), (3, 1, 2))
UNIQUE_TURNS = ((1, 2, 3), (2, 3, 1), (3, 1, 2))
IN_ORDER = (1, 2, 3)
MOST_ABOUT = 30  # Characters of a parent's title that a sentence speaks of.
MOST_CALLED = 45  # Characters of a text that an entry is called by, unshortened.

# As Python types, which the catalogue holds; the user may have chosen another for a field.
PYTHON = {
    "str": str,
    "text": str,
    "int": int,
    "float": float,
    "decimal": str,
    "date": str,
    "time": str,
    "datetime": str,
}
# How the text of each looks that has a form of its own.
FORMS = {
    "decimal": re.compile(r"\d+\.\d\d"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d:\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
}
# Last words of a field's name that say no more than its type: `due_on`, `due_date`.
PLAIN = frozenset(["at", "date", "day", "on", "time"])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `lexicon.toml`.

    Attributes:
        people: Three people.
        persons: Words for people.
        titles: Fields that hold what an entry is called.
        like: Resources that share the catalogue of another.
        alias: Fields that mean what another does.
        births: When people were born, by their name.
        catalogue: What is well known, by resource and field.
        unknown: What is called and said of an entry of which nothing is known, for `{}`.
        words: What fields hold, by type and name.
        about: What is said of the entry that `{}` stands for, by resource.
    """

    people: Three
    persons: frozenset[str]
    titles: frozenset[str]
    like: Mapping[str, str]
    alias: Mapping[str, str]
    births: Mapping[str, str]
    catalogue: Mapping[str, Mapping[str, Three]]
    words: Mapping[str, Mapping[str, Three]]
    about: Mapping[str, Three]
    unknown: Mapping[str, Three]

    def known_of(self, resource: str) -> Mapping[str, Three]:
        """Return what is well known of a resource, by field."""
        for name in (resource, resource.rpartition("_")[2]):
            if found := self.catalogue.get(self.like.get(name, name)):
                return found
        return {}


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
    about, unknown = (
        {name: tuple(values) for name, values in data[part].items()}
        for part in ("about", "unknown")
    )
    return Lexicon(
        people=tuple(data["people"]),
        persons=frozenset(data["persons"]),
        titles=frozenset(data["titles"]),
        like=data["like"],
        alias=data["alias"],
        births=data["births"],
        catalogue=catalogue,
        words=words,
        about=about,
        unknown=unknown,
    )


def entries(resources: Sequence[Resource]) -> dict[str, dict[str, Three]]:
    """Return three believable values for every field, as JSON carries them.

    They keep to the limits of the type, and differ from each other except for `bool`, `choice`
    and references, whose values are the numbers of the parent's entries, from 1.

    Args:
        resources: All of them, parents first.

    Returns:
        The values by the names of the resource and of the field.
    """
    found: dict[str, dict[str, Three]] = {}
    # The entries that each entry leads to, by the names of their resources.
    reached: dict[str, list[dict[str, int]]] = {}
    for resource in resources:
        own: dict[str, Three] = {}
        ways = [{resource.name: number} for number in IN_ORDER]
        for field in resource.references:
            titles = _titles(field.target, resources, found)
            numbers = _numbers(resource, field, titles, ways, reached[field.target])
            for way, number in zip(ways, numbers, strict=True):
                for name, other in reached[field.target][number - 1].items():
                    way.setdefault(name, other)
            own[field.name] = numbers
        found[resource.name] = own
        reached[resource.name] = ways
        about = _about(resource, resources, found)
        # What an entry is called comes first, as texts and addresses speak of it.
        fields = sorted(resource.fields, key=lambda each: each != resource.title_field)
        called: Three | None = None
        for field in fields:
            if field.type != REF:
                values = (
                    _called_by_children(resource, field, resources)
                    or _known(resource, field)
                    or _values(resource, field, about, called)
                )
                long = max(len(str(value)) for value in values) > MOST_CALLED
                if long and field.type == "text" and field == resource.title_field:
                    values = _usual(field)
                own[field.name] = values
                if field == resource.title_field and field.type == "str":
                    called = values
    return found


def samples(field: Field, values: Three) -> dict[str, Any]:
    """Return what templates get to know of a field's values, as Python expressions."""
    # An id is not known before; tests make the parent's entries first, on an empty database.
    kind, shown = (
        (REFERENCE, REFERENCE.examples)
        if field.type == REF
        else (KINDS[field.type], values)
    )
    example, other = shown[:2]
    return {
        "example": _python(example),
        "example_json": json.dumps(example, ensure_ascii=False),
        "example_form": _python(_form_text(field, example)),
        "other": _python(other),
        "nth": _nth(field, example),
        "invalid": kind.invalid,
        "invalid_form": kind.invalid_form,
        "entries": [_python(value) for value in values],
    }


def _known(resource: Resource, field: Field) -> Three | None:
    """Return what everybody knows of the resource: a book has known titles."""
    known = lexicon().known_of(resource.name)
    names = [*_names(field), lexicon().alias.get(field.name, field.name)]
    if field == resource.title_field and field.type == "str":
        names.append("title")
    texts = (each for each in resource.fields if each.type == "text")
    if field == next(texts, None):
        names.append("text")
    return _first_of(known, names, field.type)


def _first_of(
    known: Mapping[str, Three], names: Sequence[str], kind: str
) -> Three | None:
    """Return the first values that have one of these names and are of the type."""
    for name in names:
        if name in known:
            if _fits(kind, known[name]):
                return known[name]
            if kind == "datetime" and _fits("date", known[name]):
                return _at_usual_times(known[name])
    return None


def _at_usual_times(days: Three) -> Three:
    """Return moments of three days."""
    one, two, three = (
        f"{day}T{time}Z" for day, time in zip(days, KINDS["time"].examples, strict=True)
    )
    return (one, two, three)


def _called_by_children(
    resource: Resource, field: Field, resources: Sequence[Resource]
) -> Three | None:
    """Return what is known to be referred to: the author of Dune, where there are books."""
    if field.type == "str" and field == resource.title_field:
        for child in resources:
            for reference in child.references:
                if reference.target == resource.name:
                    known = lexicon().known_of(child.name).get(reference.name)
                    if known and _fits("str", known):
                        return known
    return None


def _titles(
    name: str, resources: Sequence[Resource], found: Mapping[str, Mapping[str, Three]]
) -> Three | None:
    """Return what the three entries of a resource are called, where that is a short text."""
    title = next(each for each in resources if each.name == name).title_field
    return found[name][title.name] if title and title.type == "str" else None


def _numbers(
    resource: Resource,
    field: Field,
    titles: Three | None,
    ways: Sequence[Mapping[str, int]],
    reached: Sequence[Mapping[str, int]],
) -> tuple[int, int, int]:
    """Return which of the parent's entries the three of a child are to.

    Where a child has two ways to the same entry further up, they lead to the same: a review of a
    book by its author's name is of a book that this author wrote.

    Args:
        resource: The child.
        field: The reference.
        titles: What the parent's entries are called.
        ways: What each of the child's entries leads to by its earlier references.
        reached: What each of the parent's entries leads to.
    """
    known = lexicon().known_of(resource.name).get(field.name)
    if known and known == titles:
        return IN_ORDER
    earlier = resource.references[: resource.references.index(field)]
    again = any(other.target == field.target for other in earlier)
    turns = UNIQUE_TURNS if field.unique else TURNS
    chosen: list[int] = []
    for wanted, way in zip(turns[len(earlier) % len(turns)], ways, strict=True):
        numbers = sorted(IN_ORDER, key=lambda number: number != wanted)
        free = [number for number in numbers if not (field.unique and number in chosen)]
        fitting = (
            number
            for number in free
            if again
            or way.items()
            >= {
                name: other
                for name, other in reached[number - 1].items()
                if name in way
            }.items()
        )
        chosen.append(next(fitting, free[0]))
    one, two, three = chosen
    return (one, two, three)


def _about(
    resource: Resource,
    resources: Sequence[Resource],
    found: Mapping[str, Mapping[str, Three]],
) -> Three | None:
    """Return the titles of what the three entries refer to first of all."""
    for field in resource.references:
        if titles := _titles(field.target, resources, found):
            if max(len(str(title)) for title in titles) > MOST_ABOUT:
                continue
            one, two, three = (
                titles[int(number) - 1] for number in found[resource.name][field.name]
            )
            return (one, two, three)
    return None


def _values(
    resource: Resource, field: Field, about: Three | None, called: Three | None
) -> Three:
    """Return three values for a field of which nothing is known but its name and its type.

    Args:
        resource: The resource.
        field: A field of it.
        about: What its entries refer to is called.
        called: What they are called themselves, where that is a short text.
    """
    match field.type:
        case "choice":
            return _choices(field)
        case "url":
            return _urls(resource, called)
        case "str":
            return _strings(resource, field, about)
        case "text" if about and not _by_name(field):
            said = lexicon().about
            texts = said.get(resource.name.rpartition("_")[2], said["text"])
            return _filled(texts, about)
        case "text" if called and not _by_name(field) and _is_first(resource, field):
            return _filled(lexicon().unknown["text"], called)
        case "date" if births := _births(field, called):
            return births
        case _:
            return _by_name(field) or _usual(field)


def _births(field: Field, called: Three | None) -> Three | None:
    """Return when three people were born, if the field asks for that and they are known."""
    known = [lexicon().births.get(str(name)) for name in called or ()]
    if not {"birth", "birthday", "birthdate", "born"} & {*_names(field)}:
        return None
    match known:
        case [str(one), str(two), str(three)]:
            return (one, two, three)
    return None


def _filled(texts: Three, things: Three) -> Three:
    """Return three texts with what each speaks of."""
    one, two, three = (
        str(text).format(thing) for text, thing in zip(texts, things, strict=True)
    )
    return (one, two, three)


def _is_first(resource: Resource, field: Field) -> bool:
    """Tell whether no earlier field is of the same type, as two must not say the same."""
    return field == next(each for each in resource.fields if each.type == field.type)


def _fits(kind: str, values: Three) -> bool:
    """Tell whether values from the lexicon are of the type the user chose."""
    form = FORMS.get(kind)
    if form and not all(form.fullmatch(str(value)) for value in values):
        return False
    python = PYTHON.get(kind)
    return python is not None and all(type(value) is python for value in values)


def _by_name(field: Field) -> Three | None:
    """Return what the field's whole name, or its last word, stands for."""
    names = _names(field)
    if found := _first_of(lexicon().words.get(field.type, {}), names, field.type):
        return found
    if field.type == "datetime":
        return _first_of(lexicon().words["date"], names, field.type)
    return None


def _names(field: Field) -> list[str]:
    """Return what a field may be looked up by: `first_due_on`, `first_due`, `due`, and `on`."""
    names = [field.name]
    front, _, last = field.name.rpartition("_")
    if front and last in PLAIN:
        names += [front, front.rpartition("_")[2]]
    return [*names, last, last.removesuffix("s")]


def _usual(field: Field) -> Three:
    """Return the three examples of a type."""
    one, two, three = KINDS[field.type].examples
    return (one, two, three)


def _choices(field: Field) -> Three:
    """Return the first choices, turning back to the beginning where there are two."""
    first, second, *others = field.choices
    return (first, second, others[0] if others else first)


def _urls(resource: Resource, called: Three | None) -> Three:
    """Return addresses under the domain that is kept for examples."""
    site = f"https://example.com/{resource.plural.replace('_', '-')}"
    pages = [_slug(str(each)) for each in called or ()]
    if len({*filter(None, pages)}) < 3:
        pages = ["first", "second", "third"]
    return (f"{site}/{pages[0]}", f"{site}/{pages[1]}", f"{site}/{pages[2]}")


def _slug(text: str) -> str:
    """Return a text as it stands in an address: `spirited-away`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _strings(resource: Resource, field: Field, about: Three | None) -> Three:
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
        if about and last in lexicon().titles:
            part = thing.capitalize()
            one, two, three = about
            return (
                f"{part} 1 of {one}",
                f"{part} 2 of {two}",
                f"{part} 3 of {three}",
            )
        return _filled(lexicon().unknown["title"], (thing, thing, thing))
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
    if field.type == REF:
        return "n + 1" if field.unique else REFERENCE.nth
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
