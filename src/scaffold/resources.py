"""The resource: what the app keeps, as the user writes it.

`book title:str pages:int:optional` is parsed once into a `Resource`. Whoever holds one may
trust it: every name is usable in Python, SQL, HTML and URLs. What several of them are to each
other is for `relations.py`.
"""

import difflib
import keyword
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scaffold.errors import Fault, ResourceRefusedError
from scaffold.kinds import KINDS, TYPES
from scaffold.words import is_plural, plural_of, singular_of

DEFAULT_RESOURCE = (
    "book title:str author:str summary:text:optional pages:int:optional finished:bool"
)

# The type of a field that refers to an entry of another resource.
REF = "ref"
MODIFIERS = ("optional", "unique")
REF_MODIFIERS = (*MODIFIERS, "cascade")
NEVER_UNIQUE = tuple(name for name, kind in KINDS.items() if not kind.unique)

MAX_NAME = 40
MAX_CHOICE = 50
MAX_FIELDS = 50
MAX_REFERENCES = 8

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

# What each table of PostgreSQL has, besides what it is made with.
SYSTEM_COLUMNS = frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"})

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

# What others call a reference, to one entry and to many, without `_` and `-`.
ONE = re.compile(
    "belongsto|fk|foreignkey|manytoone|onetoone|references?|relation(ship)?"
)
MANY = re.compile("hasmany|m2m|many|manytomany|multiple|onetomany|refs|several")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One named value of a resource.

    Attributes:
        name: Its name: `pages`.
        type: A type of `kinds.py`, or `ref`.
        optional: Whether it may be left out.
        unique: Whether no two entries have the same value.
        choices: The values of a choice.
        target: The name of the resource that a `ref` refers to.
        cascade: Whether an entry goes along with the one that it refers to.
    """

    name: str
    type: str
    optional: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    target: str = ""
    cascade: bool = False

    @property
    def column(self) -> str:
        """What the database and JSON call it: `post_id` for `post:ref`."""
        return f"{self.name}_id" if self.type == REF else self.name

    def __str__(self) -> str:
        """Write the field as the user would."""
        target = self.target if self.target != self.name else ""
        parts = [self.name, self.type, ",".join(self.choices), target]
        modifiers = [name for name in REF_MODIFIERS if getattr(self, name)]
        return ":".join((*filter(None, parts), *modifiers))


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
    def title_field(self) -> Field | None:
        """What an entry is called by on pages: its first `str`, else `text`, else day or moment.

        None where it has none of them, and is called by when it was added.
        """
        for kinds in ({"str"}, {"text"}, {"date", "datetime"}):
            for field in self.fields:
                if field.type in kinds and not field.optional:
                    return field
        return None

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to entries of other resources."""
        return tuple(field for field in self.fields if field.type == REF)


def parse_resource(text: str) -> Resource:
    """Return the resource that `text` describes.

    Raises:
        ResourceRefusedError: The text does not follow the grammar, or a name in it is of
            no use or already taken. It tells every fault, and where in the text it is.
    """
    if faults := list(_faults(text)):
        raise ResourceRefusedError(text, faults)
    head, *rest = text.split()
    name, _, plural = head.partition("/")
    return Resource(
        name=name,
        plural=plural or plural_of(name),
        fields=tuple(map(_field, rest)),
    )


def check_reserved(
    resource: Resource,
    *,
    framework: str,
    resources: Collection[str] = (),
    fields: Collection[str] = (),
    references: Collection[str] = (),
    package: str = "",
) -> None:
    """Refuse names that a framework, or the project's own package, already uses.

    Args:
        resource: What to check.
        framework: The framework's title, for the message.
        resources: Names that no resource, and no plural, may have there.
        fields: Names that no field may have there.
        references: Names that no reference may have there besides.
        package: The import name of the project.

    Raises:
        ResourceRefusedError: A name is taken.
    """
    for name in (resource.name, resource.plural):
        if name == package:
            raise _refusal(
                resource,
                name,
                f'the resource "{name}" has the same name as the project',
                "give the project another name, or the resource",
            )
        if name in resources:
            raise _refusal(
                resource,
                name,
                f'a resource cannot be called "{name}": {framework} uses this name',
                f'try "{_other_resource(resource.name, taken=resources)}"',
            )
    for field in resource.fields:
        if field.name in fields:
            raise _refusal(
                resource,
                field.name,
                f'a field cannot be called "{field.name}": {framework} uses this name',
                f'try "{longer(field.name, "value")}"',
            )
        if field.target and field.name in references:
            raise _refusal(
                resource,
                field.name,
                f'a reference cannot be called "{field.name}": {framework} uses this name',
                f'try "{longer(field.name, "entry")}:{REF}:{field.target}"',
            )


