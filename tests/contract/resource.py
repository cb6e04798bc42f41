"""The resource under test, and JSON values that its fields take or refuse."""

import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# What pydantic says to programmers.
RAW = ("Input should", "unable to parse", "String should", "Field required", "Extra ")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
INT_MAX = 2**31 - 1
MISSING = INT_MAX  # the id of no entry
TOO_LONG = "a" * 10_001  # for a `str` or a `text`

_counter = itertools.count(random.randrange(10**6))  # noqa: S311 - only distinct
# A day has few times of day: by the clock, one run begins where none before it has come to.
_times = itertools.count(int(time.time() * 100))


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `type` is a word of the contract's table of types.

    Of a reference, `name` is `post_id` and `key` is `post`, `target` is the resource
    that it refers to, and `make` finds or makes an entry of it.
    """

    name: str
    type: str
    label: str
    optional: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    choice_labels: tuple[str, ...] = ()
    key: str = ""
    target: "Resource | None" = None
    cascade: bool = False
    make: "Callable[[Field], int] | None" = attribute(
        default=None, repr=False, compare=False
    )

    @property
    def needed(self) -> bool:
        """Whether an entry cannot be made without this field."""
        return not self.optional and self.type != "bool"

    @property
    def absent(self) -> object:
        """What is sent back when the field was left out."""
        return False if self.type == "bool" and not self.optional else None


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What the app keeps; `title` is its label as a sentence begins with it."""

    name: str
    plural: str
    title: str
    title_plural: str
    path: str
    description: str
    fields: tuple[Field, ...]

    @property
    def api(self) -> str:
        """The path of the list in the API."""
        return f"/api{self.path}"

    @property
    def title_field(self) -> Field | None:
        """The field by whose value an entry is called; None: by when it was added."""
        for types in ({"str"}, {"text"}, {"date", "datetime"}):
            for field in self.fields:
                if field.type in types and field.needed:
                    return field
        return None

    def title_in(self, entry: dict[str, Any]) -> str:
        """What stands wherever this entry is called by its title."""
        field = self.title_field
        if field and field.type in {"str", "text"}:
            return str(entry[field.name])
        return str(entry[field.name if field else "created_at"])[:4]  # the year

    @property
    def text_fields(self) -> tuple[Field, ...]:
        """The fields that `q` searches; there is one at least."""
        return tuple(field for field in self.fields if field.type in {"str", "text"})

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to entries of other resources."""
        return tuple(field for field in self.fields if field.target)

    @property
    def keys(self) -> list[str]:
        """The fields in JSON, where each reference is followed by what it refers to."""
        return [
            key
            for field in self.fields
            for key in ((field.name, field.key) if field.target else (field.name,))
        ]

    def entry(self, **values: object) -> dict[str, Any]:
        """A new entry with every field set, distinct from all others made before."""
        return {field.name: distinct(field) for field in self.fields} | values

    def least(self, **values: object) -> dict[str, Any]:
        """A new entry with only what is needed."""
        return {
            field.name: distinct(field) for field in self.fields if field.needed
        } | values


def load(path: Path, make: Callable[[Field], int]) -> tuple[Resource, ...]:
    """Read a file of definitions: one, or several under `resources`, parents first.

    Of a `cookiecutter.json`, the `_resource` is read. `make` finds an entry to refer to.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Resource] = {}
    for definition in data.get("resources") or [data.get("_resource", data)]:
        known = {"description": data.get("description", "")} | definition
        found[known["name"]] = _resource(known, found, make)
    return tuple(found.values())


def _resource(
    data: dict[str, Any], others: dict[str, Resource], make: Callable[[Field], int]
) -> Resource:
    """Read one definition, which may refer to the others."""
    label = data.get("label") or data["name"].replace("_", " ")
    label_plural = data.get("label_plural") or data["plural"].replace("_", " ")
    url = data.get("url") or data["plural"].replace("_", "-")
    return Resource(
        name=data["name"],
        plural=data["plural"],
        title=label[0].upper() + label[1:],
        title_plural=label_plural[0].upper() + label_plural[1:],
        path="/" + url.strip("/"),
        description=data["description"],
        fields=tuple(
            Field(
                name=field["name"],
                type=field["type"],
                label=field.get("label")
                or field["name"].replace("_", " ").capitalize(),
                optional=field.get("optional", False),
                unique=field.get("unique", False),
                choices=tuple(_choices(field, "value")),
                choice_labels=tuple(_choices(field, "label")),
                **_reference(field, others, make),
            )
            for field in data["fields"]
        ),
    )


