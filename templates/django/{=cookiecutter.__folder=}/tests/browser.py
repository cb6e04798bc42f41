#% set references = cookiecutter._resources | default([]) | map(attribute="references") | sum(start=[]) | unique(attribute="name") | list
"""A browser: it fills in forms, and sends what is hidden in them."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

PASSWORD = "correct horse battery staple"
#% if references

# What forms call by what an entry refers to, and JSON by its column.
CONTROLS = {
#% for field in references
    "{= field.name =}": "{= field.attribute =}",
#% endfor
}
{! endif !}


def typed(values: Mapping[str, object]) -> dict[str, object]:
    """Return what Django's own controls send: for yes or no, True or False{= "; and by their names" if references =}."""
    words = {"true": "True", "false": "False"}
    return {{= "CONTROLS.get(name, name)" if references else "name" =}: words.get(str(value), value) for name, value in values.items()}


class Browser(Client):
    """A test client that needs the tokens of forms, as browsers do."""

    def __init__(self, **options: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **options)

    def submit(
        self,
        path: str,
        values: Mapping[str, object] | None = None,
        *,
        page: str = "",
        follow: bool = False,
    ) -> Any:
        """Send a form that its page, or another one, shows."""
        token = str(self.get(page or path).context["csrf_token"])
        data = {"csrfmiddlewaretoken": token, **typed(values or {})}
        return self.post(path, data, follow=follow)

    def sign_in(self, username: str = "ada", password: str = PASSWORD) -> Any:
        return self.submit("/login", {"username": username, "password": password})

    def sign_out(self) -> Any:
        return self.submit("/logout", page="/", follow=True)
