#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""What the API takes and gives."""

import datetime as dt
#% for line in r.imports.get("schemas", [])
{= line =}
{! endfor !}

from ninja import Field, Schema
from pydantic import ConfigDict

from {= package =}.types import {= r.fields | map(attribute="value_import") | select | unique | sort | join(", ") =}


class {= r.class_name =}In(Schema):
    """{= r.article | capitalize =} {= r.label =} as it is sent: nothing is coerced, and nothing unknown is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)

#% for field in r.fields
    {= field.name =}: {= field.value =}{= " | None = None" if field.optional else " = False" if field.type == "bool" =}
{! endfor !}


class {= r.class_name =}Out(Schema):
    """{= r.article | capitalize =} {= r.label =} as it is kept."""

    id: int
#% for field in r.fields
    {= field.name =}: {= field.out =}{= " | None" if field.optional =}
#% endfor
    created_at: dt.datetime
    updated_at: dt.datetime


class {= r.class_name =}Query(Schema):
    """Which {= r.label_plural =} to list."""

    page: int = Field(1, ge=1, le=1_000_000)
    page_size: int = Field(20, ge=1, le=100)
    q: str = Field("", max_length=200, pattern=r"^[^\x00]*$")


class {= r.class_name =}Page(Schema):
    """Some {= r.label_plural =} of many."""

    items: list[{= r.class_name =}Out]
    page: int
    page_size: int
    total: int
    pages: int
