"""A client that fills in forms, as a browser without JavaScript does."""

from typing import Any

from webtest import TestApp, TestResponse

PASSWORD = "correct horse battery staple"


class Browser(TestApp):  # type: ignore[misc]  # WebTest has no types
    """A client of the pages, which keeps cookies and sends what their forms hold."""

    __test__ = False

    def submit(
        self, path: str, values: dict[str, str] | None = None, status: Any = 303
    ) -> TestResponse:
        """Open a page, fill in its last form and send it."""
        form = list(self.get(path).forms.values())[-1]
        for name, value in (values or {}).items():
            is_checkbox = getattr(form[name], "attrs", {}).get("type") == "checkbox"
            form[name].force_value(value == "true" if is_checkbox else value)
        return form.submit(status=status)

    def sign_in(
        self, username: str, password: str = PASSWORD, status: Any = 303
    ) -> TestResponse:
        """Fill in the form to sign in."""
        values = {"username": username, "password": password}
        return self.submit("/login", values, status)

    def sign_out(self) -> TestResponse:
        """Press the button to sign out."""
        return self.get("/").forms[0].submit(status=303)

    def is_signed_in(self) -> bool:
        """Tell whether the start page knows an account."""
        return "Sign out" in self.get("/")
