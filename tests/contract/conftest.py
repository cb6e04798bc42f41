"""Options and fixtures: the server under test, its resource, its accounts."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from .client import Api, Browser, Forms, ask
from .resource import Field, Resource, load, word

HERE = Path(__file__).parent
PASSWORD = "correct horse battery"  # noqa: S105 - of throw-away accounts


@dataclass(frozen=True, kw_only=True)
class Account:
    """A user name and a password."""

    username: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Server:
    """The server under test, and two accounts on it."""

    base_url: str
    user: Account
    other: Account
    parts: frozenset[str]

    def token(self, account: Account) -> str | None:
        """A fresh token; without accounts none is needed."""
        if "accounts" not in self.parts:
            return None
        form = {"username": account.username, "password": account.password}
        response = ask("POST", f"{self.base_url}/api/token", data=form)
        assert response.status_code == 200, response.text
        return str(response.json()["access_token"])

    def session(self, account: Account) -> Browser:
        """A browser that is signed in, its message already seen; without accounts any."""
        browser = Browser(self.base_url)
        if "accounts" in self.parts:
            browser.sign_in(account.username, account.password).follow()
        return browser


class Kept:
    """What the app keeps, and entries for others to refer to, made when needed."""

    def __init__(self, server: Server, definitions: Path) -> None:
        """Read the definitions."""
        self.server = server
        self.resources = load(definitions, self.parent)
        self.several = len(self.resources) > 1
        self._makers: dict[str, Api | Forms] = {}
        self._shared: dict[str, list[int]] = {}

    def parent(self, field: Field) -> int:
        """An entry for this reference: a new one where it is `unique`, else one of three."""
        target = field.target
        assert target
        if target.name not in self._makers:
            self._makers[target.name] = self.maker(target)
        shared = self._shared.setdefault(target.name, [])
        if field.unique:
            return int(self._makers[target.name].create()["id"])
        if len(shared) < 3:
            shared.append(self._makers[target.name].create()["id"])
        else:
            shared.append(shared.pop(0))
        return shared[-1]

    def maker(self, resource: Resource) -> Api | Forms:
        """What makes entries and deletes them at last: the API, else forms."""
        server = self.server
        if "api" in server.parts:
            return Api(server.base_url, resource, server.token(server.user))
        return Forms(server.session(server.user), resource)

    def close(self) -> None:
        """Delete what was made, children first."""
        for resource in reversed(self.resources):
            if resource.name in self._makers:
                self._makers[resource.name].close()


KEPT = pytest.StashKey[Kept]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    group = parser.getgroup("contract", "the server under test")
    group.addoption("--base-url", help="for example http://127.0.0.1:8000")
    group.addoption(
        "--resource",
        type=Path,
        default=HERE / "default.json",
        help="definitions, as JSON (default: the book of default.json)",
    )
    group.addoption(
        "--interface",
        choices=["full", "api", "pages"],
        default="full",
        help="which of pages and the API the app has",
    )
    group.addoption(
        "--no-accounts", action="store_true", help="the app has no accounts"
    )
    group.addoption("--username", default="ada")
    group.addoption("--password", default=PASSWORD)
    group.addoption("--other-username", default="bob")
    group.addoption("--other-password", default=PASSWORD)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the suite out of a run that names no server."""
    if config.getoption("base_url", None):
        alone = not any(resource.references for resource in kept_by(config).resources)
        return True if alone and collection_path.stem == "test_references" else None
    if any(Path(arg).resolve() == HERE for arg in config.args):
        raise pytest.UsageError("the contract suite needs --base-url")
    return True


# What tests need of an app, by their module and by what they ask for.
NEEDED = {
    "test_accounts": {"pages", "accounts"},
    "test_api_entries": {"api"},
    "test_api_errors": {"api"},
    "test_api_lists": {"api"},
    "test_api_tokens": {"api", "accounts"},
    "test_forms": {"pages"},
    "test_openapi": {"api"},
    "test_ownership": {"accounts"},
    "test_pages": {"pages"},
    "test_signup": {"pages", "accounts"},
    "test_throttling": {"pages", "api", "accounts"},
    "account": {"pages", "accounts"},
    "api": {"api"},
    "browser": {"pages"},
    "new_browser": {"pages"},
    "other_api": {"api", "accounts"},
    "public_api": {"api"},
    "stranger": {"pages", "accounts"},
    "token": {"api"},
}
PARTS = {"pages", "api", "accounts"}


def parts(config: pytest.Config) -> set[str]:
    """What the app has of pages, an API and accounts."""
    missing = {"api": "pages", "pages": "api"}.get(config.getoption("interface"))
    found = PARTS - {missing}
    return found - {"accounts"} if config.getoption("no_accounts") else found


def needs(item: pytest.Item) -> set[str]:
    """What a test needs the app to have."""
    asked = [item.path.stem, *getattr(item, "fixturenames", ())]
    found = {part for name in asked for part in NEEDED.get(name, ())}
    for marker in item.iter_markers("needs"):
        found |= set(marker.args)
    return found


