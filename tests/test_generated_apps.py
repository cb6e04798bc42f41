"""Every framework under its production server, in a real process.

The contract suite and schemathesis ask it over HTTP; what cannot be seen from outside
(start-up, a broken database, commands, what ends sessions and tokens) is here.
"""

import json
import re
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from contract.client import Browser
from harness.environments import clean_environment, run, succeeded
from harness.options import Options, shapes
from harness.projects import bake, matrix
from harness.servers import OTHER, PASSWORD, USERNAME, App, check_contract, free_port
from harness.servers import app as make_app
from harness.workshop import Workshop

pytestmark = pytest.mark.slow

CLOCK = Path(__file__).parent / "harness" / "clock"
SCHEMATHESIS = Path(__file__).parent / "harness" / "schemathesis.toml"
HOUR = 3600
OPEN = (
    "This app has no accounts: whoever reaches it may add, change and delete entries."
)
NEW_PASSWORD = "another horse battery"  # noqa: S105 - of a throw-away account

# What schemathesis checks and the contract leaves to the framework.
LEFT_OUT = {
    "allow_header_conformance": "ERR-14: `Allow` need not name every method",
    "positive_data_acceptance": "TYPE-10: to JSON Schema 3.0 is an integer, not to all",
}


def token_of(base_url: str, username: str = USERNAME, password: str = PASSWORD) -> str:
    """A fresh token."""
    response = httpx.post(
        f"{base_url}/api/token", data={"username": username, "password": password}
    )
    assert response.status_code == 200, response.text
    return str(response.json()["access_token"])


@contextmanager
def signed_in(base_url: str, password: str = PASSWORD) -> Iterator[Browser]:
    """A browser in which the account is signed in."""
    with closing(Browser(base_url)) as browser:
        browser.sign_in(USERNAME, password).follow()
        yield browser


@contextmanager
def without_env_file(app: App) -> Iterator[None]:
    """Put the project's `.env` aside, so that nothing is set but by the environment."""
    file = app.project.path / ".env"
    kept = file.with_name("kept")
    file.rename(kept)
    try:
        yield
    finally:
        kept.rename(file)


def one_line(said: str, *words: str) -> str:
    """The only line that has all these words; nothing else is told, least of all a trace."""
    found = [line for line in said.splitlines() if all(w in line for w in words)]
    assert len(found) == 1, said
    assert "Traceback" not in said
    return found[0]


def add(base_url: str, token: str) -> int:
    """Try to add an entry by the API; give the status."""
    return httpx.post(
        f"{base_url}/api/books",
        json={"title": "Dune", "author": "Frank Herbert"},
        headers={"Authorization": f"Bearer {token}"},
    ).status_code


@matrix("book", "all_types", "all_unique", "post_comment", "cascade")
@pytest.mark.check("contract")
def test_contract_holds(prepared: App, base_url: str) -> None:
    """The contract suite passes against the production server."""
    check_contract(prepared, base_url, accounts=prepared.project.resource == "book")

    assert "Traceback" not in prepared.log


SHAPES = pytest.mark.parametrize(
    ("framework", "options"),
    shapes(),
    ids=["-".join([name, *map(str, options.values())]) for name, options in shapes()],
    scope="module",
)


@pytest.fixture(scope="module")
def shaped(
    framework: str,
    options: Options,
    workshop: Workshop,
    tmp_path_factory: pytest.TempPathFactory,
) -> App:
    """A project without pages, API or accounts, with settings for production, migrated."""
    # Without an API the least is tested, so there two of them belong together.
    resource = "post_comment" if options["interface"] == "pages" else "book"
    folder = tmp_path_factory.mktemp("shaped")
    project = bake(framework, resource, folder / "made", **options)
    made = make_app(project, workshop.environment(framework), folder / "app")
    made.prepare()
    return made


@SHAPES
@pytest.mark.contract("OPT-4")
@pytest.mark.check("contract, other shapes")
def test_each_start_says_whether_everybody_may_write(shaped: App) -> None:
    """Without accounts the log warns at each start, and the README does twice."""
    with shaped.serve():
        pass
    readme = (shaped.project.path / "README.md").read_text("utf-8")
    first, _, rest = readme.partition("\n## ")
    _, _, deploy = rest.partition("\n## Deploy\n")
    deploy, _, _ = deploy.partition("\n## ")
    accounts = shaped.project.has_accounts

    warnings = [line for line in shaped.log.splitlines() if OPEN in line]
    assert len(warnings) == (not accounts)
    assert all("WARN" in line.upper() for line in warnings)
    assert (OPEN in " ".join(first.split())) is not accounts
    assert (OPEN in " ".join(deploy.split())) is not accounts


