#% set resource = cookiecutter._resource
"""A few {= resource.label_plural =} to look at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from {= cookiecutter.__package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= cookiecutter.__package =}.{= resource.plural =}.schemas import {= resource.class_name =}In

ENTRIES: list[dict[str, object]] = [
#% for n in range(3)
    {
#% for field in resource.fields
        "{= field.name =}": {= field.entries[n] =},
#% endfor
    },
#% endfor
]


def add_entries(session: Session) -> int:
    """Add the {= resource.label_plural =}, unless there are any; return how many were added."""
    if session.scalar(select({= resource.class_name =}.id).limit(1)):
        return 0
    data = [{= resource.class_name =}In.model_validate(entry) for entry in ENTRIES]
    session.add_all({= resource.class_name =}(**{= resource.name =}.model_dump()) for {= resource.name =} in data)
    return len(data)
