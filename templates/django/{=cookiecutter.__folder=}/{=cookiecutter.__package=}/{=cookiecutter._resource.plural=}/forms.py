#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The form that adds and edits {= r.article =} {= r.label =}."""

#% for line in r.imports.get("forms_standard", [])
{= line =}
#% endfor
from collections.abc import Mapping
from typing import Any

from django import forms
#% for line in r.imports.get("forms", [])
{= line =}
{! endfor !}

from {= package =}.{= r.plural =}.models import {= r.class_name =}
#% if "url" in r.types
from {= package =}.types import WEB_ADDRESS
{! endif !}

{! if "decimal" in r.types !}

def refuse_exponent(value: Decimal) -> None:
    """Refuse 1e3, which nobody means to type."""
    if "E" in str(value):
        raise forms.ValidationError("Enter a number without an exponent.")

{! endif !}

class {= r.class_name =}Form(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """{= r.article | capitalize =} {= r.label =}, as somebody types it."""

#% for field in r.fields if field.control
    {= field.name =} = {= field.control =}
{! endfor !}

    class Meta:
        """Everything but what the server fills in."""

        model = {= r.class_name =}
        fields = ("{= r.fields | map(attribute='name') | join('", "') =}"{= "," if r.fields | length == 1 =})

    def __init__(
        self, data: Mapping[str, str] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Trim what was typed, numbers and dates too, which Django does not."""
        if data is not None:
            data = {name: value.strip() for name, value in data.items()}
        super().__init__(data, *args, **kwargs)
