"""A browser: it fills in forms, and sends what is hidden in them."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse"


class Browser(FlaskClient):
    """A test client that can fill in forms."""

    def submit(
        self,
        path: str,
        values: dict[str, str] | None = None,
        *,
        page: str | None = None,
        follow_redirects: bool = False,
    ) -> TestResponse:
        """Send a form that its page, or another one, shows."""
        token = re.search(r'csrf_token" value="([^"]+)', self.get(page or path).text)
        assert token
        return self.post(
            path,
            data={"csrf_token": token[1]} | (values or {}),
            follow_redirects=follow_redirects,
        )

    def sign_in(self, username: str, password: str) -> TestResponse:
        return self.submit("/login", {"username": username, "password": password})

    def sign_out(self) -> TestResponse:
        return self.submit("/logout", page="/")
