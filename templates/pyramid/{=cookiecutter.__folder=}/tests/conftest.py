#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Fixtures: an application with a database of its own, and who talks to it."""

import json
from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from pyramid.router import Router
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from webtest import TestApp

from {= package =} import main
from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.views import limiter
from {= package =}.base import Base
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
#% endfor
from tests.browser import PASSWORD, Browser
from tests.databases import empty_tables, new_database
from tests.examples import {! for resource in resources !}{= resource.constant =}{= ", nth_" + resource.name if resource.children =}{= ", " if not loop.last =}{! endfor !}


ENVIRON = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(scope="session")
def settings() -> Iterator[dict[str, str]]:
    """Return settings, as an ini file would give them: neither .env nor the
    environment changes these."""
    with new_database() as url:
        yield {
            "debug": "false",
            "secret_key": "a secret of at least 32 characters",
            "database_url": url,
            "allowed_hosts": "localhost",
            "allow_signup": "true",
            "log_level": "INFO",
            "pyramid.includes": "tests.learner",
        }


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Return the address of a database that has no tables."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="session")
def app(settings: dict[str, str]) -> Iterator[Router]:
    """Make the application, with empty tables."""
    app = main({}, **settings)
    engine: Engine = app.registry["engine"]
    Base.metadata.create_all(engine)
    yield app
    engine.dispose()


@pytest.fixture
def make_app(settings: dict[str, str]) -> Iterator[Callable[..., Router]]:
    """Return a function that makes an application with other settings."""
    made = []

    def make_app(**others: str) -> Router:
        made.append(main({}, **settings | others))
        return made[-1]

    yield make_app
    for app in made:
        app.registry["engine"].dispose()


@pytest.fixture(autouse=True)
def fast_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords fast, and too weakly for anything but tests."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hasher", hasher)
    monkeypatch.setattr(service, "NOBODYS_HASH", hasher.hash(""))


@pytest.fixture
def session(app: Router) -> Iterator[Session]:
    """Return a session that no request uses; empty the tables at the end."""
    with Session(app.registry["engine"]) as session:
        yield session
        session.rollback()
        empty_tables(app.registry["engine"])


@pytest.fixture
def make_browser(app: Router, session: Session) -> Callable[[], Browser]:
    """Return a function that opens a browser, over HTTPS as in production."""
    limiter.storage.reset()
    environ = {
        **ENVIRON,
        "wsgi.url_scheme": "https",
        "HTTP_ORIGIN": "https://localhost",
    }
    return lambda: Browser(app, extra_environ=environ)


@pytest.fixture
def add_user(session: Session) -> Callable[[str], User]:
    """Return a function that makes an account."""

    def add_user(username: str) -> User:
        user = service.create_user(session, username, PASSWORD)
        session.commit()
        return user

    return add_user


@pytest.fixture
def user(add_user: Callable[[str], User]) -> User:
    """Return the account of ada."""
    return add_user("ada")


@pytest.fixture
def visitor(make_browser: Callable[[], Browser]) -> Browser:
    """Return a browser that is not signed in."""
    return make_browser()


@pytest.fixture
def browser(make_browser: Callable[[], Browser], user: User) -> Browser:
    """Return ada's browser."""
    browser = make_browser()
    browser.sign_in("ada")
    return browser


@pytest.fixture
def stranger(
    make_browser: Callable[[], Browser], add_user: Callable[[str], User]
) -> Browser:
    """Return bob's browser."""
    add_user("bob")
    browser = make_browser()
    browser.sign_in("bob")
    return browser


@pytest.fixture
def client(app: Router, session: Session) -> TestApp:
    """Return a client of the API without a token."""
    limiter.storage.reset()
    return TestApp(app, extra_environ=ENVIRON)


@pytest.fixture
def api(app: Router, client: TestApp, user: User) -> TestApp:
    """Return a client of the API with ada's token."""
    return with_token(app, client, "ada")


@pytest.fixture
def stranger_api(
    app: Router, client: TestApp, add_user: Callable[[str], User]
) -> TestApp:
    """Return a client of the API with bob's token."""
    add_user("bob")
    return with_token(app, client, "bob")


def with_token(app: Router, client: TestApp, username: str) -> TestApp:
    form = {"username": username, "password": PASSWORD}
    token = client.post("/api/token", form).json["access_token"]
    environ = {**ENVIRON, "HTTP_AUTHORIZATION": f"Bearer {token}"}
    return TestApp(app, extra_environ=environ)
{! for resource in resources !}


@pytest.fixture
def {= resource.name =}(session: Session, user: User{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} of ada's."""
    {= resource.name =} = {= resource.class_name =}(owner=user)
    data = {= resource.class_name =}In.model_validate_json(json.dumps({= resource.constant =}))
    save_{= resource.name =}(session, {= resource.name =}, data)
    session.commit()
    return {= resource.name =}
{! if resource.children !}


@pytest.fixture
def {= resource.plural =}(session: Session, user: User{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> None:
    """Add {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    for n in range({= resource.examples_needed =}):
        data = {= resource.class_name =}In.model_validate_json(json.dumps(nth_{= resource.name =}(n)))
        save_{= resource.name =}(session, {= resource.class_name =}(owner=user), data)
    session.commit()
#% endif
#% endfor
