"""Options and fixtures: the server under test, its resource, its account."""

from collections.abc import Callable, Iterator
from contextlib import closing
from copy import copy
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from .client import Api, Browser, ask, cookie_jar
from .resource import Resource, load

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Server:
    """The server under test."""

    base_url: str
    username: str
    password: str
    debug: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    group = parser.getgroup("contract", "the server under test")
    group.addoption("--base-url", help="for example http://127.0.0.1:8000")
    group.addoption(
        "--resource",
        type=Path,
        default=HERE / "default.json",
        help="the resource's definition (JSON; default: the book of default.json)",
    )
    group.addoption("--username", default="ada")
    group.addoption("--password", default="correct horse battery")
    group.addoption(
        "--debug-server",
        action="store_true",
        help="the server runs with DEBUG=true: cookies need not be Secure",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the suite out of a run that names no server."""
    if config.getoption("base_url", None):
        return None
    if any(Path(arg).resolve() == HERE for arg in config.args):
        raise pytest.UsageError("the contract suite needs --base-url")
    return True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `field` once for each field."""
    if "field" in metafunc.fixturenames:
        resource = load(metafunc.config.getoption("resource"))
        metafunc.parametrize("field", resource.fields, ids=lambda field: field.name)


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Server:
    """The server under test."""
    return Server(
        base_url=pytestconfig.getoption("base_url").rstrip("/"),
        username=pytestconfig.getoption("username"),
        password=pytestconfig.getoption("password"),
        debug=pytestconfig.getoption("debug_server"),
    )


@pytest.fixture(scope="session")
def resource(pytestconfig: pytest.Config) -> Resource:
    """What the app keeps."""
    return load(pytestconfig.getoption("resource"))


@pytest.fixture(scope="session")
def token(server: Server) -> str:
    """A good token."""
    response = ask(
        "POST",
        f"{server.base_url}/api/token",
        data={"username": server.username, "password": server.password},
    )
    assert response.status_code == 200, response.text
    return str(response.json()["access_token"])


@pytest.fixture
def api(server: Server, resource: Resource, token: str) -> Iterator[Api]:
    """The API, with a token."""
    api = Api(server.base_url, resource, token)
    yield api
    api.close()


@pytest.fixture
def public_api(server: Server, resource: Resource) -> Iterator[Api]:
    """The API without a token."""
    api = Api(server.base_url, resource, None)
    yield api
    api.close()


@pytest.fixture
def new_browser(server: Server) -> Iterator[Callable[..., Browser]]:
    """Start a browser with headers of its own and no cookie."""
    browsers: list[Browser] = []

    def start(headers: dict[str, str] | None = None) -> Browser:
        browsers.append(Browser(server.base_url, headers))
        return browsers[-1]

    yield start
    for browser in browsers:
        browser.close()


@pytest.fixture
def visitor(new_browser: Callable[..., Browser]) -> Browser:
    """A browser that is not signed in."""
    return new_browser()


@pytest.fixture(scope="session")
def session_cookies(server: Server) -> CookieJar:
    """The cookies of someone who is signed in, for the tests to copy."""
    jar = cookie_jar()
    with closing(Browser(server.base_url, cookies=jar)) as browser:
        browser.sign_in(server.username, server.password).follow()
    return jar


@pytest.fixture
def browser(
    new_browser: Callable[..., Browser], server: Server, session_cookies: CookieJar
) -> Browser:
    """A browser that is signed in, its message already seen."""
    browser = new_browser()
    for cookie in session_cookies:
        browser.http.cookies.jar.set_cookie(copy(cookie))
    if not browser.is_signed_in:  # some test ended the session
        browser.sign_in(server.username, server.password).follow()
    return browser


@pytest.fixture
def own_browser(visitor: Browser, server: Server) -> Browser:
    """A browser that is signed in with a session of its own, which it may end."""
    visitor.sign_in(server.username, server.password).follow()
    return visitor
