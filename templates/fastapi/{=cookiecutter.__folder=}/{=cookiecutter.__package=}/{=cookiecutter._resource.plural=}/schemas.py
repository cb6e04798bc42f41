#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What clients may send for {= resource.article =} {= resource.label =}, and what they get."""

import datetime as dt
{! for line in resource.imports.schemas !}
{= line =}
{! endfor !}

from pydantic import AliasPath, BaseModel, ConfigDict, Field

#% for _ in cookiecutter.__pages | select
from {= package =}.forms import Form
#% endfor
#% if resource.references
from {= package =}.pagination import ListQuery
#% for _ in cookiecutter.__api | select
#% for target in resource.parents
from {= package =}.{= target.plural =}.schemas import {= target.class_name =}Ref
#% endfor
#% endfor
#% endif
#% for line in resource.imports.kinds
{= line | replace("PACKAGE", package) =}
{! endfor !}


class {= resource.class_name =}In(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as {= cookiecutter.__words.taker =} takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

#% for field in resource.fields
    {= field.name =}: {= field.value =}{= " | None = None" if field.optional else " = False" if field.type == "bool" =}
{! endfor !}
{! for _ in cookiecutter.__pages | select !}


class {= resource.class_name =}Form({= resource.class_name =}In, Form):
    """{= resource.article | capitalize =} {= resource.label =}, as a form sends it."""
#% for field in resource.fields if field.form_value
{= "\n" if loop.first =}    {= field.name =}: {= field.form_value =}{= " | None = None" if field.optional =}
{! endfor !}
{! endfor !}
{! for _ in cookiecutter.__api | select !}


class {= resource.class_name =}Out(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as the API sends it{! for _ in cookiecutter.__accounts | select !}; `owner` is a user name{! endfor !}."""

    model_config = ConfigDict(from_attributes=True)

    id: int
#% for _ in cookiecutter.__accounts | select
    owner: str = Field(validation_alias=AliasPath("owner", "username"))
#% endfor
#% for field in resource.fields
    {= field.name =}: {= field.out =}{= " | None" if field.optional =}
#% if field.type == "ref"
    {= field.reference.name =}: {= field.reference.target.class_name =}Ref{= " | None" if field.optional =}
#% endif
#% endfor
    created_at: dt.datetime
    updated_at: dt.datetime
{! if resource.children !}


class {= resource.class_name =}Ref(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as those show it that refer to it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str{= " = Field(validation_alias=\"%s\")" % resource.title_attribute if resource.title_attribute != "title" =}
#% endif
{! endfor !}
{! if resource.references !}


class {= resource.class_name =}Query(ListQuery):
    """Which {= resource.label_plural =} are asked for."""

#% for field in resource.references
    {= field.name =}: Id | None = None
#% endfor
#% endif
