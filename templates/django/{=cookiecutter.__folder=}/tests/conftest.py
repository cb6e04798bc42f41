#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""What the tests share."""

import pytest
from django.test import Client

from {= package =}.accounts.models import User

PASSWORD = "correct horse battery"


@pytest.fixture
def account(db: None) -> User:
    """An account."""
    return User.objects.create_user("ada", password=PASSWORD)


@pytest.fixture
def browser(account: User) -> Client:
    """A browser that is signed in."""
    browser = Client()
    browser.force_login(account)
    return browser


@pytest.fixture
def token(client: Client, account: User) -> str:
    """A token of the account."""
    form = "username=ada&password=correct+horse+battery"
    response = client.post("/api/token", form, "application/x-www-form-urlencoded")
    return str(response.json()["access_token"])


@pytest.fixture
def api(token: str) -> Client:
    """A client of the API that may write."""
    return Client(headers={"Authorization": f"Bearer {token}"})
