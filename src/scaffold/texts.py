"""Free text, such as a description: what no file format carries safely is refused.

What is left over round-trips through TOML, YAML, JSON and Python as one double-quoted literal with
only `"` and backslash escaped, which the templates write with two replacements.
"""

import re
import unicodedata

from scaffold.errors import TextRefusedError

MAX_LENGTH = 200
MAX_AUTHOR_LENGTH = 100
EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*"
    r"@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
MAX_EMAIL_LENGTH = 254

# Marks that reorder the text around them, so that code reads other than it runs.
REORDERING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def parse_text(text: str, *, what: str, max_length: int = MAX_LENGTH) -> str:
    """Return a free text without the spaces around it.

    Args:
        text: What the user wrote.
        what: What it is, for the message: `description`.
        max_length: The most characters it may have.

    Raises:
        TextRefusedError: It is too long, or holds a character that cannot be carried.
    """
    text = text.strip(" ")
    if len(text) > max_length:
        raise TextRefusedError(
            f"the {what} has {len(text)} characters, and {max_length} is the most",
            help="shorten it",
        )
    for character in text:
        if reason := _refusal(character):
            raise TextRefusedError(
                f"the {what} holds {reason} (U+{ord(character):04X})",
                help="leave it out, and write one line",
            )
    return text


def parse_author(text: str) -> str:
    """Return the author's name; it is refused as other text, and sooner for its length."""
    return parse_text(text, what="author", max_length=MAX_AUTHOR_LENGTH)


def parse_email(text: str) -> str:
    """Return a plain e-mail address, or an empty text.

    Raises:
        TextRefusedError: It does not look like `name@example.com`.
    """
    text = text.strip(" ")
    if text and (len(text) > MAX_EMAIL_LENGTH or not EMAIL.fullmatch(text)):
        raise TextRefusedError(
            f'"{text}" is no plain e-mail address',
            help="write it as name@example.com, or leave it empty",
        )
    return text


def _refusal(character: str) -> str:
    """Return why a character cannot be carried, or nothing."""
    code = ord(character)
    if character in "\n\r\v\f\x85\u2028\u2029":
        return "a line break"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or character == "\ufeff":
        return "a code that is no character"
    if character in REORDERING:
        return "a mark that reorders the text around it"
    return {
        "Cc": "a control character",
        "Cs": "half of a character (a lone surrogate)",
    }.get(unicodedata.category(character), "")