def check_title(resource: Resource) -> None:
    """Refuse a resource whose entries are not called by a `str`.

    Raises:
        ResourceRefusedError: It has none, or only optional ones.
    """
    title = resource.title_field
    if title and title.type == "str":
        return
    texts = [field for field in resource.fields if field.type == "str"]
    if texts:
        raise _refusal(
            resource,
            str(texts[0]),
            f'the field "{texts[0].name}" cannot be optional: '
            "an entry is called by the first field of type str",
            f'write "{texts[0].name}:str", or put another str before it',
        )
    first = resource.fields[0].name
    raise _refusal(
        resource,
        first,
        f'the resource "{resource.name}" has no field to call an entry by: '
        "that is the first of type str",
        f'add one, for example "title:str", or make "{first}" a str',
    )


def _refusal(
    resource: Resource, name: str, message: str, help: str
) -> ResourceRefusedError:
    """Return the error for a name in a resource that follows the grammar."""
    text = str(resource)
    found = re.search(rf"(?<![\w:,]){re.escape(name)}(?!\w)", text)
    start = found.start() if found else 0  # A plural may be computed.
    length = len(name) if found else len(resource.name)
    return ResourceRefusedError(text, [Fault(message, help, start, start + length)])


def _field(text: str) -> Field:
    """Return the field that a good text describes."""
    name, kind, *parts = text.split(":")
    choices = tuple(parts.pop(0).split(",")) if kind == "choice" else ()
    target = ""
    if kind == REF:
        named = parts and parts[0] not in REF_MODIFIERS
        target = parts.pop(0) if named else name
    return Field(
        name=name,
        type=kind,
        optional="optional" in parts,
        unique="unique" in parts,
        choices=choices,
        target=target,
        cascade="cascade" in parts,
    )


def _faults(text: str) -> Iterator[Fault]:
    """Yield everything that is wrong with a resource, in the order of the text."""
    if other := _other_notation(text):
        yield Fault(f"a resource is not written as {other[0]}", other[1], 0, len(text))
        return
    tokens = [(token.start(), token[0]) for token in re.finditer(r"\S+", text)]
    if not tokens:
        yield Fault("the resource is empty", f'write for example "{DEFAULT_RESOURCE}"')
        return
    (start, head), *rest = tokens
    found = [fault.moved(start) for fault in _head_faults(head)]
    name = head.partition("/")[0]
    end = start + len(head)
    if not rest and not found:
        help = f'add at least one, for example "{name} title:str"'
        yield Fault(f'the resource "{name}" has no field', help, start, end)
        return
    if len(rest) > MAX_FIELDS:
        yield Fault(
            f"the resource has {len(rest)} fields, and {MAX_FIELDS} is the most",
            "keep what belongs together, and make the rest a resource of its own",
            rest[MAX_FIELDS][0],
            len(text),
        )
        return
    for start, token in rest:
        found += [fault.moved(start) for fault in _field_faults(token, name)]
    found = found or list(_faults_together(head, rest))
    yield from found


def _other_notation(text: str) -> tuple[str, str] | None:
    """Return which other notation a text is in, and what to write instead."""
    bare = text.strip()
    if bare[:1] in {"{", "["}:
        return "JSON", f'write for example "{DEFAULT_RESOURCE}"'
    if call := re.fullmatch(r"(\w+)\s*\((.*)\)", bare, re.DOTALL):
        fields = re.sub(r"\s*:\s*", ":", call[2].replace("=", ":"))
        parts = re.split(r",\s*(?=\w+:)|[,\s]+$|\s+", fields)
        return "a call", f'write "{" ".join([call[1], *filter(None, parts)])}"'
    return None


