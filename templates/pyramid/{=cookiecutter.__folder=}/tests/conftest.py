#% set resource = cookiecutter._resource
"""Fixtures: the application on a database of its own, an account, and clients."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from pyramid.router import Router
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session
from webtest import TestApp

from {= cookiecutter.__package =} import main
from {= cookiecutter.__package =}.accounts import service
from {= cookiecutter.__package =}.accounts.models import User
from {= cookiecutter.__package =}.database import Base
from {= cookiecutter.__package =}.settings import Settings

PASSWORD = "correct horse"
VALUES: dict[str, object] = {
#% for field in resource.fields
    "{= field.name =}": {= field.example =},
#% endfor
}
FORM = {
#% for field in resource.fields
    "{= field.name =}": {= field.example_form =},
#% endfor
}
OTHER_FORM = {
#% for field in resource.fields
    "{= field.name =}": {= field.other_form =},
#% endfor
}


def make_values(n: int) -> dict[str, object]:
    """Return the nth of many entries, no two alike."""
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }


def make_settings(**changes: object) -> Settings:
    """Return settings that depend on neither the environment nor `.env`."""
    values: dict[str, object] = {
        "debug": True,
        "secret_key": "a secret of at least 32 characters",
        "database_url": "sqlite://",
        "allowed_hosts": "localhost",
    }
    return Settings.model_validate(values | changes)


def make_client(app: Router, **environ: str) -> TestApp:
    """Return a client for the application, which keeps cookies."""
    return TestApp(app, extra_environ={"HTTP_HOST": "localhost"} | environ)


def fill(form: dict[str, object], values: dict[str, str]) -> None:
    """Fill in a form."""
    for name, value in values.items():
        is_checkbox = getattr(form[name], "attrs", {}).get("type") == "checkbox"
        form[name] = value == "true" if is_checkbox else value


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Router]:
    """Return the application, with empty tables."""
    path = tmp_path_factory.mktemp("database") / "test.sqlite3"
    app = main({}, make_settings(database_url=f"sqlite:///{path}"))
    engine: Engine = app.registry["engine"]
    Base.metadata.create_all(engine)
    yield app
    engine.dispose()


@pytest.fixture(autouse=True)
def fast_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords fast, and too weakly for anything but tests."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hasher", hasher)


@pytest.fixture
def session(app: Router) -> Iterator[Session]:
    """Return a session, and empty the tables at the end."""
    with Session(app.registry["engine"]) as session:
        yield session
        session.rollback()
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        session.commit()


@pytest.fixture
def user(session: Session) -> User:
    """Return an account."""
    user = service.create_user(session, "ada", PASSWORD)
    session.commit()
    return user


@pytest.fixture
def client(app: Router, session: Session) -> TestApp:
    """Return a client that is not signed in."""
    return make_client(app)


@pytest.fixture
def browser(client: TestApp, user: User) -> TestApp:
    """Return a client that is signed in to the pages."""
    form = client.get("/login").forms[0]
    form["username"] = user.username
    form["password"] = PASSWORD
    form.submit(status=303)
    return client


@pytest.fixture
def api(app: Router, user: User) -> TestApp:
    """Return a client that sends a token."""
    client = make_client(app)
    form = {"username": user.username, "password": PASSWORD}
    token = client.post("/api/token", form).json["access_token"]
    client.authorization = ("Bearer", token)
    return client
