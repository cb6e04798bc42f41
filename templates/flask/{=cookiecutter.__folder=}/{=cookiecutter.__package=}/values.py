#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set fields = resources | map(attribute="fields") | sum(start=[]) | unique(attribute="type") | list
"""The kinds of values that clients send, and their limits."""

{! for line in resources | map(attribute="imports.defined_standard") | sum(start=[]) | unique(case_sensitive=true) !}
{= line =}
{! endfor !}
from typing import Annotated

{! for line in resources | map(attribute="imports.defined") | sum(start=[]) | unique(case_sensitive=true) !}
{= line =}
{! endfor !}

# Not blank, and without NUL, which PostgreSQL cannot store. What \s means differs from
# one language to another: the characters after it make up for that.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"
#% for field in fields if field.pattern
{= field.pattern =}
#% endfor
# What to say to somebody whose value does not fit.
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
#% endfor
