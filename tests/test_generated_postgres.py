"""Every framework on a real PostgreSQL: migrations, the contract, races, what its README says.

The generated suites run there too, for each pair of options (`test_generated_options.py`).
"""

import asyncio
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from harness.environments import Environment, run, succeeded
from harness.postgres import Postgres, start_postgres
from harness.projects import bake, matrix
from harness.servers import OTHER, PASSWORD, USERNAME, App, check_contract
from harness.servers import app as make_app

pytestmark = pytest.mark.slow

MANY = 160  # requests at once: more than PostgreSQL takes connections, which is 100


@pytest.fixture
def kept(
    framework: str,
    resource: str,
    environment: Environment,
    postgres: Postgres,
    tmp_path: Path,
) -> Iterator[App]:
    """A project with settings for production, whose database is there and has no tables."""
    project = bake(framework, resource, tmp_path / "made", database="postgres")
    with postgres.database() as url:
        yield make_app(project, environment, tmp_path / "app", database=url)


@matrix("all_types", "all_unique", "post_comment", "cascade")
@pytest.mark.check("contract, PostgreSQL")
def test_contract_holds_on_postgresql(kept: App, resource: str) -> None:
    """The contract suite passes against the production server."""
    kept.check(kept.project.commands["migrate"])
    for username in (USERNAME, OTHER):
        succeeded(kept.add_user(username, PASSWORD))
    kept.seed()
    with kept.serve() as url:
        check_contract(kept, url, accounts=resource == "post_comment")

    assert "Traceback" not in kept.log


@matrix("cascade")
@pytest.mark.check("migrations, PostgreSQL")
def test_migrating_again_changes_nothing(kept: App, postgres: Postgres) -> None:
    """One migration creates everything, and the app's database has tables of the app alone."""

    def tables() -> list[str]:
        query = "select table_name from information_schema.tables where table_schema = 'public'"
        found = postgres.run("psql", "-Atc", query, kept.settings["DATABASE_URL"])
        return sorted(found.split())

    kept.check(kept.project.commands["migrate"])
    before = tables()
    kept.check(kept.project.commands["migrate"])

    assert tables() == before
    assert [name for name in before if re.search("post|comment|like|report", name)]


@matrix("book")
@pytest.mark.check("many at once, PostgreSQL")
def test_many_at_once_find_a_connection(kept: App, postgres: Postgres) -> None:
    """A database that halts for a moment is asked by many then: all are answered in the end."""
    kept.check(kept.project.commands["migrate"])
    succeeded(kept.add_user(USERNAME, PASSWORD))
    kept.check(kept.project.commands["seed"])

    def ask(query: str) -> str:
        return postgres.run("psql", "-qAtc", query, kept.settings["DATABASE_URL"])

    columns = "from information_schema.columns where column_name = 'username'"
    table = ask(f"select table_name {columns}").strip()
    halt = f"begin; lock {table}; select pg_sleep(4); commit"
    book = {"title": "Dune", "author": "Frank Herbert"}
    account = {"username": USERNAME, "password": PASSWORD}

    async def burst(url: str) -> list[int]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
            given = (await client.post("/api/token", data=account)).json()
            token = {"Authorization": f"Bearer {given['access_token']}"}
            halted = asyncio.create_task(asyncio.to_thread(ask, halt))
            await asyncio.sleep(0.5)
            calls = [
                client.post("/api/books", json=book, headers=token) for _ in range(MANY)
            ]
            answers = await asyncio.gather(*calls)
            await halted
            return [answer.status_code for answer in answers]

    # In a thread of its own: a browser that other tests share has a loop running in this one.
    with kept.serve() as url, ThreadPoolExecutor() as pool:
        assert pool.submit(asyncio.run, burst(url)).result() == [201] * MANY

    assert "Traceback" not in kept.log


BROWSER = """\
#!/bin/sh
for each; do
  case $each in --screenshot=*) echo "$@" >"${each#--screenshot=}";; esac
done
"""


@matrix("book")
@pytest.mark.check("pictures, PostgreSQL")
def test_pictures_leave_no_database(kept: App, tmp_path: Path) -> None:
    """`scaffold screenshot` has a database made on the app's server, and taken away."""
    (kept.project.path / ".venv").symlink_to(kept.environment.path)
    browser = tmp_path / "browser"
    browser.write_text(BROWSER, encoding="utf-8")  # saves what it is asked for
    browser.chmod(0o755)
    command = [sys.executable, "-m", "scaffold", "screenshot", str(kept.project.path)]
    # A server of its own, as others make databases on the shared one meanwhile.
    with start_postgres(tmp_path / "server") as server:
        query = ("psql", "-Atc", "select datname from pg_database")
        before = server.run(*query)
        variables = kept.environment.variables(
            kept.project, DATABASE_URL=server.url(), SCAFFOLD_BROWSER=str(browser)
        )
        succeeded(run(command, cwd=tmp_path, env=variables))
        assert server.run(*query) == before

    asked = (kept.project.path / "docs/screenshot-light.png").read_text("utf-8")
    assert asked.strip().endswith("/books")
