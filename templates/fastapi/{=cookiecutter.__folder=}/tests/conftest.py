#% set package = cookiecutter.__package
"""A fresh application for each test, with one account and its clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.orm import Session

from {= package =}.accounts import auth
from {= package =}.accounts.models import User
from {= package =}.database import Base
from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.browser import PASSWORD, Browser

BASE_URL = "https://testserver"


@pytest.fixture(autouse=True)
def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests the work that a password hash is meant to be."""
    hasher = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(auth, "password_hash", PasswordHash((hasher,)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings of which the environment changes nothing."""
    return Settings(
        secret_key="a-key-for-tests-and-nothing-else-at-all",
        database_url=f"sqlite:///{tmp_path}/test.sqlite3",
        debug=False,
        allowed_hosts="testserver",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    """Return the application, on an empty database."""
    app = create_app(settings)
    Base.metadata.create_all(app.state.engine)
    yield app
    app.state.engine.dispose()


@pytest.fixture
def session(app: FastAPI) -> Iterator[Session]:
    """Open a session on the application's database."""
    with Session(app.state.engine) as session:
        yield session


@pytest.fixture
def user(session: Session) -> User:
    """Return an account called ada."""
    return auth.create_user(session, "ada", PASSWORD)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Return a client without an account."""
    return TestClient(app, BASE_URL, raise_server_exceptions=False)


@pytest.fixture
def api(app: FastAPI, settings: Settings, user: User) -> TestClient:
    """Return a client of the API with ada's token."""
    token = auth.token_serializer(settings).dumps(user.id)
    headers = {"Authorization": f"Bearer {token}"}
    return TestClient(app, BASE_URL, headers=headers)


@pytest.fixture
def visitor(app: FastAPI) -> Browser:
    """Return a browser that is not signed in."""
    return Browser(app, BASE_URL, follow_redirects=False)


@pytest.fixture
def browser(app: FastAPI, user: User) -> Browser:
    """Return a browser in which ada is signed in."""
    browser = Browser(app, BASE_URL, follow_redirects=False)
    browser.sign_in()
    return browser
