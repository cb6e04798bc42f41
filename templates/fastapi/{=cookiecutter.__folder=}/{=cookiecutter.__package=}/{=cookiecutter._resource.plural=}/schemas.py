#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What clients may send for {= resource.article =} {= resource.label =}, and what they get."""

import datetime as dt
{! for line in resource.imports.schemas !}
{= line =}
{! endfor !}

from pydantic import BaseModel, ConfigDict, model_validator

#% for line in resource.imports.types
{= line | replace("PACKAGE", package) =}
{! endfor !}


class {= resource.class_name =}In(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as the API takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

#% for field in resource.fields
    {= field.name =}: {= field.value =}{= " | None = None" if field.optional else " = False" if field.type == "bool" =}
{! endfor !}


class {= resource.class_name =}Form({= resource.class_name =}In):
    """{= resource.article | capitalize =} {= resource.label =}, as a form sends it: text to trim and convert."""

    model_config = ConfigDict(extra="ignore", strict=False)
#% for field in resource.fields if field.form_value
{= "\n" if loop.first =}    {= field.name =}: {= field.form_value =}{= " | None = None" if field.optional =}
{! endfor !}

    @model_validator(mode="before")
    @classmethod
    def trim_values(cls, form: dict[str, str]) -> dict[str, str]:
        """Trim the values, and leave out the empty ones."""
        trimmed = {name: value.strip() for name, value in form.items()}
        return {name: value for name, value in trimmed.items() if value}


class {= resource.class_name =}Out(BaseModel):
    """{= resource.article | capitalize =} {= resource.label =}, as the API sends it."""

    id: int
#% for field in resource.fields
    {= field.name =}: {= field.out =}{= " | None" if field.optional =}
#% endfor
    created_at: dt.datetime
    updated_at: dt.datetime