def pytest_configure(config: pytest.Config) -> None:
    """Say what the markers mean."""
    config.addinivalue_line("markers", "needs(part, …): of pages, api and accounts")
    config.addinivalue_line(
        "markers", "lacks(part): for apps without it, of pages, api and accounts"
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what the app is not to have, and what only an app without it has."""
    if not config.getoption("base_url", None):
        return
    has = parts(config)
    left_out = [
        item
        for item in items
        if not needs(item) <= has
        or any(marker.args[0] in has for marker in item.iter_markers("lacks"))
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note the sentences that a test checks."""
    for marker in item.iter_markers("contract"):
        item.user_properties.append(("contract", marker.args))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the sentences whose tests fail."""
    stats = terminalreporter.stats
    broken = {
        id_
        for report in [*stats.get("failed", []), *stats.get("error", [])]
        for key, ids in getattr(report, "user_properties", [])
        if key == "contract"
        for id_ in ids
    }
    if broken:
        terminalreporter.write_line(f"not shown to hold: {', '.join(sorted(broken))}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test for each resource, and where it takes one, for each field of it."""
    kept = kept_by(metafunc.config)
    for name in ("field", "reference"):
        if name in metafunc.fixturenames:
            pairs = [
                (number, field)
                for number, resource in enumerate(kept.resources)
                for field in (
                    resource.fields if name == "field" else resource.references
                )
            ]
            metafunc.parametrize(
                ("resource", name),
                pairs,
                ids=[called(kept, number, field.name) for number, field in pairs],
                indirect=["resource"],
                scope="session",
            )
            return
    if "resource" in metafunc.fixturenames and kept.several:
        names = [resource.name for resource in kept.resources]
        metafunc.parametrize(
            "resource", range(len(names)), ids=names, indirect=True, scope="session"
        )


def called(kept: Kept, number: int, field: str) -> str:
    """What a test is called that runs for this field."""
    return f"{kept.resources[number].name}-{field}" if kept.several else field


def server_of(config: pytest.Config) -> Server:
    """The server that the options name."""
    return Server(
        base_url=config.getoption("base_url").rstrip("/"),
        user=Account(
            username=config.getoption("username"),
            password=config.getoption("password"),
        ),
        other=Account(
            username=config.getoption("other_username"),
            password=config.getoption("other_password"),
        ),
        parts=frozenset(parts(config)),
    )


def kept_by(config: pytest.Config) -> Kept:
    """What the server keeps, as the options say."""
    if KEPT not in config.stash:
        config.stash[KEPT] = Kept(server_of(config), config.getoption("resource"))
    return config.stash[KEPT]


@pytest.fixture(scope="session")
def kept(pytestconfig: pytest.Config) -> Iterator[Kept]:
    """What the app keeps; what was made to refer to is deleted at last."""
    with closing(kept_by(pytestconfig)) as kept:
        yield kept


@pytest.fixture(scope="session")
def server(kept: Kept) -> Server:
    """The server under test."""
    return kept.server


@pytest.fixture(scope="session")
def resources(kept: Kept) -> tuple[Resource, ...]:
    """All that the app keeps, parents first."""
    return kept.resources


@pytest.fixture(scope="session")
def resource(request: pytest.FixtureRequest, kept: Kept) -> Resource:
    """What the test is about: one of what the app keeps."""
    return kept.resources[getattr(request, "param", 0)]


@pytest.fixture(scope="session")
def token(server: Server) -> str | None:
    """A good token."""
    return server.token(server.user)


@pytest.fixture(scope="session")
def other_token(server: Server) -> str | None:
    """A good token of somebody else."""
    return server.token(server.other)


@pytest.fixture
def api(server: Server, resource: Resource, token: str) -> Iterator[Api]:
    """The API, with a token."""
    with closing(Api(server.base_url, resource, token)) as api:
        yield api


@pytest.fixture
def other_api(server: Server, resource: Resource, other_token: str) -> Iterator[Api]:
    """The API, with somebody else's token."""
    with closing(Api(server.base_url, resource, other_token)) as api:
        yield api


@pytest.fixture
def public_api(server: Server, resource: Resource) -> Iterator[Api]:
    """The API without a token."""
    with closing(Api(server.base_url, resource, None)) as api:
        yield api


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
def session(server: Server) -> Iterator[Browser]:
    """A session that the tests copy."""
    with closing(server.session(server.user)) as browser:
        yield browser


@pytest.fixture(scope="session")
def other_session(server: Server) -> Iterator[Browser]:
    """Somebody else's session."""
    with closing(server.session(server.other)) as browser:
        yield browser


@pytest.fixture
def browser(session: Browser) -> Iterator[Browser]:
    """A browser that is signed in; no test signs it out."""
    with closing(session.copy()) as browser:
        yield browser


@pytest.fixture
def stranger(other_session: Browser) -> Iterator[Browser]:
    """A browser that is signed in as somebody else."""
    with closing(other_session.copy()) as browser:
        yield browser


@pytest.fixture
def account(new_browser: Callable[..., Browser]) -> Account:
    """A new account, whose sessions and attempts a test may spend."""
    account = Account(username=word(), password=f"{word()} {word()}")
    new_browser().sign_up(account.username, account.password).follow()
    return account


@pytest.fixture
def own_browser(visitor: Browser, account: Account) -> Browser:
    """A browser that is signed in with an account of its own, which it may end."""
    visitor.sign_in(account.username, account.password).follow()
    return visitor
