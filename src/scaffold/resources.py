"""The resource: what the app keeps, as the user writes it.

`book title:str pages:int:optional` is parsed once into a `Resource`. Whoever holds one may
trust it: every name is usable in Python, SQL, HTML and URLs.
"""

import keyword
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from scaffold.errors import ResourceRefusedError

if TYPE_CHECKING:
    from pluralizer import Pluralizer

DEFAULT_RESOURCE = (
    "book title:str author:str summary:text:optional pages:int:optional finished:bool"
)

TYPES = (
    "str",
    "text",
    "int",
    "float",
    "decimal",
    "bool",
    "date",
    "datetime",
    "url",
    "email",
    "choice",
)
MODIFIERS = ("optional", "unique")
NEVER_UNIQUE = ("bool", "choice", "text")

MAX_NAME = 40
MAX_CHOICE = 50
MAX_FIELDS = 50

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CHOICE = re.compile(r"[a-z0-9][a-z0-9_-]*")

# What every app has: parts, addresses, and words for how it works, each with another to take
# instead where one comes to mind. What a framework needs besides is found by scripts/reserve.py.
RESERVED_RESOURCES = {
    "account": "ledger",
    "admin": "",
    "api": "endpoint",
    "error": "mistake",
    "form": "survey",
    "health": "checkup",
    "login": "visit",
    "logout": "visit",
    "page": "sheet",
    "password": "credential",
    "request": "inquiry",
    "session": "meeting",
    "setting": "preference",
    "signup": "enrolment",
    "static": "",
    "template": "pattern",
    "test": "exam",
    "token": "coin",
    "url": "link",
    "user": "member",
}

# Other words for what people like to keep and some framework has a use for.
OTHER_WORDS = {
    "action": "step",
    "answer": "reply",
    "app": "tool",
    "base": "camp",
    "block": "brick",
    "client": "customer",
    "command": "instruction",
    "config": "profile",
    "database": "dataset",
    "description": "summary",
    "entry": "record",
    "event": "meeting",
    "field": "meadow",
    "group": "team",
    "location": "place",
    "message": "letter",
    "name": "title",
    "owner": "keeper",
    "problem": "puzzle",
    "question": "riddle",
    "response": "reply",
    "route": "itinerary",
    "service": "offer",
    "status": "state",
    "text": "passage",
    "title": "heading",
    "transaction": "payment",
    "value": "amount",
    "view": "sight",
    "visitor": "guest",
}

