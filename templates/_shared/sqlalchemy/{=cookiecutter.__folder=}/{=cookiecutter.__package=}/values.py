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
# What pydantic says of values is for programmers; this is for everybody.
MESSAGES = {
    "missing": "This field is required.",
    "string_too_short": "Write at least {min_length} characters.",
    "string_too_long": "Write at most {max_length} characters.",
    "int_parsing": "Write a whole number.",
    "float_parsing": "Write a number.",
    "finite_number": "Write a number.",
    "bool_parsing": "Choose yes or no.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "Choose {expected}.",
}
HINTS: dict[str | None, str] = {
    TEXT: "This must not be blank.",
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
    context = fault.get("ctx", {})
    if fault["type"] in MESSAGES:
        return MESSAGES[fault["type"]].format_map(context)
    return HINTS.get(context.get("pattern"), fault["msg"].removeprefix("Value error, "))
{! for _ in cookiecutter.__messages | select !}


def error_messages(error: ValidationError) -> dict[str, str]:
    """Return what to say of each value that does not fit, by its name."""
    return {
        str(fault["loc"][0] if fault["loc"] else "body"): error_message(fault)
        for fault in error.errors()
    }
{! endfor !}
