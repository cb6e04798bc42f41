"""The types of fields, whatever the framework: all that is known of each, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Value = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of fields.

    Attributes:
        input: The form control, as HTML calls it.
        aliases: What others call it, for advice when it is not found.
        step: The smallest step of the form control, where it is not the usual one.
        max_length: The most characters it may have, for texts.
        unique: Whether a field of it may be unique.
        examples: Three believable values, as JSON carries them; none where the field decides.
        nth: A Python expression in `n` for a value that differs from one `n` to the next;
            empty where it is made from an example.
        invalid: A JSON value that the app must refuse, as a Python expression.
        invalid_form: A form's text that the app must refuse, or None where there is none.
    """

    input: str
    aliases: tuple[str, ...]
    step: str = ""
    max_length: int | None = None
    unique: bool = True
    examples: tuple[Value, ...] = ()
    nth: str = ""
    invalid: str
    invalid_form: str | None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "str": Kind(
            input="text",
            aliases=("string", "varchar", "char", "character", "line", "name", "title"),
            max_length=200,
            invalid='""',
            invalid_form='"x" * 201',
        ),
        "text": Kind(
            input="textarea",
            aliases=(
                "textarea",
                "longtext",
                "markdown",
                "html",
                "body",
                "blob",
                "json",
            ),
            max_length=10_000,
            unique=False,
            examples=(
                "Better than expected.",
                "Ask again next week.",
                "Needs a second look.",
            ),
            invalid='""',
            invalid_form='"x" * 10_001',
        ),
        "int": Kind(
            input="number",
            aliases=("integer", "bigint", "smallint", "number", "serial", "count"),
            examples=(3, 5, 8),
            nth="n + 1",
            invalid='"412"',
            invalid_form='"many"',
        ),
        "float": Kind(
            input="number",
            aliases=("double", "real"),
            step="any",
            examples=(2.5, 4.0, 7.5),
            nth="n + 0.5",
            invalid='"4.5"',
            invalid_form='"many"',
        ),
        "decimal": Kind(
            input="number",
            aliases=("numeric", "money", "currency", "price", "amount"),
            step="0.01",
            examples=("12.50", "48.00", "9.90"),
            nth='f"{n}.50"',
            invalid="12.5",
            invalid_form='"12.345"',
        ),
        "bool": Kind(
            input="checkbox",
            aliases=("boolean", "flag", "checkbox", "bit"),
            unique=False,
            examples=(True, False, False),
            nth="n % 2 == 0",
            invalid="1",
            invalid_form=None,
        ),
        "date": Kind(
            input="date",
            aliases=("day", "birthday"),
            examples=("2026-03-14", "2026-05-02", "2026-01-31"),
            nth='f"{2000 + n}-01-31"',
            invalid='"2026-02-30"',
            invalid_form='"2026-02-30"',
        ),
        "time": Kind(
            input="time",
            aliases=("timeofday", "clock", "hour"),
            step="1",
            examples=("18:30:00", "09:00:00", "12:15:00"),
            nth='f"{n % 24:02}:{n // 24 % 60:02}:00"',
            invalid='"25:00:00"',
            invalid_form='"25:00"',
        ),
        "datetime": Kind(
            input="datetime-local",
            aliases=("timestamp", "timestamptz", "moment"),
            step="1",
            examples=(
                "2026-03-14T18:30:00Z",
                "2026-05-02T09:00:00Z",
                "2026-01-31T12:15:00Z",
            ),
            nth='f"{2000 + n}-01-31T18:30:00Z"',
            invalid='"2026-02-30T18:30:00Z"',
            invalid_form='"2026-02-30T18:30"',
        ),
        "url": Kind(
            input="url",
            aliases=(
                "uri",
                "link",
                "href",
                "image",
                "photo",
                "picture",
                "file",
                "website",
            ),
            max_length=500,
            nth='f"https://example.com/{n}"',
            invalid='"javascript:alert(1)"',
            invalid_form='"javascript:alert(1)"',
        ),
        "email": Kind(
            input="email",
            aliases=("mail", "e-mail"),
            max_length=254,
            examples=("ada@example.com", "alan@example.com", "grace@example.com"),
            nth='f"ada{n}@example.com"',
            invalid='"nobody"',
            invalid_form='"nobody"',
        ),
        "choice": Kind(
            input="select",
            aliases=("enum", "select", "literal", "options", "choices"),
            unique=False,
            invalid='"no such choice"',
            invalid_form='"no such choice"',
        ),
    }
)

TYPES = tuple(KINDS)

# A field that refers to another entry, which is no value of its own: by the entry's id. Its
# examples are the numbers of the parent's first entries, which tests make before.
REFERENCE = Kind(
    input="select",
    aliases=(),
    examples=(1, 2, 1),
    nth="n % 2 + 1",
    invalid='"1"',
    invalid_form='"many"',
)