@SHAPES
@pytest.mark.contract("OPT-5")
@pytest.mark.check("contract, other shapes")
def test_settings_are_those_that_are_read(shaped: App) -> None:
    """`SECRET_KEY` and `ALLOW_SIGNUP` are where something reads them, and nowhere else."""
    project = shaped.project
    pages = project.interface != "api"
    said = "".join(
        (project.path / name).read_text("utf-8")
        for name in (".env", ".env.example", "README.md")
    )
    reads = {
        "ALLOW_SIGNUP": pages and project.has_accounts,
        "SECRET_KEY": pages or project.has_accounts or project.framework == "django",
    }

    for name, read in reads.items():
        assert (name in said) is read, name
    with without_env_file(shaped):
        if reads["SECRET_KEY"]:
            done = shaped.run(project.commands["serve"], SECRET_KEY=None)
            assert one_line(done.stdout + done.stderr, "SECRET_KEY")
            assert done.returncode
        else:
            with shaped.serve(SECRET_KEY=None) as url:
                assert httpx.get(f"{url}/health").status_code == 200


@SHAPES
@pytest.mark.check("contract, other shapes")
def test_contract_holds_for_every_shape(shaped: App) -> None:
    """The contract suite passes against apps without pages, API or accounts, too."""
    shaped.seed()
    with shaped.serve() as url:
        check_contract(shaped, url)

    assert "Traceback" not in shaped.log


@matrix("book", "post_comment", "chain", "cascade")
@pytest.mark.contract("ERR-1", "API-13", "TYPE-9")
@pytest.mark.check("schemathesis")
def test_schemathesis_finds_nothing(prepared: App, base_url: str) -> None:
    """Schemathesis with a token finds nothing: all checks but those of `LEFT_OUT`."""
    command = [str(Path(sys.executable).with_name("schemathesis"))]
    command += ["--config-file", str(SCHEMATHESIS), "run"]
    command += [f"{base_url}/api/openapi.json", "--checks", "all", "--no-color"]
    command += ["--exclude-checks", ",".join(LEFT_OUT)]
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


@matrix("university")
@pytest.mark.contract("API-7")
@pytest.mark.check("several resources")
def test_q_changes_nothing_where_there_is_no_text(base_url: str) -> None:
    """An enrolment is of a student and a course, and has nothing to search in."""
    words = {"q": "no such words"}
    api = f"{base_url}/api/enrolments"
    page = f"{base_url}/enrolments"

    found = httpx.get(api, params=words).json()

    assert found == httpx.get(api).json()
    assert found["total"] == 3
    for entry in found["items"]:
        for params in ({}, words):
            assert f'/enrolments/{entry["id"]}"' in httpx.get(page, params=params).text


