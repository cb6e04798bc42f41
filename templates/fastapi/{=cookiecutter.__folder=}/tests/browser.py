"""A client that fills in forms, as a browser without JavaScript does."""

from html.parser import HTMLParser

from fastapi.testclient import TestClient
from httpx2 import Response

PASSWORD = "correct horse battery staple"


class Controls(HTMLParser):
    """Collects what a browser would send for the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.name = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the value of an input or of a chosen option."""
        attributes = dict(attrs)
        if tag in ("input", "select", "textarea"):
            self.name = attributes.get("name") or ""
            self.values[self.name] = attributes.get("value") or ""
        if attributes.get("type") == "checkbox" and "checked" not in attributes:
            del self.values[self.name]
        if tag == "option" and "selected" in attributes:
            self.values[self.name] = attributes.get("value") or ""

    def handle_data(self, data: str) -> None:
        """Take the text of a textarea."""
        if self.lasttag == "textarea" and data.strip():
            self.values[self.name] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """Take no text after a textarea."""
        self.lasttag = ""


class Browser(TestClient):
    """A test client that can fill in forms."""

    def submit(self, url: str, values: dict[str, str] | None = None) -> Response:
        """Open the page of a form, fill in these values and send it."""
        controls = Controls(self.get(url).text).values
        return self.post(url, data={**controls, **(values or {})})

    def sign_in(
        self, username: str = "ada", password: str = PASSWORD, next: str = "/"
    ) -> Response:
        """Fill in the form to sign in."""
        values = {"username": username, "password": password, "next": next}
        return self.submit("/login", values)

    def sign_out(self) -> Response:
        """Press the button to sign out."""
        return self.post("/logout", data=Controls(self.get("/").text).values)
