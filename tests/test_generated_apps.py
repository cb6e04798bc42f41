"""Every framework under its production server, in a real process.

The contract suite and schemathesis ask it over HTTP; what cannot be seen from outside
(start-up, a broken database, commands on the terminal, expired tokens) is here.
"""

import json
import re
import secrets
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from harness.environments import clean_environment, run, succeeded
from harness.projects import FRAMEWORKS, ROOT
from harness.servers import PASSWORD, USERNAME, App

pytestmark = pytest.mark.slow

CLOCK = Path(__file__).parent / "harness" / "clock"
HOUR = 3600


def served(*resources: str) -> pytest.MarkDecorator:
    """Run a test for every framework with each of these resources."""
    return pytest.mark.parametrize(
        ("framework", "resource"),
        [
            pytest.param(framework, resource, id=f"{framework}-{resource}")
            for framework in FRAMEWORKS
            for resource in resources
        ],
    )


def token_of(base_url: str, username: str = USERNAME) -> str:
    """A fresh token."""
    response = httpx.post(
        f"{base_url}/api/token", data={"username": username, "password": PASSWORD}
    )
    assert response.status_code == 200, response.text
    return str(response.json()["access_token"])


def add(base_url: str, token: str) -> int:
    """Try to add an entry by the API; give the status."""
    return httpx.post(
        f"{base_url}/api/books",
        json={"title": "Dune", "author": "Frank Herbert"},
        headers={"Authorization": f"Bearer {token}"},
    ).status_code


@served("book", "all_types", "all_unique")
@pytest.mark.check("contract")
def test_contract_holds(prepared: App, base_url: str) -> None:
    """The contract suite passes against the production server."""
    definition = prepared.project.write_resource(prepared.home / "resource.json")
    command = [sys.executable, "-m", "pytest", "tests/contract", "-q", "--tb=short"]
    command += ["-p", "no:cacheprovider", "-p", "no:schemathesis", "--maxfail=25"]
    command += ["--base-url", base_url, "--resource", str(definition)]
    command += ["--username", USERNAME, "--password", PASSWORD]

    result = run(command, cwd=ROOT, env=clean_environment())

    said = succeeded(result)
    assert " passed" in said
    assert "skipped" not in said
    assert "Traceback" not in prepared.log


