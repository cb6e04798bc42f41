#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""An application that all tests share, {! for _ in cookiecutter.__accounts | select !}with accounts {! endfor !}and {! for _ in cookiecutter.__accounts | select !}their {! endfor !}{! for _ in cookiecutter.__open | select !}its {! endfor !}clients."""

from collections.abc import Callable, Iterator

import pytest
from click import testing
{! if cookiecutter._related !}
import sqlalchemy as sa
{! endif !}
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
#% for _ in cookiecutter.__accounts | select
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
#% endfor
from sqlalchemy.orm import Session

from {= package =} import __main__ as commands
#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts import service as accounts
from {= package =}.accounts.models import User
from {= package =}.accounts.schemas import NewAccount
#% endfor
from {= package =}.base import Base
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
#% endfor
from {= package =}.main import create_app
#% for _ in cookiecutter.__pages | select
from {= package =}.pages import check_csrf_token
#% endfor
from {= package =}.settings import Settings
#% for _ in cookiecutter.__pages | select
from tests.browser import Browser
#% endfor
from tests.databases import empty_tables, new_database
#% for resource in resources
from tests.examples import OTHER_{= resource.constant =}{! for _ in cookiecutter.__accounts | select !}, PASSWORD{! endfor !}{= ", nth_" + resource.name if resource.children =}
{! endfor !}
from tests.learner import router as more_routes

BASE_URL = "https://testserver"


{! for _ in cookiecutter.__accounts | select !}
@pytest.fixture(autouse=True)
def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests the work that a password hash is meant to be."""
    hasher = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "password_hash", PasswordHash((hasher,)))


{! endfor !}
@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Return settings that leave nothing to the environment and to .env."""
    values = {
        "_env_file": None,
        "debug": False,
#% for _ in cookiecutter.__secret | select
        "secret_key": "a-key-for-tests-and-nothing-else-at-all",
#% endfor
        "allowed_hosts": "testserver",
#% for _ in cookiecutter.__logins | select
        "allow_signup": True,
#% endfor
        "log_level": "INFO",
    }
    with new_database() as url:
        yield Settings.model_validate(values | {"database_url": url})


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Return the address of a database that has no tables."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[FastAPI]:
    """Return the application, started; to make its routes takes a while."""
    app = create_app(settings)
#% for _ in cookiecutter.__api | select
    app.include_router(more_routes, prefix="/api")
#% endfor
    app.include_router(more_routes{! for _ in cookiecutter.__pages | select !}, dependencies=[Depends(check_csrf_token)]{! endfor !})
    Base.metadata.create_all(app.state.engine)
    with TestClient(app):
        yield app


@pytest.fixture(autouse=True)
def clean(app: FastAPI) -> Iterator[None]:
    """Leave no entry{! for _ in cookiecutter.__accounts | select !}, no account and no count of attempts{! endfor !} to the next test."""
    yield
    empty_tables(app.state.engine)
#% for _ in cookiecutter.__accounts | select
    accounts.limiter.storage.reset()
{! endfor !}


@pytest.fixture
def session(app: FastAPI) -> Iterator[Session]:
    """Open a session on the application's database."""
    with Session(app.state.engine) as session:
        yield session


#% if cookiecutter._related
@pytest.fixture
def sent_sql(app: FastAPI) -> Iterator[list[str]]:
    """Return a list to which each query is added as it is sent to the database."""
    queries: list[str] = []

    def note(_connection: object, _cursor: object, query: str, *_: object) -> None:
        queries.append(query)

    sa.event.listen(app.state.engine, "before_cursor_execute", note)
    yield queries
    sa.event.remove(app.state.engine, "before_cursor_execute", note)


#% endif
{! for _ in cookiecutter.__accounts | select !}
def make_account(session: Session, username: str) -> User:
    """Make an account that has the tests' password."""
    account = NewAccount(username=username, password=PASSWORD)
    user = accounts.create_user(session, account)
    assert user
    return user


{! for _ in cookiecutter.__api | select !}
def make_api_client(app: FastAPI, user: User) -> TestClient:
    """Return a client of the API with the token of an account."""
    token = accounts.create_token(app.state.tokens, user).access_token
    return TestClient(app, BASE_URL, headers={"Authorization": f"Bearer {token}"})


{! endfor !}
@pytest.fixture
def user(session: Session) -> User:
    """Return an account called ada."""
    return make_account(session, "ada")


@pytest.fixture
def other_user(session: Session) -> User:
    """Return an account called bob."""
    return make_account(session, "bob")


{! endfor !}
#% for resource in resources
@pytest.fixture
def {= resource.name =}(session: Session{! for _ in cookiecutter.__accounts | select !}, user: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}{! for _ in cookiecutter.__accounts | select !} of ada's{! endfor !}."""
    data = {= resource.class_name =}In.model_validate(OTHER_{= resource.constant =})
    return save_{= resource.name =}(session, data, {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner_id=user.id{! endfor !}))


#% if resource.children
@pytest.fixture
def {= resource.plural =}(session: Session{! for _ in cookiecutter.__accounts | select !}, user: User{! endfor !}{! for target in resource.parents !}, {= target.plural =}: object{! endfor !}) -> list[{= resource.class_name =}]:
    """Return {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    examples = [{= resource.class_name =}In.model_validate(nth_{= resource.name =}(n)) for n in range({= resource.examples_needed =})]
    return [save_{= resource.name =}(session, data, {= resource.class_name =}({! for _ in cookiecutter.__accounts | select !}owner_id=user.id{! endfor !})) for data in examples]


#% endif
#% endfor
@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., testing.Result]:
    """Return what runs a command on the application's database."""
    monkeypatch.setattr(commands, "load_settings", lambda: settings)

    def run(*arguments: str, typed: str = "") -> testing.Result:
        return testing.CliRunner().invoke(commands.main, arguments, input=typed)

    return run


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Return a client{! for _ in cookiecutter.__accounts | select !} without an account{! endfor !}."""
    return TestClient(app, BASE_URL, raise_server_exceptions=False)


{! for _ in cookiecutter.__tokens | select !}
@pytest.fixture
def api(app: FastAPI, user: User) -> TestClient:
    """Return a client of the API with ada's token."""
    return make_api_client(app, user)


@pytest.fixture
def stranger_api(app: FastAPI, other_user: User) -> TestClient:
    """Return a client of the API with bob's token."""
    return make_api_client(app, other_user)


{! endfor !}
{! for _ in cookiecutter.__api | select !}
{! for _ in cookiecutter.__open | select !}
@pytest.fixture
def api(app: FastAPI) -> TestClient:
    """Return a client of the API, which anybody may use."""
    return TestClient(app, BASE_URL)


{! endfor !}
{! endfor !}
{! for _ in cookiecutter.__pages | select !}
@pytest.fixture
def visitor(app: FastAPI) -> Browser:
    """Return a browser{! for _ in cookiecutter.__accounts | select !} that is not signed in{! endfor !}."""
    return Browser(app, BASE_URL, follow_redirects=False)


{! endfor !}
{! for _ in cookiecutter.__logins | select !}
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
{! endfor !}
{! for _ in cookiecutter.__pages | select !}
{! for _ in cookiecutter.__open | select !}
@pytest.fixture
def browser(visitor: Browser) -> Browser:
    """Return a browser: whoever has one may write."""
    return visitor
{! endfor !}
{! endfor !}