# What the server fills in, what forms send besides the fields, and names that would hide a type,
# a decorator or the entry itself inside the generated classes, or read as a 1.
RESERVED_FIELDS = {
    "bool": "",
    "bytes": "",
    "classmethod": "",
    "cls": "",
    "created_at": "",
    "csrf_token": "",
    "dict": "",
    "float": "",
    "id": "code",
    "int": "",
    "l": "length",
    "list": "",
    "next": "following",
    "object": "",
    "owner": "keeper",
    "owner_id": "keeper",
    "property": "",
    "self": "",
    "set": "",
    "staticmethod": "",
    "str": "",
    "super": "",
    "tuple": "",
    "updated_at": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One named value of a resource."""

    name: str
    type: str
    optional: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the field as the user would."""
        kind = ":".join((self.type, ",".join(self.choices))).rstrip(":")
        modifiers = [name for name in MODIFIERS if getattr(self, name)]
        return ":".join((self.name, kind, *modifiers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What an app keeps: a thing with a name, and its fields in order."""

    name: str
    plural: str
    fields: tuple[Field, ...]

    def __str__(self) -> str:
        """Write the resource as the user would."""
        name = self.name
        if self.plural != plural_of(self.name):
            name = f"{self.name}/{self.plural}"
        return " ".join((name, *map(str, self.fields)))

    @property
    def title_field(self) -> Field:
        """The first `str` field: what an entry is called on pages."""
        return next(field for field in self.fields if field.type == "str")


def parse_resource(text: str) -> Resource:
    """Return the resource that `text` describes.

    Raises:
        ResourceRefusedError: The text does not follow the grammar, or a name in it is of
            no use or already taken.
    """
    head, *rest = text.split() or [""]
    if not head:
        raise ResourceRefusedError(
            "the resource is empty", help=f'write for example "{DEFAULT_RESOURCE}"'
        )
    name, plural = _parse_head(head)
    if not rest:
        raise ResourceRefusedError(
            f'the resource "{name}" has no field',
            help=f'add at least one, for example "{name} title:str"',
        )
    if len(rest) > MAX_FIELDS:
        raise ResourceRefusedError(
            f"the resource has {len(rest)} fields, and {MAX_FIELDS} is the most",
            help="keep what belongs together, and make the rest a resource of its own",
        )
    fields = tuple(_parse_field(part) for part in rest)
    _check_together(name, plural, fields)
    return Resource(name=name, plural=plural, fields=fields)


def check_reserved(
    resource: Resource,
    *,
    framework: str,
    resources: Collection[str] = (),
    fields: Collection[str] = (),
    package: str = "",
) -> None:
    """Refuse names that a framework, or the project's own package, already uses.

    Args:
        resource: What to check.
        framework: The framework's title, for the message.
        resources: Names that no resource, and no plural, may have there.
        fields: Names that no field may have there.
        package: The import name of the project.

    Raises:
        ResourceRefusedError: A name is taken.
    """
    for name in (resource.name, resource.plural):
        if name == package:
            raise ResourceRefusedError(
                f'the resource "{name}" has the same name as the project',
                help="give the project another name, or the resource",
            )
        if name in resources:
            raise ResourceRefusedError(
                f'a resource cannot be called "{name}": {framework} uses this name',
                help=f'try "{_other_resource(resource.name, taken=resources)}"',
            )
    for field in resource.fields:
        if field.name in fields:
            raise ResourceRefusedError(
                f'a field cannot be called "{field.name}": {framework} uses this name',
                help=f'try "{_longer(field.name, "value")}"',
            )


@cache
def plural_of(name: str) -> str:
    """Return the plural of a snake_case name, always another word than the name.

    `news` and `sheep` are their own plural; code needs two names, so theirs are
    `news_items` and `sheep_items`.
    """
    *front, last = name.split("_")
    plural = "_".join((*front, _pluralizer().plural(last)))
    return plural if plural != name else f"{name}_items"


def is_plural(name: str) -> bool:
    """Tell whether a snake_case name is a plural only, such as `books`."""
    last = name.rpartition("_")[2]
    return bool(_pluralizer().is_plural(last) and not _pluralizer().is_singular(last))


@cache
def _pluralizer() -> "Pluralizer":
    """Return the rules of English plurals, which take a moment to compile."""
    from pluralizer import Pluralizer

    return Pluralizer()  # type: ignore[no-untyped-call]  # its __init__ has no hints


def _parse_head(head: str) -> tuple[str, str]:
    """Return the name and the plural from `book` or `person/people`."""
    name, slash, plural = head.partition("/")
    if ":" in head:
        raise ResourceRefusedError(
            f'"{head}" is a field, and a resource begins with its name',
            help=f'write for example "book {head}"',
        )
    _check_name(name, what="resource")
    if re.fullmatch("[a-z][0-9]*", name):
        raise ResourceRefusedError(
            f'"{name}" is too short for a resource: '
            f'its class and its constants would both be "{name.upper()}"',
            help=f'write a whole word, for example "{name}_item"',
        )
    if slash:
        _check_name(plural, what="plural")
        if plural == name:
            raise ResourceRefusedError(
                f'the plural of "{name}" must be another word, as code needs two names',
                help=f'try "{name}/{plural_of(name)}"',
            )
    else:
        _check_singular(name)
        plural = plural_of(name)
        _check_name(plural, what="plural")
    for word in (name, plural):
        if word.startswith("sqlite_"):
            raise ResourceRefusedError(
                f'a resource cannot be called "{word}": SQLite keeps such names',
                help=f'try "{name.removeprefix("sqlite_")}"',
            )
        for reserved in (word, _pluralizer().singular(word)):
            if reserved in RESERVED_RESOURCES:
                raise ResourceRefusedError(
                    f'a resource cannot be called "{word}": every app has its own',
                    help=f'try "{_other_resource(reserved)}"',
                )
    return name, plural


def _check_singular(name: str) -> None:
    """Refuse a name that is a plural only, such as `books`."""
    if is_plural(name):
        *front, last = name.split("_")
        singular = "_".join((*front, _pluralizer().singular(last)))
        raise ResourceRefusedError(
            f'"{name}" looks like a plural, and a resource is named in the singular',
            help=f'write "{singular}", or "{name}/PLURAL" if it is one thing',
        )


def _parse_field(text: str) -> Field:
    """Return the field that `title:str:optional` describes."""
    name, *parts = text.split(":")
    _check_name(name, what="field")
    if name in RESERVED_FIELDS:
        raise ResourceRefusedError(
            f'a field cannot be called "{name}": the app has its own use for it',
            help=f'try "{RESERVED_FIELDS[name] or _longer(name, "value")}"',
        )
    if not parts or not parts[0]:
        raise ResourceRefusedError(
            f'the field "{name}" has no type',
            help=f'write "{name}:str", or another of {", ".join(TYPES)}',
        )
    kind, *parts = parts
    if kind not in TYPES:
        raise ResourceRefusedError(
            f'the field "{name}" has the unknown type "{kind}"',
            help=f"the types are {', '.join(TYPES)}",
        )
    choices: tuple[str, ...] = ()
    if kind == "choice":
        choices = _parse_choices(name, parts[0] if parts else "")
        parts = parts[1:]
    _check_modifiers(name, kind, parts)
    return Field(
        name=name,
        type=kind,
        optional="optional" in parts,
        unique="unique" in parts,
        choices=choices,
    )


def _parse_choices(name: str, text: str) -> tuple[str, ...]:
    """Return the values from `to_read,reading,done`."""
    choices = tuple(text.split(","))
    if len(choices) < 2 or text in MODIFIERS:
        raise ResourceRefusedError(
            f'the choice "{name}" needs two values or more',
            help=f'write for example "{name}:choice:low,high"',
        )
    for choice in choices:
        if not CHOICE.fullmatch(choice) or len(choice) > MAX_CHOICE:
            raise ResourceRefusedError(
                f'the choice "{name}" cannot have the value "{choice}"',
                help="use lower-case ASCII letters, digits, _ and -, "
                f"at most {MAX_CHOICE} characters",
            )
    if len(set(choices)) < len(choices):
        raise ResourceRefusedError(
            f'the choice "{name}" has the same value twice', help="name each value once"
        )
    return choices


def _check_modifiers(name: str, kind: str, modifiers: Sequence[str]) -> None:
    """Refuse modifiers that do not exist, come twice, or do not fit the type."""
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            raise ResourceRefusedError(
                f'the field "{name}" has the unknown modifier "{modifier}"',
                help=f"the modifiers are {' and '.join(MODIFIERS)}",
            )
    if len(set(modifiers)) < len(modifiers):
        raise ResourceRefusedError(
            f'the field "{name}" has the same modifier twice',
            help="name each modifier once",
        )
    if "unique" in modifiers and kind in NEVER_UNIQUE:
        raise ResourceRefusedError(
            f'the field "{name}" cannot be unique, because it is a {kind}',
            help=f'leave out "unique", or make it "{name}:str:unique"',
        )


def _check_name(name: str, *, what: str) -> None:
    """Refuse a name that is not plain snake_case of a sensible length."""
    if not NAME.fullmatch(name):
        suggestion = _snake_case(name)
        raise ResourceRefusedError(
            f'"{name}" is no name for a {what}: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            help=f'try "{suggestion}"' if suggestion else 'write for example "title"',
        )
    if len(name) > MAX_NAME:
        raise ResourceRefusedError(
            f'"{name}" is {len(name)} characters long, and {MAX_NAME} is the most',
            help="choose a shorter name",
        )
    if keyword.iskeyword(name):
        raise ResourceRefusedError(
            f'"{name}" is no name for a {what}: it is a keyword of Python',
            help=f'try "{_longer(name, "value" if what == "field" else "item")}"',
        )


def _other_resource(name: str, *, taken: Collection[str] = ()) -> str:
    """Return a name to take instead of one that is taken."""
    other = (RESERVED_RESOURCES | OTHER_WORDS).get(name)
    if other and not {other, plural_of(other)}.intersection(taken):
        return other
    return _longer(name, "item")


def _longer(name: str, word: str) -> str:
    """Return a name with a word after it, not longer than a name may be."""
    return f"{name[: MAX_NAME - len(word) - 1].rstrip('_')}_{word}"


def _snake_case(text: str) -> str:
    """Return the nearest usable name, or nothing."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()
    name = re.sub(r"[^a-z0-9]+", "_", words).strip("_").lstrip("0123456789_")
    return name if NAME.fullmatch(name) and not keyword.iskeyword(name) else ""


def _check_together(name: str, plural: str, fields: Sequence[Field]) -> None:
    """Refuse fields that clash with each other or with the resource."""
    names = [field.name for field in fields]
    for field_name in names:
        if names.count(field_name) > 1:
            raise ResourceRefusedError(
                f'the resource "{name}" has two fields called "{field_name}"',
                help="give each field a name of its own",
            )
        if field_name in {name, plural}:
            raise ResourceRefusedError(
                f'the field "{field_name}" has the same name as the resource',
                help='try "title" or "name"',
            )
    title = next((field for field in fields if field.type == "str"), None)
    if title is None:
        raise ResourceRefusedError(
            f'the resource "{name}" has no field to call an entry by: '
            "that is the first of type str",
            help=f'add one, for example "title:str", or make "{names[0]}" a str',
        )
    if title.optional:
        raise ResourceRefusedError(
            f'the field "{title.name}" cannot be optional: '
            "an entry is called by the first field of type str",
            help=f'write "{title.name}:str", or put another str before it',
        )
