#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""Values to test with."""

from typing import Any

from {= package =}.{= r.plural =}.models import {= r.class_name =}
from {= package =}.{= r.plural =}.schemas import {= r.class_name =}In

# What a browser sends for a good entry.
FORM = {
#% for field in r.fields
    "{= field.name =}": {= field.typed =},
#% endfor
}


def entry(n: int = 0) -> dict[str, Any]:
    """Return the nth good entry as JSON, unlike every other."""
    return {
#% for field in r.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }


def keep(n: int = 0) -> {= r.class_name =}:
    """Return the nth good entry, kept in the database."""
    return {= r.class_name =}.objects.create(**{= r.class_name =}In(**entry(n)).model_dump())