@matrix("post_comment")
@pytest.mark.check("several resources")
def test_an_account_stays_while_others_refer_to_its_entries(app: App) -> None:
    """OWN-4: the database refuses to delete it, and all stays as it was."""
    app.prepare()
    app.check(app.command("seed"))
    tables = app.tables()
    (comments,) = [name for name in tables if "post_id" in tables[name]]
    accounts = app.accounts()
    (ada,), (bob,) = app.execute(f'SELECT id FROM "{accounts}" ORDER BY id')  # noqa: S608
    app.execute(f'UPDATE "{comments}" SET owner_id = ?', bob)  # noqa: S608
    before = [app.execute(f'SELECT * FROM "{name}"') for name in tables]  # noqa: S608

    with closing(sqlite3.connect(app.database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError), connection:
            connection.execute(f'DELETE FROM "{accounts}" WHERE id = ?', (ada,))  # noqa: S608

    assert [app.execute(f'SELECT * FROM "{name}"') for name in tables] == before  # noqa: S608
    assert len(app.users()) == 2


@matrix("book")
@pytest.mark.contract("OPS-4", "ERR-9", "PAGE-10", "OPS-5")
@pytest.mark.check("health and errors")
def test_a_database_that_does_not_answer(app: App) -> None:
    """`/health` is 503 and `no-store`, pages and API fail without saying why."""
    app.prepare()
    with app.serve() as url, signed_in(url) as browser:
        cookies = [f"{each.name}={each.value}" for each in browser.http.cookies.jar]
    home = app.home / "not there yet"
    settings = {"DATABASE_URL": f"sqlite:///{home / 'database.sqlite3'}"}
    with app.serve(**settings) as url:
        assert_unavailable(url)
        headers = {"Cookie": "; ".join(cookies)}
        assert cookies
        assert httpx.get(f"{url}/health", headers=headers).status_code == 503
        home.mkdir()
        assert_unavailable(url)
        migrate = app.project.commands["migrate"]
        assert migrate in app.log, "the log says what to do"

        app.check(migrate, **settings)
        assert httpx.get(f"{url}/health").status_code == 200
        assert httpx.get(f"{url}/books").status_code == 200


def assert_unavailable(url: str) -> None:
    """Check what an app says that cannot read its database."""
    health = httpx.get(f"{url}/health")
    assert health.status_code == 503
    assert health.json() == {"status": "unavailable"}
    assert "no-store" in health.headers["cache-control"]

    page = httpx.get(f"{url}/books")
    assert page.status_code in {500, 503}
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text
    assert "stylesheet" in page.text
    problem = httpx.get(f"{url}/api/books")
    assert problem.status_code in {500, 503}
    assert problem.headers["content-type"].startswith("application/problem+json")
    assert problem.json()["status"] == problem.status_code
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


@matrix("book")
@pytest.mark.contract("ERR-9", "PAGE-10", "OPS-4")
@pytest.mark.check("health and errors")
def test_an_error_page_offers_no_sign_in(app: App) -> None:
    """A fault: a styled page with a way home, which asks nobody to sign in again."""
    app.prepare()
    with app.serve() as url, signed_in(url) as browser:
        (table,) = [t for t, columns in app.tables().items() if "author" in columns]
        app.execute(f'ALTER TABLE "{table}" RENAME TO "kept"')
        answer = browser.http.get("/books")
        visitor = httpx.get(f"{url}/books")
        assert httpx.get(f"{url}/health").status_code in {200, 503}
        app.execute(f'ALTER TABLE "kept" RENAME TO "{table}"')
        assert browser.get("/books").status == 200

    for response in (answer, visitor):
        assert response.status_code in {500, 503}
        assert 'href="/"' in response.text
        assert "stylesheet" in response.text
        assert "content-security-policy" in response.headers
        assert "no such table" not in response.text
    assert 'href="/login"' not in answer.text
    assert 'action="/logout"' not in visitor.text


@matrix("book")
@pytest.mark.contract("OPS-5")
@pytest.mark.check("commands")
def test_commands_say_to_migrate_first(app: App) -> None:
    """Tables that are not there yet: one line that says what to do."""
    migrate = app.project.commands["migrate"]
    for command in ("create_user", "change_password", "seed"):
        said = app.run(app.command(command), typed=f"{PASSWORD}\n")

        assert said.returncode != 0, command
        one_line(said.stdout + said.stderr, migrate)


@matrix("book")
@pytest.mark.contract("OPS-5", "OPS-2")
@pytest.mark.check("start-up")
@pytest.mark.parametrize("value", ["nonsense", "postgres", "sqlite//x"])
def test_a_bad_database_url_is_told(app: App, value: str) -> None:
    """A bad `DATABASE_URL`: one line that names it, from the server and the commands."""
    with app.start(PORT=str(free_port()), DATABASE_URL=value) as process:
        assert process.wait(60) != 0
    one_line(app.log, "DATABASE_URL")
    said = app.run(app.command("seed"), DATABASE_URL=value)

    assert said.returncode != 0
    one_line(said.stdout + said.stderr, "DATABASE_URL")


@matrix("book")
@pytest.mark.contract("OPS-5")
@pytest.mark.check("commands")
def test_a_database_out_of_reach_is_told(app: App) -> None:
    """A database that cannot be reached: commands say so, without a traceback."""
    url = f"sqlite:///{app.home}/not/there/database.sqlite3"
    for command in ("create_user", "seed"):
        said = app.run(app.command(command), typed=f"{PASSWORD}\n", DATABASE_URL=url)

        assert said.returncode != 0, command
        output = said.stdout + said.stderr
        assert output.strip()
        assert "Traceback" not in output, output


@matrix("book")
@pytest.mark.contract("OPS-3")
@pytest.mark.check("start-up")
@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("x7" * 15 + "x", "short"),
        ("change-me-" + "x7" * 20, "a placeholder"),
        (None, "missing, and no .env"),
    ],
    ids=["short", "long placeholder", "missing"],
)
def test_a_bad_secret_stops_the_server(app: App, secret: str | None, why: str) -> None:
    """A `SECRET_KEY` that is missing, short or a placeholder stops start-up."""
    app.settings["SECRET_KEY"] = secret or ""
    if secret is None:
        del app.settings["SECRET_KEY"]
    with without_env_file(app), app.start(PORT="0") as process:
        status = process.wait(60)

    assert status != 0, why
    line = one_line(app.log, "SECRET_KEY")
    assert "secrets" in line or "get_random_secret_key" in line, "how to make one"
    assert not secret or secret not in app.log


