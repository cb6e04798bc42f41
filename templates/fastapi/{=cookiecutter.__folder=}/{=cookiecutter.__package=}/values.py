#% set resource = cookiecutter._resource
"""The kinds of values that clients send, and their limits."""

{! for line in resource.imports.defined_standard !}
{= line =}
{! endfor !}
from typing import Annotated

{! for line in resource.imports.defined !}
{= line =}
{! endfor !}

# Not blank, and without NUL, which PostgreSQL cannot store. What \s means differs from
# one language to another: the characters after it make up for that.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"
#% for field in resource.fields | unique(attribute="type") if field.pattern
{= field.pattern =}
#% endfor
# What to say to somebody whose value does not fit.
HINTS: dict[str | None, str] = {
    TEXT: "This must not be blank.",
#% for field in resource.fields | unique(attribute="type") if field.hint
    {= field.hint =},
#% endfor
}
#% for field in resource.fields | unique(attribute="type") if field.reader


{= field.reader =}
{! endfor !}

#% for field in resource.fields | unique(attribute="type") if field.kind
{= field.kind =}
#% endfor