@served("book")
@pytest.mark.check("schemathesis")
def test_schemathesis_finds_nothing(prepared: App, base_url: str) -> None:
    """Schemathesis, all checks on and with a token, finds nothing."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "run"]
    command += [f"{base_url}/api/openapi.json", "--checks", "all", "--no-color"]
    command += ["--header", f"Authorization: Bearer {token_of(base_url)}"]
    command += ["--max-examples", "10", "--continue-on-failure"]
    command += ["--generation-database", "none"]
    # How fast this machine is, and how many guesses miss a pattern, is no finding.
    command += ["--suppress-health-check", "filter_too_much,too_slow"]
    # The only account's token is given, so nothing guessed gets one: not worth a word.
    command += ["--warnings", "off"]

    result = run(command, cwd=prepared.home, env=clean_environment())

    said = succeeded(result)
    assert "No issues found" in said, said
    (count,) = re.findall(r"(\d+) generated, \1 passed", said)
    assert int(count) >= 100, said
    assert "Traceback" not in prepared.log


@served("book")
@pytest.mark.check("health and errors")
def test_a_database_that_does_not_answer(app: App) -> None:
    """`/health` is 503 and `no-store`, pages and API say 500 without the cause."""
    home = app.home / "not there yet"
    settings = {"DATABASE_URL": f"sqlite:///{home / 'database.sqlite3'}"}
    with app.serve(**settings) as url:
        health = httpx.get(f"{url}/health")
        assert health.status_code == 503
        assert health.json() == {"status": "unavailable"}
        assert "no-store" in health.headers["cache-control"]

        page = httpx.get(f"{url}/books")
        assert page.status_code == 500
        assert page.headers["content-type"].startswith("text/html")
        assert 'href="/"' in page.text
        assert "stylesheet" in page.text
        problem = httpx.get(f"{url}/api/books")
        assert problem.status_code == 500
        assert problem.headers["content-type"].startswith("application/problem+json")
        assert problem.json()["status"] == 500
        assert problem.json()["type"] == "about:blank"
        for response in (health, page, problem):
            assert "sqlite" not in response.text.lower()
            assert "Traceback" not in response.text
            assert "unable to open" not in response.text
            for name in (
                *("content-security-policy", "x-content-type-options"),
                *("referrer-policy", "x-frame-options"),
            ):
                assert name in response.headers, (response.url, name)

        home.mkdir()
        app.check(app.project.commands["migrate"], **settings)
        assert httpx.get(f"{url}/health").status_code == 200
        assert httpx.get(f"{url}/books").status_code == 200


@served("book")
@pytest.mark.check("start-up")
@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "missing"),
        ("x7" * 15 + "x", "short"),
        ("change-me-" + "x7" * 20, "a placeholder"),
        ("change-me", "a placeholder"),
        (None, "missing, and no .env"),
    ],
    ids=["empty", "short", "long placeholder", "placeholder", "missing"],
)
def test_a_bad_secret_stops_the_server(app: App, secret: str | None, why: str) -> None:
    """A `SECRET_KEY` that is missing, short or a placeholder stops start-up."""
    secret_file = app.project.path / ".env"
    kept = secret_file.with_name("kept")
    if secret is None:
        secret_file.rename(kept)
        del app.settings["SECRET_KEY"]
    else:
        app.settings["SECRET_KEY"] = secret
    try:
        with app.start(PORT="0") as process:
            status = process.wait(60)
    finally:
        if kept.exists():
            kept.rename(secret_file)

    assert status != 0, why
    named = [line for line in app.log.splitlines() if "SECRET_KEY" in line]
    assert len(named) == 1, app.log
    assert "Traceback" not in app.log
    assert not secret or secret not in app.log


@served("book")
@pytest.mark.check("start-up")
def test_the_projects_own_settings_are_for_development(app: App) -> None:
    """`.env` has a fresh secret of its own; the environment wins over it."""
    text = (app.project.path / ".env").read_text("utf-8")
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))

    assert len(values["SECRET_KEY"].strip("'\"")) >= 32
    assert values["DEBUG"].lower() == "true"
    assert (app.project.path / ".env").stat().st_mode & 0o777 == 0o600
    example = (app.project.path / ".env.example").read_text("utf-8")
    assert values["SECRET_KEY"] not in example


@served("book")
@pytest.mark.check("commands")
def test_accounts_are_made_on_the_terminal(app: App) -> None:
    """One command makes an account, asking for the password twice."""
    app.check(app.project.commands["migrate"])

    said: list[str] = []
    assert app.create_user("other horse battery", PASSWORD, said=said) != 0
    assert app.execute(f'SELECT count(*) FROM "{app.accounts()}"') == [(0,)]  # noqa: S608
    assert app.create_user("seven77", name="bob") != 0
    assert app.execute(f'SELECT count(*) FROM "{app.accounts()}"') == [(0,)]  # noqa: S608
    assert app.create_user(PASSWORD) == 0
    assert app.create_user(PASSWORD) != 0, "the name is taken"

    rows = app.execute(f'SELECT * FROM "{app.accounts()}"')  # noqa: S608
    assert len(rows) == 1
    hashed = [str(value) for value in rows[0] if "argon2" in str(value)]
    hashed += [str(value) for value in rows[0] if "scrypt" in str(value)]
    assert len(hashed) == 1, "passwords are hashed with argon2 or scrypt"
    assert PASSWORD not in str(rows)


@served("book")
@pytest.mark.check("commands")
def test_seeding_fills_an_empty_database_once(app: App) -> None:
    """`seed` fills in a few entries, and does nothing when there are any."""
    app.check(app.project.commands["migrate"])
    with app.serve() as url:
        empty = httpx.get(f"{url}/api/books").json()
        page = httpx.get(f"{url}/books")
        app.check(app.project.commands["seed"])
        seeded = httpx.get(f"{url}/api/books").json()
        app.check(app.project.commands["seed"])
        again = httpx.get(f"{url}/api/books").json()

    assert empty == {"items": [], "page": 1, "page_size": 20, "total": 0, "pages": 0}
    assert page.status_code == 200
    assert "/books/new" in page.text or "/login" in page.text  # says what to do
    assert 2 <= seeded["total"] <= 10
    assert again == seeded


@served("book")
@pytest.mark.check("commands")
def test_migrating_again_changes_nothing(app: App) -> None:
    """One migration creates everything; WAL is on for SQLite."""
    app.check(app.project.commands["migrate"])
    tables = app.tables()
    app.check(app.project.commands["migrate"])
    with app.serve() as url:
        assert httpx.get(f"{url}/api/books").status_code == 200

    assert app.tables() == tables
    with closing(sqlite3.connect(app.database)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@served("book")
@pytest.mark.check("commands")
def test_a_relative_database_is_relative_to_the_project(app: App) -> None:
    """`DATABASE_URL`: a relative path is relative to the project."""
    file = app.project.path / "elsewhere.sqlite3"
    try:
        app.check(
            app.project.commands["migrate"],
            DATABASE_URL="sqlite:///elsewhere.sqlite3",
        )

        assert file.exists()
    finally:
        for path in app.project.path.glob("elsewhere.sqlite3*"):
            path.unlink()


@served("book")
@pytest.mark.check("tokens")
def test_tokens_expire(app: App) -> None:
    """Tokens are valid for one hour; an expired one is 401."""
    app.prepare()
    with app.serve() as url:
        token = token_of(url)
        assert add(url, token) == 201
    for shift, expected in ((HOUR - 120, 201), (HOUR + 120, 401), (-HOUR, None)):
        clock = {"PYTHONPATH": str(CLOCK), "SHIFT_SECONDS": str(shift)}
        with app.serve(**clock) as url:
            assert expected is None or add(url, token) == expected, shift
            assert add(url, token_of(url)) == 201, "the moved clock does no harm"


@served("book")
@pytest.mark.check("tokens")
def test_tokens_are_bound_to_the_secret_and_the_account(app: App) -> None:
    """401: a token of another secret, or of an account that is gone or not active."""
    app.prepare()
    with app.serve() as url:
        token = token_of(url)
        accounts = app.accounts()
        if "is_active" in app.tables()[accounts]:
            app.execute(f'UPDATE "{accounts}" SET is_active = 0')  # noqa: S608
            assert add(url, token) == 401
            refused = {"username": USERNAME, "password": PASSWORD}
            assert httpx.post(f"{url}/api/token", data=refused).status_code == 401
            app.execute(f'UPDATE "{accounts}" SET is_active = 1')  # noqa: S608
        assert add(url, token) == 201
    with app.serve(SECRET_KEY=secrets.token_urlsafe(48)) as url:
        assert add(url, token) == 401
        assert add(url, token_of(url)) == 201
    with app.serve() as url:
        assert add(url, token) == 201
        app.execute(f'DELETE FROM "{accounts}"')  # noqa: S608
        assert add(url, token) == 401
        assert httpx.get(f"{url}/api/books").status_code == 200


@served("book")
@pytest.mark.check("settings")
def test_debug_lets_cookies_over_http(app: App) -> None:
    """Cookies are `Secure` without `DEBUG`, and not with it."""
    app.prepare()
    for debug, secure in (("true", False), ("false", True)):
        with app.serve(DEBUG=debug) as url:
            cookies = httpx.get(f"{url}/login").headers.get_list("set-cookie")
            assert cookies
            assert all(("secure" in c.lower().split("; ")) is secure for c in cookies)


@served("book")
@pytest.mark.check("settings")
def test_allowed_hosts_are_a_setting(app: App) -> None:
    """`ALLOWED_HOSTS`: comma-separated host names; others are 400."""
    app.check(app.project.commands["migrate"])
    with app.serve(ALLOWED_HOSTS="books.example, 127.0.0.1") as url:
        for host, status in (
            ("books.example", 200),
            ("books.example:8443", 200),
            ("BOOKS.example", 200),
            ("localhost", 400),
            ("www.books.example", 400),
        ):
            response = httpx.get(f"{url}/", headers={"Host": host})
            assert response.status_code == status, host


@served("book")
@pytest.mark.check("settings")
def test_the_server_writes_nothing_but_its_database(app: App) -> None:
    """The process writes to the database's folder, and nowhere else in the project."""
    before = snapshot(app.project.path)
    app.prepare()
    with app.serve() as url:
        assert add(url, token_of(url)) == 201
        assert httpx.get(f"{url}/books").status_code == 200
        time.sleep(0.2)

    assert snapshot(app.project.path) == before
    log = app.log
    assert PASSWORD not in log
    assert "Warning" not in log


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file's content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@served("book")
@pytest.mark.check("settings")
def test_openapi_names_the_project(app: App) -> None:
    """The document is the same each time it is asked for."""
    app.check(app.project.commands["migrate"])
    with app.serve() as url:
        documents = [httpx.get(f"{url}/api/openapi.json").text for _ in range(2)]

    assert documents[0] == documents[1]
    assert json.loads(documents[0])["info"]["title"] == "My Project"
