#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Fixtures: an application with a database of its own, and who talks to it."""

#% for _ in cookiecutter.__accounts | select
import io
#% endfor
import json
from collections.abc import Callable, Iterator

import pytest
#% for _ in cookiecutter.__accounts | select
from argon2 import PasswordHasher
#% endfor
from pyramid.router import Router
from pyramid.scripting import prepare
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from webtest import TestApp

import {= package =}.__main__ as commands
from {= package =} import main
#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.accounts.security import limiter
#% endfor
from {= package =}.base import Base
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
#% endfor
#% for _ in cookiecutter.__pages | select
from tests.browser import Browser
#% endfor
from tests.databases import empty_tables, new_database
from tests.examples import {! for resource in resources !}{= resource.constant =}{= ", nth_" + resource.name if resource.children =}{= ", " if not loop.last =}{! endfor !}{! for _ in cookiecutter.__accounts | select !}, PASSWORD{! endfor !}


ENVIRON = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(scope="session")
def settings() -> Iterator[dict[str, str]]:
    """Return settings, as an ini file would give them: neither .env nor the
    environment changes these."""
    with new_database() as url:
        yield {
            "_env_file": "",  # none
            "debug": "false",
#% for _ in cookiecutter.__secret | select
            "secret_key": "a secret of at least 32 characters",
#% endfor
            "database_url": url,
            "allowed_hosts": "localhost",
#% for _ in cookiecutter.__logins | select
            "allow_signup": "true",
#% endfor
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
{! for _ in cookiecutter.__accounts | select !}


@pytest.fixture(autouse=True)
def fast_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords fast, and too weakly for anything but tests."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hasher", hasher)
    monkeypatch.setattr(service, "NOBODYS_HASH", hasher.hash(""))
{! endfor !}


@pytest.fixture
def session(app: Router) -> Iterator[Session]:
    """Return a session that no request uses; empty the tables at the end."""
#% for _ in cookiecutter.__accounts | select
    limiter.storage.reset()
#% endfor
    with Session(app.registry["engine"]) as session:
        yield session
        session.rollback()
        empty_tables(app.registry["engine"])


@pytest.fixture
def client(app: Router, session: Session) -> TestApp:
    """Return a client{= cookiecutter.__texts.client =}."""
    return TestApp(app, extra_environ=ENVIRON)
{! for _ in cookiecutter.__pages | select !}


@pytest.fixture
def make_browser(app: Router, session: Session) -> Callable[[], Browser]:
    """Return a function that opens a browser, over HTTPS as in production."""
    environ = {
        **ENVIRON,
        "wsgi.url_scheme": "https",
        "HTTP_ORIGIN": "https://localhost",
    }
    return lambda: Browser(app, extra_environ=environ)


@pytest.fixture
def visitor(make_browser: Callable[[], Browser]) -> Browser:
    """Return a browser{= cookiecutter.__texts.visitor =}."""
    return make_browser()
{! endfor !}
{! for _ in cookiecutter.__accounts | select !}


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
{! endfor !}
{! for _ in cookiecutter.__logins | select !}


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
{! endfor !}
{! for _ in cookiecutter.__tokens | select !}


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
{! endfor !}
{! for _ in cookiecutter.__open | select !}
{! for _ in cookiecutter.__pages | select !}


@pytest.fixture
def browser(visitor: Browser) -> Browser:
    """Return the browser of whoever wants to write, which everybody may."""
    return visitor
{! endfor !}
{! for _ in cookiecutter.__api | select !}


@pytest.fixture
def api(client: TestApp) -> TestApp:
    """Return the client of whoever wants to write, which everybody may."""
    return client
{! endfor !}
{! endfor !}


@pytest.fixture
def run(
    app: Router, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Return a function that runs a command, and returns what it says."""
    monkeypatch.setattr(
        commands, "bootstrap", lambda uri: prepare(registry=app.registry)
    )

    def run(*arguments: str{! for _ in cookiecutter.__accounts | select !}, given: str = "", typed: tuple[str, ...] = (){! endfor !}) -> str:
#% for _ in cookiecutter.__accounts | select
        passwords = iter(typed)
        stdin = io.StringIO(given)
        monkeypatch.setattr(stdin, "isatty", lambda: bool(typed))
        monkeypatch.setattr("sys.stdin", stdin)
        monkeypatch.setattr(commands, "getpass", lambda prompt: next(passwords))
#% endfor
        commands.main(arguments)
        return capsys.readouterr().out

    return run
{! for resource in resources !}


@pytest.fixture
def add_{= resource.name =}(session: Session{! for _ in cookiecutter.__accounts | select !}, user: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> Callable[..., {= resource.class_name =}]:
    """Return a function that adds {= resource.article =} {= resource.label =}{! for _ in cookiecutter.__accounts | select !} of ada's{! endfor !}."""

    def add_{= resource.name =}(values: dict[str, object]) -> {= resource.class_name =}:
        {= resource.name =} = {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=user{! endfor !})
        data = {= resource.class_name =}In.model_validate_json(json.dumps(values))
        save_{= resource.name =}(session, {= resource.name =}, data)
        session.commit()
        return {= resource.name =}

    return add_{= resource.name =}


@pytest.fixture
def {= resource.name =}(add_{= resource.name =}: Callable[..., {= resource.class_name =}]) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}{! for _ in cookiecutter.__accounts | select !} of ada's{! endfor !}."""
    return add_{= resource.name =}({= resource.constant =})
{! if resource.children !}


@pytest.fixture
def {= resource.plural =}(add_{= resource.name =}: Callable[..., {= resource.class_name =}]) -> None:
    """Add {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    for n in range({= resource.examples_needed =}):
        add_{= resource.name =}(nth_{= resource.name =}(n))
#% endif
#% endfor