def _reference(
    field: dict[str, Any], others: dict[str, Resource], make: Callable[[Field], int]
) -> dict[str, Any]:
    """What a field tells of what it refers to, whose definition came before."""
    if field["type"] != "ref":
        return {"key": field["name"]}
    reference = field["reference"]
    target = reference["target"]
    return {
        "key": reference["name"],
        "target": others[target if isinstance(target, str) else target["name"]],
        "cascade": reference.get("cascade", False),
        "make": make,
    }


def _choices(field: dict[str, Any], key: str) -> list[str]:
    """The values or the labels of a field's choices, which may be plain strings."""
    return [
        choice if isinstance(choice, str) else choice[key]
        for choice in field.get("choices") or ()
    ]


def word() -> str:
    """A word of ASCII letters that no entry holds yet."""
    return "".join(random.choices(LETTERS, k=14))  # noqa: S311 - only distinct


def distinct(field: Field) -> Any:
    """A good value; for most types unlike any value made before."""
    n = next(_counter)
    match field.type:
        case "str":
            return f"Entry {word()}"
        case "text":
            return f"Some text about {word()}."
        case "int":
            return random.randrange(-INT_MAX, INT_MAX)  # noqa: S311
        case "float":
            return random.randrange(10**12) / 8  # noqa: S311
        case "decimal":
            return f"{random.randrange(10**10)}.{n % 100:02}"  # noqa: S311
        case "bool":
            return n % 2 == 0
        case "date":
            return (date(1900, 1, 1) + timedelta(days=n * 7919 % 401_000)).isoformat()
        case "time":
            # Never a whole minute, as seeded entries have, nor the last second of one.
            minute, second = divmod(next(_times) * 7919 % (1440 * 58), 58)
            hour, minute = divmod(minute, 60)
            return f"{hour:02}:{minute:02}:{second + 1:02}"
        case "datetime":
            seconds = random.randrange(3 * 10**10)  # noqa: S311
            moment = datetime(1950, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
            return moment.isoformat().replace("+00:00", "Z")
        case "url":
            return f"https://example.com/{word()}?a=1&b=%20#top"
        case "email":
            return f"{word()}@example.com"
        case "choice":
            return field.choices[n % len(field.choices)]
        case "ref":
            assert field.make
            return field.make(field)
    raise ValueError(f"unknown type {field.type}")


def good(field: Field) -> Iterator[tuple[Any, Any]]:
    """Pairs of a value that the API must take and how it is sent back.

    None is a seeded entry's, which would be in the way of a `unique` field.
    """
    same: list[Any] = []
    match field.type:
        case "str":
            same = [
                "x",
                "0",
                "null",
                "a" * 200,
                "\N{HORSE}" * 200,
                " spaces at both ends ",
                "<b>\"bold\"</b> & 'more' {{ 7 * 7 }} {% x %} %s \\",
                "Ærøskøbing, \u05e9\u05dc\u05d5\u05dd, \u6f22\u5b57, e\u0301",
                "' OR 1=1; --",
            ]
        case "text":
            same = [
                "x",
                "a" * 10_000,
                "\N{HORSE}" * 10_000,
                "Line one.\n\n\tLine two. ",
                "</textarea><script>alert(1)</script>",
            ]
        case "int":
            same = [0, 1, -1, INT_MAX, -INT_MAX - 1]
        case "float":
            same = [0, 0.1, -0.5, 3, 1e15, -1e15, 1e-300, 1234567.25, 999999999999999]
        case "decimal":
            yield from [
                ("0", "0.00"),
                ("5", "5.00"),
                ("-1.5", "-1.50"),
                ("-0", "0.00"),
                ("12.30", "12.30"),
                ("0.01", "0.01"),
                ("9999999999.99", "9999999999.99"),
                ("-9999999999.99", "-9999999999.99"),
            ]
        case "bool":
            same = [True, False]
        case "date":
            same = ["2011-11-30", "2024-02-29", "1000-01-01", "9999-12-31"]
        case "time":
            same = ["00:00:00", "18:30:00", "23:59:59"]
        case "datetime":
            same = [
                "2026-01-31T12:30:00Z",
                "1000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-01-31T12:30:00.123456Z",
            ]
            yield "2026-01-31T12:30:00+02:00", "2026-01-31T10:30:00Z"
            yield "2026-01-31T23:30:00-05:30", "2026-02-01T05:00:00Z"
        case "url":
            long = "https://example.com/"
            same = [
                "https://example.com",
                "http://example.com/",
                "http://localhost:8000/a/b;c?d=e&f=%20#g",
                "https://\u00fcmlaut.example/\u00e4?\u00f6=\u00fc",
                "https://Example.COM/A//B/../c",
                "https://[::1]/",
                long + "a" * (500 - len(long)),
            ]
        case "email":
            domain = ".".join(["b" * 61] * 3) + ".org"
            same = [
                "contract@example.com",
                "a.b+c@sub.example.org",
                "a" * (254 - 1 - len(domain)) + "@" + domain,
            ]
        case "choice":
            same = list(field.choices)
        case "ref":
            same = [distinct(field), distinct(field)]
    for value in same:
        yield value, value
    if field.optional:
        yield None, None


def bad(field: Field) -> list[Any]:
    """Values that the API must refuse with 422."""
    text: list[Any] = ["", " ", "\t\n", "\u00a0\u3000", "a\0b", "\0", "\ud800", 3, True]
    values: list[Any] = [[], {}, [distinct(field)]]
    match field.type:
        case "str":
            values += [*text, "a" * 201, "\N{HORSE}" * 201, "a\udfffb"]
        case "text":
            values += [*text, "a" * 10_001, "a\udfffb"]
        case "int":
            values += [
                *("3", "", "abc", True, False, 3.5, INT_MAX + 1, -INT_MAX - 2),
                *(10**30, -(10**30), 1e300, "\ud800"),
            ]
        case "float":
            values += [
                *("0.5", "", "abc", "NaN", "Infinity", True, False),
                *(1.1e15, -1.1e15, 1e300, 10**30),
            ]
        case "decimal":
            values += [
                *(12.5, 12, 0, True, "", " ", "abc", "NaN", "sNaN", "Infinity"),
                *("-Infinity", "12.345", "12345678901", "-12345678901.00", "1,5"),
                *("1 000", "0x10", "--1", "1\0", "\ud800", "1/2"),
            ]
        case "bool":
            values += [0, 1, 1.0, "", "true", "false", "yes", "on", "1"]
        case "date":
            values += [
                *("", "abc", "2026-02-30", "2026-13-01", "10000-01-01", "31.01.2026"),
                *("0000-00-00", 0, 1769817600, 20260131, 1.5, True),
                "\ud800",
            ]
        case "time":
            values += [
                *("", "abc", "25:00:00", "12:60:00", "noon", 0, 43200, 1.5, True),
                *("12:30:00Z", "12:30:00+01:00", "2026-01-31T12:30:00Z", "\ud800"),
            ]
        case "datetime":
            values += [
                *("", "abc", "2026-01-31", "2026-01-31T12:30:00"),
                *("2026-02-30T00:00:00Z", "2026-01-31T25:00:00Z", 0, 1769817600),
                *("2026-01-31T12:30:00+25:00", 1.5, True, "10000-01-01T00:00:00Z"),
                *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"),
                "\ud800",
            ]
        case "url":
            long = "https://example.com/"
            values += [
                *("", " ", "abc", "example.com", "//example.com", "https://"),
                *("ftp://example.com/", "javascript:alert(1)", "data:text/html,x"),
                *("javascript://example.com/%0aalert(1)", "https://?a=b"),
                *("http://:80", "https://[::1", "https://example.com/\0"),
                *("https://example.com/\ud800", 3, True),
                long + "a" * (501 - len(long)),
            ]
        case "email":
            domain = ".".join(["b" * 61] * 3) + ".org"
            values += [
                *("", " ", "ada", "ada@", "@example.com", "a b@example.com"),
                *("a@b@c.de", "ada@exa mple.com", "ada@example..com", 3, True),
                *("ada@example.com\0", "\ud800@example.com"),
                "a" * (255 - 1 - len(domain)) + "@" + domain,
            ]
        case "choice":
            values += ["", " ", "no such choice", 0, True, "\0", "\ud800"]
            values += [
                swapped
                for choice in field.choices
                for swapped in (choice.swapcase(), f" {choice}", f"{choice}\n")
                if swapped not in field.choices
            ]
        case "ref":
            values += [
                *(MISSING, 0, -1, INT_MAX + 1, 10**30, 1.5, True, False, "", "abc"),
                *(str(distinct(field)), {"id": distinct(field)}, "\ud800"),
            ]
    if not field.optional:
        values.append(None)
    return values


def odd(field: Field) -> list[Any]:
    """Spellings that the API may take or refuse, as its framework does (TYPE-10)."""
    spellings: dict[str, list[Any]] = {
        "int": [7000.0, -0.0, 1e3, 10**400],
        "float": [-0.0, 1e-400, 10**400],
        "decimal": [
            *("1e3", "1E-1", "12.500", "1_000", " 1.00", "1.00\n", "1.", ".5", "+1"),
            *("\u0661\u0662", "00000000000001", "-0.001", "1e999999"),
        ],
        "date": [
            *("2026-1-1", "20260131", "2026-W05-6", "2026-031", "2026-01-31 ", "0"),
            *("2026-01-31T00:00:00", "2026-01-31T00:00:00Z", "2026-01-31\n"),
            *("1769817600", "0001-01-01", "+2026-01-31", "2026-01-31\0"),
            "\u0662\u0660\u0662\u0666-01-31",
        ],
        "time": [
            *("12:30", "12:30:00.5", "123000", "T12:30:00", " 12:30:00", "12:30:00 "),
            *("24:00:00", "23:59:60", "12:30:00\0"),
        ],
        "datetime": [
            *("2026-01-31T12:30:00+00:00", "2026-01-31T12:30Z", "20260131T123000Z"),
            *("2026-01-31 12:30:00Z", "2026-01-31t12:30:00z", "2026-01-31T12:30:00Z "),
            *("0", "1769817600", "2026-01-31T12:30:00.123456789Z"),
            *("2026-06-30T23:59:60Z", "2026-01-31T24:00:00Z", "0001-01-01T00:00:00Z"),
            "2026-01-31T12:30:00Z\0",
        ],
        "url": [
            *("https:", "http:///path", " https://example.com/", "https://a b.com/"),
            *("HTTPS://example.com", "http://a", "http://exa_mple.com", "http://-a.de"),
        ],
        "email": [
            *(" ada@example.com", "ada@example.com\n", "Ada <ada@example.com>"),
            *("a..b@example.com", "ada@localhost", "\u00fc@example.com", "a@b.c"),
        ],
        "ref": [float(distinct(field))] if field.target else [],
    }
    return spellings.get(field.type, ["\u200b", "\ufeff", "a\x7f", "\x85"])


def bad_texts(field: Field) -> list[str]:
    """Texts that a form must refuse beside the field."""
    values = {
        "str": ["a" * 201, "a\0b"],
        "text": ["a" * 10_001, "a\0b"],
        "int": ["abc", "3.5", str(INT_MAX + 1), "9" * 40],
        "float": ["abc", "1e400", "nan", "inf", "2e15"],
        "decimal": ["abc", "12.345", "12345678901", "NaN", "Infinity"],
        "date": ["abc", "2026-02-30", "10000-01-01", "31.01.26"],
        "time": ["abc", "25:00:00", "12:60"],
        "datetime": ["abc", "2026-02-30T00:00:00", "2026-01-31T25:00:00"],
        "url": ["abc", "javascript:alert(1)", "ftp://example.com/", "https://[::1"],
        "email": ["abc", "ada@", "a b@example.com"],
        "choice": ["no such choice"],
        "ref": ["no such entry", "1.5", "-1", str(MISSING), "9" * 30],
        "bool": ["maybe"] if field.optional else [],
    }[field.type]
    if field.needed:
        values = ["", "  ", *values]
    return values


def form_text(field: Field, value: Any) -> str:
    """What a browser sends for a JSON value (not for a `bool`)."""
    if value is None:
        return ""
    if field.type == "datetime":
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return str(value)


# Words that make a number a name.
NAMING = {"code", "id", "isbn", "number", "postcode", "year", "zip"}


def shown(field: Field, value: Any) -> str:
    """What people read where a JSON value is shown, with white space as it comes."""
    match field.type:
        case "int":
            return str(value) if NAMING & set(field.name.split("_")) else f"{value:,}"
        case "float":
            return f"{value:,}"
        case "decimal":
            return f"{Decimal(value):,}"
        case "bool":
            return "Yes" if value else ""
        case "date":
            day = date.fromisoformat(value)
            return f"{day.day} {day:%b %Y}"
        case "datetime":
            moment = datetime.fromisoformat(value).astimezone(UTC)
            return f"{moment.day} {moment:%b %Y, %H:%M} UTC"
        case "time":
            return str(value).removesuffix(":00")
        case "url":
            return str(urlsplit(value).netloc)
        case "choice":
            return field.choice_labels[field.choices.index(value)]
    return str(value)


def same(field: Field, sent: object, got: object) -> bool:
    """Whether what came back means what was expected, and in the right form."""
    if field.type == "datetime" and isinstance(sent, str) and isinstance(got, str):
        moments = datetime.fromisoformat(sent), datetime.fromisoformat(got)
        return got.endswith("Z") and moments[0] == moments[1]
    if isinstance(sent, bool) or isinstance(got, bool):
        return sent is got
    if field.type in {"int", "ref"} and got is not None:
        return type(got) is int and sent == got
    return sent == got