@matrix("book")
@pytest.mark.contract("OPS-3")
@pytest.mark.check("start-up")
@pytest.mark.parametrize("secret", [None, ""], ids=["missing", "empty"])
def test_debugging_needs_no_key(app: App, secret: str | None) -> None:
    """With `DEBUG` and no key, the app makes one for the moment and says so."""
    app.prepare()
    with (
        without_env_file(app),
        app.serve(SECRET_KEY=secret, DEBUG="true") as url,
        signed_in(url) as browser,
    ):
        assert browser.is_signed_in

    assert "SECRET_KEY" in app.log


@matrix("book")
@pytest.mark.contract("OPS-2")
@pytest.mark.check("start-up")
@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "maybe"), ("ALLOW_SIGNUP", "2"), ("LOG_LEVEL", "debug")],
    ids=["DEBUG", "ALLOW_SIGNUP", "LOG_LEVEL"],
)
def test_nonsense_stops_the_start(app: App, name: str, value: str) -> None:
    """Nonsense in any setting stops the start with one line that names it."""
    with app.start(PORT=str(free_port()), **{name: value}) as process:
        assert process.wait(60) != 0

    one_line(app.log, name)


@matrix("book")
@pytest.mark.contract("OPS-2", "SIGN-4")
@pytest.mark.check("settings")
def test_flags_are_read_alike(app: App) -> None:
    """A flag is `1`, `yes` or their contraries, in any case; its own suite tries all."""
    app.check(app.project.commands["migrate"])
    for value, there in (("1", True), ("YES", True), ("t", True), ("Off", False)):
        with app.serve(ALLOW_SIGNUP=value) as url:
            status = httpx.get(f"{url}/signup").status_code
        assert status == (200 if there else 404), value


@matrix("book")
@pytest.mark.contract("OPS-2")
@pytest.mark.check("settings")
def test_what_is_empty_is_left_out(app: App) -> None:
    """A setting that is empty has its default, as Compose files leave them empty."""
    app.check(app.project.commands["migrate"])
    names = ("DEBUG", "ALLOW_SIGNUP", "ALLOWED_HOSTS", "LOG_LEVEL")
    with without_env_file(app), app.serve(**dict.fromkeys(names, "")) as url:
        assert httpx.get(f"{url}/signup").status_code == 404
        headers = {"Host": "localhost"}
        assert httpx.get(f"{url}/books", headers=headers).status_code == 200
        time.sleep(0.2)

    assert "GET /books HTTP" in app.log


@matrix("book")
@pytest.mark.contract("SIGN-4")
@pytest.mark.check("settings")
def test_sign_up_is_off_in_production(app: App) -> None:
    """With `ALLOW_SIGNUP` off it is 404, and no page links to it; so without a word."""
    app.prepare()
    for value in (None, "false"):
        with (
            without_env_file(app),
            app.serve(ALLOW_SIGNUP=value) as url,
            closing(Browser(url)) as browser,
        ):
            assert browser.get("/signup").status == 404
            token = browser.get("/login").form("/login").tokens
            account = {"username": "eve", "password": PASSWORD}
            assert browser.post("/signup", account | token).status == 404
            for path in ("/", "/books", "/login", "/signup"):
                assert not browser.get(path).leads_to("/signup"), path
    with without_env_file(app), app.serve(ALLOW_SIGNUP=None, DEBUG="true") as url:
        assert httpx.get(f"{url}/signup").status_code == 200


@matrix("book")
@pytest.mark.contract("OPS-1")
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


@matrix("book")
@pytest.mark.contract("OPS-14", "SIGN-5", "SIGN-9")
@pytest.mark.check("commands")
def test_accounts_are_made_on_the_terminal(app: App) -> None:
    """On a terminal, the command that makes an account asks for the password twice."""
    app.check(app.project.commands["migrate"])
    said: list[str] = []

    assert app.type_user("other horse battery", PASSWORD, said=said) != 0
    assert app.type_user("seven77", name=OTHER) != 0
    assert app.users() == []
    assert app.type_user(PASSWORD) == 0
    assert app.type_user(PASSWORD) != 0, "the name is taken"

    (row,) = app.users()
    hashed = [str(value) for value in row if re.search("argon2|scrypt", str(value))]
    assert len(hashed) == 1, "passwords are hashed with argon2 or scrypt"
    assert PASSWORD not in str(row)
    assert "Traceback" not in "".join(said)


@matrix("book")
@pytest.mark.contract("OPS-14", "SIGN-5")
@pytest.mark.check("commands")
def test_accounts_are_made_from_standard_input(app: App) -> None:
    """Without a terminal, the commands read the password from standard input, once."""
    app.check(app.project.commands["migrate"])
    for password in ("", "seven77", " " * 12, "password1", "evelyn-the-user"):
        said = app.add_user("evelyn-the-user", password)
        assert said.returncode != 0, password
        assert "Traceback" not in said.stderr
        assert said.stderr.strip() or said.stdout.strip()
    assert app.users() == []

    made = app.add_user(USERNAME, PASSWORD)
    again = app.add_user(USERNAME, NEW_PASSWORD)

    assert made.returncode == 0, made.stderr
    one_line(made.stdout + made.stderr, USERNAME)
    assert again.returncode != 0
    one_line(again.stdout + again.stderr, USERNAME)
    assert PASSWORD not in made.stdout + made.stderr
    assert len(app.users()) == 1
    with app.serve() as url:
        assert token_of(url)


def change_password(
    app: App, username: str, password: str
) -> subprocess.CompletedProcess[str]:
    """Change an account's password, by standard input."""
    return app.run(app.command("change_password", username), typed=f"{password}\n")


@matrix("book")
@pytest.mark.contract("OPS-14", "SIGN-6")
@pytest.mark.check("commands")
def test_a_changed_password_ends_sessions_and_tokens(app: App) -> None:
    """A session and a token end with a changed password."""
    app.prepare()
    with app.serve() as url, signed_in(url) as browser:
        token = token_of(url)
        others = token_of(url, OTHER)
        assert change_password(app, USERNAME, "seven77").returncode != 0
        nobody = change_password(app, "nobody", NEW_PASSWORD)
        assert nobody.returncode != 0
        one_line(nobody.stdout + nobody.stderr, "nobody")
        assert browser.is_signed_in
        assert add(url, token) == 201

        succeeded(change_password(app, USERNAME, NEW_PASSWORD))

        assert not browser.is_signed_in
        assert browser.get("/books/new").status in {302, 303}
        assert add(url, token) == 401
        assert add(url, others) == 201
        old = {"username": USERNAME, "password": PASSWORD}
        assert httpx.post(f"{url}/api/token", data=old).status_code == 401
        assert add(url, token_of(url, password=NEW_PASSWORD)) == 201
        with signed_in(url, NEW_PASSWORD) as again:
            assert again.is_signed_in


@matrix("book")
@pytest.mark.contract("SIGN-6")
@pytest.mark.check("tokens")
def test_sessions_and_tokens_end_with_the_account(app: App) -> None:
    """A session and a token end with the account, or while it is not active."""
    app.prepare()
    accounts = app.accounts()
    with app.serve() as url, signed_in(url) as browser:
        token = token_of(url)
        if "is_active" in app.tables()[accounts]:
            app.execute(f'UPDATE "{accounts}" SET is_active = 0')  # noqa: S608
            assert add(url, token) == 401
            assert not browser.is_signed_in
            refused = {"username": USERNAME, "password": PASSWORD}
            assert httpx.post(f"{url}/api/token", data=refused).status_code == 401
            app.execute(f'UPDATE "{accounts}" SET is_active = 1')  # noqa: S608
        assert browser.is_signed_in

        app.execute(f'DELETE FROM "{accounts}"')  # noqa: S608

        assert add(url, token) == 401
        assert not browser.is_signed_in
        assert browser.get("/books/new").status in {302, 303}
        assert httpx.get(f"{url}/api/books").status_code == 200


@matrix("book")
@pytest.mark.contract("OPS-14", "PAGE-2", "API-6", "OWN-1")
@pytest.mark.check("commands")
def test_seeding_fills_an_empty_database_once(app: App) -> None:
    """`seed` gives an account a few entries, and does nothing when there are any."""
    app.prepare()
    nobody = app.run(app.command("seed", "nobody"))
    assert nobody.returncode != 0
    one_line(nobody.stdout + nobody.stderr, "nobody")
    with app.serve() as url, signed_in(url) as browser:
        empty = httpx.get(f"{url}/api/books").json()
        pages = [httpx.get(f"{url}/books").text, browser.get("/books").response.text]
        app.check(app.command("seed", OTHER))
        seeded = httpx.get(f"{url}/api/books").json()
        app.check(app.command("seed"))
        again = httpx.get(f"{url}/api/books").json()

    assert empty == {"items": [], "page": 1, "page_size": 20, "total": 0, "pages": 0}
    assert 'href="/login' in pages[0], "it says what to do"
    assert 'href="/books/new"' in pages[1], "it says what to do"
    assert 2 <= seeded["total"] <= 10
    assert {entry["owner"] for entry in seeded["items"]} == {OTHER}
    assert again == seeded


@matrix("book")
@pytest.mark.contract("OPS-15")
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


@matrix("book")
@pytest.mark.contract("SIGN-6")
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


@matrix("book")
@pytest.mark.contract("ERR-2", "OPS-3")
@pytest.mark.check("tokens")
def test_tokens_are_bound_to_the_secret(app: App) -> None:
    """401: a token of another secret."""
    app.prepare()
    with app.serve() as url:
        token = token_of(url)
        assert add(url, token) == 201
    with app.serve(SECRET_KEY=secrets.token_urlsafe(48)) as url:
        assert add(url, token) == 401
        assert add(url, token_of(url)) == 201
    with app.serve() as url:
        assert add(url, token) == 201


@matrix("book")
@pytest.mark.contract("OPS-9")
@pytest.mark.check("settings")
def test_debug_lets_cookies_over_http(app: App) -> None:
    """Cookies are `Secure` without `DEBUG`, and not with it."""
    app.prepare()
    for debug, secure in (("true", False), ("false", True)):
        with app.serve(DEBUG=debug) as url:
            cookies = httpx.get(f"{url}/login").headers.get_list("set-cookie")
            assert cookies
            assert all(("secure" in c.lower().split("; ")) is secure for c in cookies)


@matrix("book")
@pytest.mark.contract("OPS-6")
@pytest.mark.check("settings")
def test_allowed_hosts_are_a_setting(app: App) -> None:
    """`ALLOWED_HOSTS`: comma-separated host names; others are 400."""
    app.check(app.project.commands["migrate"])
    with app.serve(ALLOWED_HOSTS="Books.example, 127.0.0.1") as url:
        for host, status in (
            ("books.example", 200),
            ("books.example:8443", 200),
            ("localhost", 400),
            ("www.books.example", 400),
        ):
            response = httpx.get(f"{url}/", headers={"Host": host})
            assert response.status_code == status, host
    with app.serve(ALLOWED_HOSTS="*") as url:
        for host in ("127.0.0.1", "books.example:8443", "www.books.example"):
            assert httpx.get(f"{url}/", headers={"Host": host}).status_code == 200


@matrix("book")
@pytest.mark.contract("OPS-11")
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


@matrix("book")
@pytest.mark.contract("API-13")
@pytest.mark.check("settings")
def test_openapi_names_the_project(app: App) -> None:
    """The document is the same each time it is asked for."""
    app.check(app.project.commands["migrate"])
    with app.serve() as url:
        documents = [httpx.get(f"{url}/api/openapi.json").text for _ in range(2)]

    assert documents[0] == documents[1]
    assert json.loads(documents[0])["info"]["title"] == "My Project"
