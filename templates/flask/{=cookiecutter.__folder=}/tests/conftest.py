"""Fixtures: an application with a database of its own, and who talks to it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from {= cookiecutter.__package =} import create_app
from {= cookiecutter.__package =}.accounts.auth import create_token
from {= cookiecutter.__package =}.accounts.models import User
from {= cookiecutter.__package =}.database import Base, get_session
from {= cookiecutter.__package =}.settings import Settings

PASSWORD = "correct horse"
PASSWORD_HASH = generate_password_hash(PASSWORD, "pbkdf2:sha256:1")  # weak, so quick

Submit = Callable[..., TestResponse]


@pytest.fixture
def settings() -> Settings:
    """Return settings that no environment changes."""
    return Settings(
        debug=False,
        secret_key="only-for-tests-" * 3,
        database_url="sqlite://",
        allowed_hosts="localhost",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Make the application, with an account."""
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(app.extensions["engine"])
        get_session().add(User(username="ada", password_hash=PASSWORD_HASH))
        get_session().commit()
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a visitor's browser."""
    return app.test_client()


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    """Return the same browser, signed in as ada."""
    with client.session_transaction() as session:
        session["user_id"] = 1
    return client


@pytest.fixture
def submit(client: FlaskClient) -> Submit:
    """Return a function that posts a form as its page would."""

    def submit(path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        token = re.search(r'csrf_token" value="([^"]+)', client.get("/login").text)
        assert token
        return client.post(
            path, data={"csrf_token": token[1]} | (data or {}), **options
        )

    return submit


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    """Return a program that sends ada's token."""
    with app.app_context():
        token = create_token(get_session().get_one(User, 1))
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
