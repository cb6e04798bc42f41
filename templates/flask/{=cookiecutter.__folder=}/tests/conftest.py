#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Fixtures: an application with a database of its own, and who talks to it."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
{! if resources | selectattr("references") | list !}
import sqlalchemy as sa
{! endif !}
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from {= package =} import create_app
#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service as accounts
from {= package =}.accounts.models import User
#% endfor
from {= package =}.base import Base
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
#% endfor
#% for _ in cookiecutter.__accounts | select
from {= package =}.security import limiter
#% endfor
from {= package =}.settings import Settings

#% for _ in cookiecutter.__pages | select
from .browser import Browser
#% endfor
from .databases import empty_tables, new_database
#% for resource in resources
from .examples import {= resource.constant =}{! for _ in cookiecutter.__accounts | select !}, PASSWORD{! endfor !}{= ", nth_" + resource.name if resource.children =}
{! endfor !}

{! for _ in cookiecutter.__accounts | select !}
quick_hash = partial(generate_password_hash, method="pbkdf2:sha256:1")  # weak, so quick
PASSWORD_HASH = quick_hash(PASSWORD)


{! endfor !}
@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Return settings that neither the environment nor .env changes."""
    with new_database() as url:
        yield Settings(  # type: ignore[call-arg]  # mypy sees fields alone
            _env_file=None,
            debug=False,
#% for _ in cookiecutter.__secret | select
            secret_key=SecretStr("only-for-tests-" * 3),
#% endfor
            database_url=url,
            allowed_hosts=["localhost"],
#% for _ in cookiecutter.__logins | select
            allow_signup=True,
#% endfor
            log_level="INFO",
        )


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Return the address of a database that has no tables."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="session")
def shared_app(settings: Settings) -> Iterator[Flask]:
    """Make the application once: routes and templates take their time."""
    app = create_app(settings)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def app(shared_app: Flask{! for _ in cookiecutter.__accounts | select !}, monkeypatch: pytest.MonkeyPatch{! endfor !}) -> Flask:
    """Return the application, with empty tables{= cookiecutter.__texts.counted =}."""
    engine = shared_app.extensions["engine"]
    Base.metadata.create_all(engine)
    empty_tables(engine)
#% for _ in cookiecutter.__accounts | select
    limiter.storage.reset()
    monkeypatch.setattr(accounts, "generate_password_hash", quick_hash)
#% endfor
    return shared_app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Return a database session that no request uses."""
    with Session(app.extensions["engine"]) as session:
        yield session


#% if resources | selectattr("references") | list
@pytest.fixture
def sent_sql(app: Flask) -> Iterator[list[str]]:
    """Return a list to which each query is added as it is sent to the database."""
    engine, queries = app.extensions["engine"], []

    def note(*arguments: object) -> None:
        queries.append(str(arguments[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    yield queries
    sa.event.remove(engine, "before_cursor_execute", note)


#% endif
{! for _ in cookiecutter.__accounts | select !}
@pytest.fixture
def add_user(session: Session) -> Callable[[str], User]:
    """Return a function that makes an account."""

    def add_user(name: str) -> User:
        user = User(username=name, password_hash=PASSWORD_HASH)
        session.add(user)
        session.commit()
        return user

    return add_user


@pytest.fixture
def user(add_user: Callable[[str], User]) -> User:
    """Return the account of ada."""
    return add_user("ada")


{! endfor !}
#% for resource in resources
@pytest.fixture
def {= resource.name =}(session: Session{! for _ in cookiecutter.__accounts | select !}, user: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}{= cookiecutter.__texts.hers =}."""
    data = {= resource.class_name =}In.model_validate({= resource.constant =})
    {= resource.name =} = {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=user, {! endfor !}**data.model_dump())
    session.add({= resource.name =})
    session.commit()
    return {= resource.name =}


#% if resource.children
@pytest.fixture
def {= resource.plural =}(session: Session{! for _ in cookiecutter.__accounts | select !}, user: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> list[{= resource.class_name =}]:
    """Return {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    examples = [{= resource.class_name =}In.model_validate(nth_{= resource.name =}(n)) for n in range({= resource.examples_needed =})]
    {= resource.plural =} = [{= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner=user, {! endfor !}**data.model_dump()) for data in examples]
    session.add_all({= resource.plural =})
    session.commit()
    return {= resource.plural =}


#% endif
#% endfor
@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a program{= cookiecutter.__texts.nobody =}."""
    return app.test_client()


@pytest.fixture
def broken(settings: Settings, empty_database: str) -> Iterator[FlaskClient]:
    """Return a program that asks an application without tables."""
    app = create_app(settings.model_copy(update={"database_url": empty_database}))
    yield app.test_client()
    app.extensions["engine"].dispose()


{! for _ in cookiecutter.__api | select !}
{! for _ in cookiecutter.__accounts | select !}
@pytest.fixture
def api(app: Flask, user: User) -> FlaskClient:
    """Return a program that sends ada's token."""
    return send_token(app, user)


@pytest.fixture
def stranger_api(app: Flask, add_user: Callable[[str], User]) -> FlaskClient:
    """Return a program that sends bob's token."""
    return send_token(app, add_user("bob"))


{! else !}
@pytest.fixture
def api(client: FlaskClient) -> FlaskClient:
    """Return a program; they may all write."""
    return client


{! endfor !}
{! endfor !}
{! for _ in cookiecutter.__pages | select !}
@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Return a browser{= cookiecutter.__texts.signed_out =}."""
    return Browser(app, app.response_class)


{! for _ in cookiecutter.__accounts | select !}
@pytest.fixture
def browser(app: Flask, user: User) -> Browser:
    """Return a browser in which ada is signed in."""
    return sign_in(app, user)


@pytest.fixture
def stranger(app: Flask, add_user: Callable[[str], User]) -> Browser:
    """Return a browser in which bob is signed in."""
    return sign_in(app, add_user("bob"))


{! else !}
@pytest.fixture
def browser(visitor: Browser) -> Browser:
    """Return a browser; they may all write."""
    return visitor


{! endfor !}
{! endfor !}
{! for _ in cookiecutter.__tokens | select !}
def send_token(app: Flask, user: User) -> FlaskClient:
    with app.app_context():
        token = accounts.create_token(user)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


{! endfor !}
{! for _ in cookiecutter.__logins | select !}
def sign_in(app: Flask, user: User) -> Browser:
    browser = Browser(app, app.response_class)
    with browser.session_transaction() as cookie:
        cookie["user"] = [user.id, user.session_number]
    return browser
{! endfor !}
