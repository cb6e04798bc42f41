#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set fields = resources | map(attribute="fields") | sum(start=[]) | unique(attribute="type") | list
"""The kinds of values that clients send, their limits, and what is said of the rest."""

{! for line in resources | map(attribute="imports.defined_standard") | sum(start=[]) | unique(case_sensitive=true) !}
{= line =}
{! endfor !}
from typing import Annotated

{! for line in resources | map(attribute="imports.defined") | sum(start=[]) | unique(case_sensitive=true) !}
{= line =}
{! endfor !}
from pydantic_core import ErrorDetails

# Not blank, and without NUL, which not every database can store. What \s means differs from
# one language to another: the characters after it make up for that.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"
#% for field in fields if field.pattern
{= field.pattern =}
#% endfor
# What pydantic says of values is for programmers; this is for everybody, by the whole name
# of an error or its first word.
MESSAGES = {
    "missing": "This field is required.",
    "string": "Write some text.",
#% for _ in cookiecutter.__accounts | select
    "string_too_short": "Write at least {min_length} characters.",
#% endfor
    "string_too_long": "Write at most {max_length} characters.",
    "string_pattern_mismatch": "Some of these characters are not allowed.",
    "int": "Write a whole number, like 12.",
    "float": "Write a number, like 1.5.",
    "finite": "Write a number, like 1.5.",
    "bool": "Write true or false.",
    "bool_parsing": "Choose yes or no.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "Choose one of {expected}.",
#% for _ in cookiecutter.__api | select
    "json_invalid": "This is no JSON: {error}.",
    "model": "Write an object with a value for each field.",
    "extra_forbidden": "There is no such field.",
#% endfor
}
HINTS: dict[str | None, str] = {
    TEXT: "Write some text, without null characters.",
#% for field in fields if field.hint
    {= field.hint =},
#% endfor
}
#% for field in fields if field.reader


{= field.reader =}
{! endfor !}

#% for field in fields if field.kind
{= field.kind =}
{! endfor !}


def error_message(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    message = MESSAGES.get(kind) or MESSAGES.get(kind.partition("_")[0])
    if message := HINTS.get(context.get("pattern"), message):
        return message.format_map(context)
    return fault["msg"].removeprefix("Value error, ")
{! for _ in cookiecutter.__messages | select !}


def error_messages(error: ValidationError) -> dict[str, str]:
    """Return what to say of each value that does not fit, by its name."""
    return {
        str(fault["loc"][0] if fault["loc"] else "body"): error_message(fault)
        for fault in error.errors()
    }
{! endfor !}
