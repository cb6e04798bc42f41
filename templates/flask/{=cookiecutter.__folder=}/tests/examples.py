#% set resource = cookiecutter._resource
"""Examples of {= resource.label_plural =}, as JSON and as forms."""

{= resource.constant =}: dict[str, object] = {
#% for field in resource.fields
    "{= field.name =}": {= field.example =},
#% endfor
}
OTHER_{= resource.constant =}: dict[str, object] = {
#% for field in resource.fields
    "{= field.name =}": {= field.other =},
#% endfor
}
LEAST_{= resource.constant =}: dict[str, object] = {
#% for field in resource.fields if not field.optional and field.type != "bool"
    "{= field.name =}": {= field.example =},
#% endfor
}
FORM = {
#% for field in resource.fields
    "{= field.name =}": {= field.example_form =},
#% endfor
}
INVALID: list[tuple[str, object]] = [
#% for field in resource.fields
    ("{= field.name =}", {= field.invalid =}),
#% endfor
]
INVALID_FORM = [
#% for field in resource.fields if field.invalid_form
    ("{= field.name =}", {= field.invalid_form =}),
#% endfor
]


def nth_{= resource.name =}(n: int) -> dict[str, object]:
    """Return {= resource.article =} {= resource.label =} unlike the others."""
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }
