#% set resource = cookiecutter._resource
"""Examples of {= resource.label_plural =}, as JSON and as forms."""

from typing import Any

{= resource.constant =}: dict[str, Any] = {
#% for field in resource.fields
    "{= field.name =}": {= field.example =},
#% endfor
}
OTHER: dict[str, Any] = {
#% for field in resource.fields
    "{= field.name =}": {= field.other =},
#% endfor
}
INVALID: dict[str, Any] = {
#% for field in resource.fields
    "{= field.name =}": {= field.invalid =},
#% endfor
}
FORM: dict[str, Any] = {
#% for field in resource.fields
    "{= field.name =}": {= field.example_form =},
#% endfor
}
OTHER_FORM: dict[str, Any] = {
#% for field in resource.fields
    "{= field.name =}": {= field.other_form =},
#% endfor
}
INVALID_FORM: dict[str, Any] = {
#% for field in resource.fields if field.invalid_form
    "{= field.name =}": {= field.invalid_form =},
#% endfor
}
REQUIRED_FIELDS = [{! for field in resource.fields if not field.optional and field.type != "bool" !}"{= field.name =}"{= ", " if not loop.last =}{! endfor !}]
TITLE_FIELD = "{= resource.title_field =}"


def nth_{= resource.name =}(n: int) -> dict[str, Any]:
    """Return {= resource.article =} {= resource.label =} unlike the others."""
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }
