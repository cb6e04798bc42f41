"""English, as far as code and pages need it: plurals, articles, labels, names of classes."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pluralizer import Pluralizer

ACRONYMS = frozenset(
    ["cd", "cpu", "dvd", "gps", "id", "ip", "isbn", "pdf", "sku", "tv", "url", "vat"]
)
SILENT_H = re.compile(r"(heir|honest|honou?r|hour)")
VOWEL = re.compile(r"(?!eu|one|u[bfhjkqrst][aeiou]|uni)[aeiou]")


@cache
def plural_of(name: str) -> str:
    """Return the plural of a snake_case name, always another word than the name.

    `news` and `sheep` are their own plural; code needs two names, so theirs are
    `news_items` and `sheep_items`.
    """
    *front, last = name.split("_")
    plural = "_".join((*front, _pluralizer().plural(last)))
    return plural if plural != name else f"{name}_items"


@cache
def singular_of(name: str) -> str:
    """Return the singular of a snake_case name, which may be the name."""
    *front, last = name.split("_")
    return "_".join((*front, _pluralizer().singular(last)))


def is_plural(name: str) -> bool:
    """Tell whether a snake_case name is a plural only, such as `books`."""
    last = name.rpartition("_")[2]
    return bool(_pluralizer().is_plural(last) and not _pluralizer().is_singular(last))


def class_name(name: str) -> str:
    """Turn snake_case into CamelCase."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def label(name: str) -> str:
    """Turn `to_read` and `home_url` into words: `to read`, `home URL`."""
    words = re.split("[_-]+", name.strip("_-"))
    return " ".join(word.upper() if word in ACRONYMS else word for word in words)


def capitalized(text: str) -> str:
    """Raise the first letter and leave the others."""
    return text[:1].upper() + text[1:]


def in_words(things: Sequence[str]) -> str:
    """Return things as a sentence names them: `authors, books and loans`.

    Of more than five, only the first four are named.
    """
    *front, last = things if len(things) <= 5 else [*things[:4], "more"]
    return f"{', '.join(front)} and {last}" if front else last


def article(text: str) -> str:
    """Return `a` or `an`, by the usual sound of the first letters."""
    return "an" if VOWEL.match(text) or SILENT_H.match(text) else "a"


@cache
def _pluralizer() -> "Pluralizer":
    """Return the rules of English plurals, which take a moment to compile."""
    from pluralizer import Pluralizer

    return Pluralizer()  # type: ignore[no-untyped-call]  # its __init__ has no hints
