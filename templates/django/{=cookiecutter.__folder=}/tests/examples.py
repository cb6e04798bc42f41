#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Examples of {= resources | map(attribute="label_plural") | join(", ") =}, as {= cookiecutter.__words.examples =}."""

{! for _ in cookiecutter.__accounts | select !}
PASSWORD = "correct horse battery staple"

{! endfor !}
#% for resource in resources
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
#% for _ in cookiecutter.__api | select
LEAST_{= resource.constant =}: dict[str, object] = {
#% for field in resource.fields if not field.optional and field.type != "bool"
    "{= field.name =}": {= field.example =},
#% endfor
}
#% endfor
#% for _ in cookiecutter.__pages | select
{= resource.prefix =}FORM = {
#% for field in resource.fields
    "{= field.name =}": {= field.example_form =},
#% endfor
}
#% endfor
#% for _ in cookiecutter.__api | select
{= resource.prefix =}INVALID: list[tuple[str, object]] = [
#% for field in resource.fields
    ("{= field.name =}", {= field.invalid =}),
#% endfor
]
#% endfor
#% for _ in cookiecutter.__pages | select
{= resource.prefix =}INVALID_FORM{= ": list[tuple[str, str]]" if not resource.fields | selectattr("invalid_form") | list =} = [
#% for field in resource.fields if field.invalid_form
    ("{= field.name =}", {= field.invalid_form =}),
#% endfor
]
{! endfor !}


def nth_{= resource.name =}(n: int) -> dict[str, object]:
    """Return {= resource.article =} {= resource.label =} unlike the others."""
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }
{! if not loop.last !}


{! endif !}
#% endfor