def _head_faults(head: str) -> Iterator[Fault]:
    """Yield what is wrong with `book` or `person/people`."""
    name, slash, plural = head.partition("/")
    if ":" in head:
        yield Fault(
            f'"{head}" is a field, and a resource begins with its name',
            f'write for example "book {head}"',
            0,
            len(head),
        )
        return
    own = list(_name_faults(name, what="resource"))
    if own:
        yield from own
        return
    if re.fullmatch("[a-z][0-9]*", name):
        yield Fault(
            f'"{name}" is too short for a resource: '
            f'its class and its constants would both be "{name.upper()}"',
            f'write a whole word, for example "{name}_item"',
            0,
            len(name),
        )
        return
    if slash:
        at = len(name) + 1
        own = [fault.moved(at) for fault in _name_faults(plural, what="plural")]
        if not own and plural == name:
            message = (
                f'the plural of "{name}" must be another word, as code needs two names'
            )
            help = f'try "{name}/{plural_of(name)}"'
            own.append(Fault(message, help, at, len(head)))
    elif is_plural(name):
        message = (
            f'"{name}" looks like a plural, and a resource is named in the singular'
        )
        help = f'write "{singular_of(name)}", or "{name}/PLURAL" if it is one thing'
        own.append(Fault(message, help, 0, len(name)))
    else:
        plural = plural_of(name)
        own += _name_faults(plural, what="plural")
    yield from own or _taken(name, plural, head)


def _taken(name: str, plural: str, head: str) -> Iterator[Fault]:
    """Yield where a resource has a name that every app uses itself."""
    for word in dict.fromkeys((name, plural)):
        start = max(head.rfind(word), 0)
        end = start + len(word) if word in head else len(head)
        if word.startswith("sqlite_"):
            message = f'a resource cannot be called "{word}": SQLite keeps such names'
            yield Fault(message, f'try "{word.removeprefix("sqlite_")}"', start, end)
            return
        for reserved in (word, singular_of(word)):
            if reserved in RESERVED_RESOURCES:
                message = f'a resource cannot be called "{word}": every app has its own'
                yield Fault(message, f'try "{_other_resource(reserved)}"', start, end)
                return


def _field_faults(text: str, resource: str) -> Iterator[Fault]:
    """Yield what is wrong with `title:str:optional`, a field of this resource."""
    if faults := list(_separator_faults(text)):
        yield from faults
        return
    name, *parts = text.split(":")
    yield from _name_faults(name, what="field")
    if name in RESERVED_FIELDS:
        yield Fault(
            f'a field cannot be called "{name}": the app has its own use for it',
            f'try "{RESERVED_FIELDS[name] or longer(name, "value")}"',
            0,
            len(name),
        )
    if name in SYSTEM_COLUMNS:
        message = (
            f'a field cannot be called "{name}": each table of PostgreSQL has its own'
        )
        yield Fault(message, f'try "{longer(name, "value")}"', 0, len(name))
    if not parts or not parts[0]:
        yield Fault(
            f'the field "{name}" has no type',
            f'write "{name}:str", or another of {", ".join(TYPES)}',
            0,
            len(text),
        )
        return
    kind, *parts = parts
    at = len(name) + 1
    if MANY.fullmatch(_bare(kind)):
        yield _many_fault(resource, name, at, at + len(kind))
        return
    if kind not in {*KINDS, REF}:
        help = _nearest_type(kind)
        message = f'the field "{name}" has the unknown type "{kind}"'
        yield Fault(message, help, at, at + len(kind))
        kind = ""
    at += len(text.split(":")[1]) + 1
    if kind == "choice":
        values = parts.pop(0) if parts else ""
        yield from (fault.moved(at) for fault in _choice_faults(name, values, text))
        at += len(values) + 1
    if kind == REF:
        yield from _reference_name_faults(name)
        if any(MANY.fullmatch(_bare(part)) for part in parts):
            yield _many_fault(resource, name, at, len(text))
            return
        if parts and parts[0] and parts[0] not in REF_MODIFIERS:
            target = parts.pop(0)
            yield from (f.moved(at) for f in _name_faults(target, what="resource"))
            at += len(target) + 1
    for fault in _modifier_faults(name, kind, parts):
        yield fault.moved(at)


def _reference_name_faults(name: str) -> Iterator[Fault]:
    """Yield why a reference cannot have a name: its column is called after it."""
    bare = name.removesuffix("_id")
    if bare != name and bare:
        message = f'a reference is called by what it refers to, and "{name}" by its id'
        yield Fault(message, f'write "{bare}:ref"', 0, len(name))
    elif MAX_NAME - len("_id") < len(name) <= MAX_NAME:
        most = MAX_NAME - len("_id")
        message = f'"{name}" is {len(name)} characters long, and {most} is the most'
        yield Fault(message, "choose a shorter name", 0, len(name))


def _many_fault(resource: str, name: str, start: int, end: int) -> Fault:
    """Return what to say to somebody who wants many where a reference is to one."""
    other = singular_of(name)
    example = f"{resource}_{other} {resource}:ref:cascade {other}:ref:cascade"
    return Fault(
        f'the field "{name}" would refer to many, and a reference is to one',
        f'write a resource of its own for each pair, -r "{example}"; '
        f'or, where each {other} has one {resource}, give "{other}" a {resource}:ref',
        start,
        end,
    )


def _bare(word: str) -> str:
    """Return a word as `ONE` and `MANY` have it: `Many-to_many` is `manytomany`."""
    return re.sub(r"[_-]|field$|\(.*", "", word.lower())


def _separator_faults(text: str) -> Iterator[Fault]:
    """Yield where commas or equals signs stand between what is kept apart otherwise."""
    wrong = re.search(r",(?=\w+[:=])|,$", text)
    if wrong and ":choice:" not in text[: wrong.start()]:
        spaced = re.sub(r",(?=\w+[:=])|,$", " ", text).strip()
        message = "there are spaces between fields, and no commas"
        yield Fault(message, f'write "{spaced}"', wrong.start(), wrong.end())
    elif "=" in text and ":" not in text.partition("=")[0]:
        at = text.index("=")
        message = "there is a colon between a field and its type, and no ="
        yield Fault(message, f'write "{text.replace("=", ":", 1)}"', at, at + 1)


def _nearest_type(kind: str) -> str:
    """Return advice for a type that is none."""
    lower = kind.lower()
    plain = re.sub(r"\(.*|field$", "", lower)
    for name, known in KINDS.items():
        if {lower, plain} & {name, *known.aliases}:
            return f"write `{'choice:low,high' if name == 'choice' else name}`"
    if ONE.fullmatch(_bare(kind)):
        return f"write `{REF}`"
    names = {alias: name for name, known in KINDS.items() for alias in known.aliases}
    names |= {name: name for name in KINDS}
    if near := difflib.get_close_matches(plain, names, n=1, cutoff=0.7):
        return f"did you mean `{names[near[0]]}`? The types are {', '.join(TYPES)}"
    return f"the types are {', '.join(TYPES)}"


def _choice_faults(name: str, values: str, text: str) -> Iterator[Fault]:
    """Yield what is wrong with `to_read,reading,done`."""
    choices = values.split(",")
    if len(choices) < 2 or values in MODIFIERS:
        yield Fault(
            f'the choice "{name}" needs two values or more',
            f'write for example "{name}:choice:low,high"',
            -1 if text.endswith("choice") else 0,
            len(values),
        )
        return
    at = 0
    for choice in choices:
        if not CHOICE.fullmatch(choice) or len(choice) > MAX_CHOICE:
            yield Fault(
                f'the choice "{name}" cannot have the value "{choice}"',
                "use lower-case ASCII letters, digits, _ and -, "
                f"at most {MAX_CHOICE} characters",
                at,
                at + len(choice),
            )
        at += len(choice) + 1
    if len(set(choices)) < len(choices):
        message = f'the choice "{name}" has the same value twice'
        yield Fault(message, "name each value once", 0, len(values))


def _modifier_faults(name: str, kind: str, modifiers: Sequence[str]) -> Iterator[Fault]:
    """Yield modifiers that do not exist, come twice, or do not fit the type."""
    known = REF_MODIFIERS if kind == REF else MODIFIERS
    at = 0
    for number, modifier in enumerate(modifiers):
        end = at + len(modifier)
        if modifier == "cascade" and kind and kind != REF:
            yield Fault(
                f'the field "{name}" cannot cascade, because it is a {kind}',
                f'leave out "cascade", which is for a field of type `{REF}`',
                at,
                end,
            )
        elif modifier not in known:
            near = difflib.get_close_matches(modifier.lower(), known, n=1)
            if modifier.lower() in {"null", "nullable", "none", "blank"}:
                near = ["optional"]
            yield Fault(
                f'the field "{name}" has the unknown modifier "{modifier}"',
                f"write `{near[0]}`"
                if near
                else f"the modifiers are {', '.join(known[:-1])} and {known[-1]}",
                at,
                end,
            )
        elif modifier in modifiers[:number]:
            message = f'the field "{name}" has the same modifier twice'
            yield Fault(message, "name each modifier once", at, end)
        elif modifier == "unique" and kind in NEVER_UNIQUE:
            yield Fault(
                f'the field "{name}" cannot be unique, because it is a {kind}',
                f'leave out "unique", or make it "{name}:str:unique"',
                at,
                end,
            )
        at = end + 1


def _name_faults(name: str, *, what: str) -> Iterator[Fault]:
    """Yield why a name is not plain snake_case of a sensible length."""
    if not NAME.fullmatch(name):
        suggestion = _snake_case(name)
        yield Fault(
            f'"{name}" is no name for a {what}: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            f'try "{suggestion}"' if suggestion else 'write for example "title"',
            0,
            len(name),
        )
    elif len(name) > MAX_NAME:
        message = f'"{name}" is {len(name)} characters long, and {MAX_NAME} is the most'
        yield Fault(message, "choose a shorter name", 0, len(name))
    elif keyword.iskeyword(name):
        yield Fault(
            f'"{name}" is no name for a {what}: it is a keyword of Python',
            f'try "{longer(name, "value" if what == "field" else "item")}"',
            0,
            len(name),
        )


def _other_resource(name: str, *, taken: Collection[str] = ()) -> str:
    """Return a name to take instead of one that is taken."""
    other = (RESERVED_RESOURCES | OTHER_WORDS).get(name)
    if other and not {other, plural_of(other)}.intersection(taken):
        return other
    return longer(name, "item")


def longer(name: str, word: str) -> str:
    """Return a name with a word after it, not longer than a name may be."""
    return f"{name[: MAX_NAME - len(word) - 1].rstrip('_')}_{word}"


def _snake_case(text: str) -> str:
    """Return the nearest usable name, or nothing."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()
    name = re.sub(r"[^a-z0-9]+", "_", words).strip("_").lstrip("0123456789_")
    return name if NAME.fullmatch(name) and not keyword.iskeyword(name) else ""


def _faults_together(head: str, tokens: Sequence[tuple[int, str]]) -> Iterator[Fault]:
    """Yield where fields clash with each other or with the resource."""
    name, _, plural = head.partition("/")
    taken = {name, plural or plural_of(name)}
    fields = [(start, _field(token)) for start, token in tokens]
    columns = {field.column: field for _, field in fields if field.type == REF}
    seen: set[str] = set()
    for start, field in fields:
        end = start + len(field.name)
        if field.name in seen:
            message = f'the resource "{name}" has two fields called "{field.name}"'
            yield Fault(message, "give each field a name of its own", start, end)
        elif field.type == REF and field.target == name:
            yield Fault(
                f'the field "{field.name}" refers to its own resource "{name}"',
                "refer to another resource, or leave it out",
                start,
                start + len(str(field)),
            )
        elif field.name in taken:
            message = f'the field "{field.name}" has the same name as the resource'
            yield Fault(message, 'try "title" or "name"', start, end)
        elif field.name in columns:
            other = columns[field.name]
            message = f'"{other}" brings a field "{field.name}" along already'
            yield Fault(message, "leave it out, or give it another name", start, end)
        seen.add(field.name)
    references = [(start, field) for start, field in fields if field.type == REF]
    if len(references) > MAX_REFERENCES:
        start, field = references[MAX_REFERENCES]
        yield Fault(
            f'the resource "{name}" has {len(references)} references, '
            f"and {MAX_REFERENCES} is the most",
            "let some of what it refers to refer to each other instead",
            start,
            start + len(field.name),
        )
    strs = [(start, field) for start, field in fields if field.type == "str"]
    if strs and strs[0][1].optional and not all(field.optional for _, field in strs):
        start, field = strs[0]
        yield Fault(
            f'the field "{field.name}" cannot be optional: '
            "an entry is called by the first field of type str",
            f'write "{field.name}:str", or put another str before it',
            start,
            start + len(str(field)),
        )
