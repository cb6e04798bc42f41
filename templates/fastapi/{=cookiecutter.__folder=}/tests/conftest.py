#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""A fresh application for each test, with accounts and their clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.orm import Session

from {= package =}.accounts import service as accounts
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
from {= package =}.base import Base
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import create_{= resource.name =}
from {= package =}.main import create_app
from {= package =}.settings import Settings
from tests.browser import PASSWORD, Browser
from tests.examples import OTHER_{= resource.constant =}

BASE_URL = "https://testserver"


@pytest.fixture(autouse=True)
def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests the work that a password hash is meant to be."""
    hasher = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "password_hash", PasswordHash((hasher,)))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings of which neither the environment nor .env changes anything."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    values = {
        "secret_key": "a-key-for-tests-and-nothing-else-at-all",
        "database_url": f"sqlite:///{tmp_path}/test.sqlite3",
        "allowed_hosts": "testserver",
        "allow_signup": True,
    }
    return Settings.model_validate(values)


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


def make_account(session: Session, username: str) -> User:
    """Make an account that has the tests' password."""
    account = NewAccount(username=username, password=PASSWORD)
    user = accounts.create_user(session, account)
    assert user
    return user


def make_api_client(app: FastAPI, user: User) -> TestClient:
    """Return a client of the API with the token of an account."""
    token = accounts.create_token(app.state.settings, user).access_token
    return TestClient(app, BASE_URL, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def user(session: Session) -> User:
    """Return an account called ada."""
    return make_account(session, "ada")


@pytest.fixture
def other_user(session: Session) -> User:
    """Return an account called bob."""
    return make_account(session, "bob")


@pytest.fixture
def {= resource.name =}(session: Session, user: User) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} of ada's."""
    return create_{= resource.name =}(session, {= resource.class_name =}In.model_validate(OTHER_{= resource.constant =}), user)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Return a client without an account."""
    return TestClient(app, BASE_URL, raise_server_exceptions=False)


@pytest.fixture
def api(app: FastAPI, user: User) -> TestClient:
    """Return a client of the API with ada's token."""
    return make_api_client(app, user)


@pytest.fixture
def stranger_api(app: FastAPI, other_user: User) -> TestClient:
    """Return a client of the API with bob's token."""
    return make_api_client(app, other_user)


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


@pytest.fixture
def stranger(app: FastAPI, other_user: User) -> Browser:
    """Return a browser in which bob is signed in."""
    stranger = Browser(app, BASE_URL, follow_redirects=False)
    stranger.sign_in("bob")
    return stranger
