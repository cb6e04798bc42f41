#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What clients may send for {= resource.article =} {= resource.label =}, and what they get."""

import datetime as dt
{! for line in resource.imports.schemas !}
{= line =}
{! endfor !}

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from {= package =}.forms import Form
#% for line in resource.imports.kinds
{= line | replace("PACKAGE", package) =}
{! endfor !}


class {= resource.class_name =}In(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as the API takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

#% for field in resource.fields
    {= field.name =}: {= field.value =}{= " | None = None" if field.optional else " = False" if field.type == "bool" =}
{! endfor !}


class {= resource.class_name =}Form({= resource.class_name =}In, Form):
    """{= resource.article | capitalize =} {= resource.label =}, as a form sends it."""
#% for field in resource.fields if field.form_value
{= "\n" if loop.first =}    {= field.name =}: {= field.form_value =}{= " | None = None" if field.optional =}
{! endfor !}


class {= resource.class_name =}Out(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as the API sends it; `owner` is a user name."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    owner: str = Field(validation_alias=AliasPath("owner", "username"))
#% for field in resource.fields
    {= field.name =}: {= field.out =}{= " | None" if field.optional =}
#% endfor
    created_at: dt.datetime
    updated_at: dt.datetime
