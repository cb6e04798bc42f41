"""Running generated apps: accounts, production servers, their databases."""

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pexpect

from .environments import TIMEOUT, Environment, clean_environment, run, succeeded
from .projects import ROOT, Project

USERNAME = "ada"
OTHER = "bob"
PASSWORD = "correct horse battery"  # noqa: S105 - of throw-away accounts
START_TIMEOUT = 90


@dataclass(frozen=True, kw_only=True)
class App:
    """A project with an environment, settings and a database of its own."""

    project: Project
    environment: Environment
    home: Path
    settings: dict[str, str]

    @property
    def database(self) -> Path:
        """The database's file."""
        return Path(self.settings["DATABASE_URL"].removeprefix("sqlite:///"))

    def run(
        self, command: str, *, typed: str = "", **variables: str | None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the project with these settings; None leaves one out.

        `typed` is what it reads from standard input, which is no terminal.
        """
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.project.path,
            env=self._environment(variables),
            input=typed,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    def check(self, command: str, *, typed: str = "", **variables: str | None) -> str:
        """Run a command that must succeed; give what it said."""
        return succeeded(self.run(command, typed=typed, **variables))

    def command(self, name: str, username: str = USERNAME) -> str:
        """A command of the project, for an account of this name."""
        command = self.project.commands[name]
        return re.sub(rf"\b{USERNAME}\b", username, command)

    def add_user(
        self, username: str, password: str
    ) -> subprocess.CompletedProcess[str]:
        """Make an account as a script does, by standard input."""
        return self.run(self.command("create_user", username), typed=f"{password}\n")

    def prepare(self) -> None:
        """Migrate, and make two accounts; a project does so once, and then copies."""
        kept = self.project.path.with_name("prepared.sqlite3")
        if not kept.exists():
            self.check(self.project.commands["migrate"])
            accounts = (USERNAME, OTHER) if self.project.has_accounts else ()
            for username in accounts:
                succeeded(self.add_user(username, PASSWORD))
            copy_database(self.database, kept)
        else:
            copy_database(kept, self.database)

    def seed(self) -> None:
        """Fill in entries, unless there are any: of several resources that is refused."""
        done = self.run(self.project.commands["seed"])
        if "There are entries already." not in done.stdout + done.stderr:
            succeeded(done)

    def _environment(self, variables: Mapping[str, str | None]) -> dict[str, str]:
        """The settings as environment variables, with these changes."""
        wanted = {**self.settings, **variables}
        return self.environment.variables(
            self.project, **{k: v for k, v in wanted.items() if v is not None}
        )

    def type_user(
        self, *passwords: str, name: str = USERNAME, said: list[str] | None = None
    ) -> int | None:
        """Make an account on a terminal; give the exit status (None: still asking).

        The passwords are typed in turn, over and over.
        """
        child = pexpect.spawn(
            "sh",
            ["-c", self.command("create_user", name)],
            cwd=str(self.project.path),
            env=self._environment({}),
            encoding="utf-8",
            timeout=60,
        )
        talk = []
        asked = 0
        with closing(child):
            for _ in range(8):
                if child.expect([r"[^\r\n]*: ?$", pexpect.EOF]) == 1:
                    talk.append(child.before or "")
                    child.wait()
                    break
                talk.append((child.before or "") + str(child.after))
                if "[y/n]" in str(child.after).lower().replace(" ", ""):
                    child.sendline("n")
                else:
                    child.waitnoecho(10)
                    assert not child.getecho(), "the password could be read"
                    child.sendline(passwords[asked % len(passwords)])
                    asked += 1
        if said is not None:
            said.append("".join(talk))
        assert not any(password in "".join(talk) for password in passwords if password)
        return child.exitstatus

    @contextmanager
    def serve(self, command: str = "serve", **variables: str | None) -> Iterator[str]:
        """Run the production server; give its base URL once it answers."""
        port = free_port()
        base_url = f"http://127.0.0.1:{port}"
        with self.start(command, PORT=str(port), **variables) as process:
            deadline = time.monotonic() + START_TIMEOUT
            while True:
                try:
                    httpx.get(f"{base_url}/health", timeout=10)
                    break
                except httpx.TransportError:
                    ended = process.poll() is not None
                    assert not ended, f"the server ended:\n{self.log}"
                    assert time.monotonic() < deadline, f"no answer:\n{self.log}"
                    time.sleep(0.1)
            yield base_url

    @contextmanager
    def start(
        self, command: str = "serve", **variables: str | None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Start a command of the project, and stop it with all that it started."""
        with (self.home / "server.log").open("ab") as log:
            process = subprocess.Popen(
                ["sh", "-c", f"exec {self.project.commands[command]}"],
                cwd=self.project.path,
                env=self._environment(variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            stop(process)

    @property
    def log(self) -> str:
        """What the servers said."""
        text = (self.home / "server.log").read_text("utf-8", "replace")
        return text[-20_000:]

    def execute(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run one statement in the database, beside the server."""
        with closing(sqlite3.connect(self.database, timeout=30)) as connection:
            rows = connection.execute(statement, values).fetchall()
            connection.commit()
            return rows

    def tables(self) -> dict[str, list[str]]:
        """The columns of each table."""
        names = self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            str(name): [
                str(row[1]) for row in self.execute(f'PRAGMA table_info("{name}")')
            ]
            for (name,) in names
        }

    def accounts(self) -> str:
        """The table that holds the accounts."""
        (table,) = [
            name
            for name, columns in self.tables().items()
            if {"username", "name"} & set(columns)
            and any(column.startswith("password") for column in columns)
        ]
        return table

    def users(self) -> list[tuple[object, ...]]:
        """The accounts, as rows."""
        return self.execute(f'SELECT * FROM "{self.accounts()}"')  # noqa: S608


def app(
    project: Project, environment: Environment, home: Path, *, database: str = ""
) -> App:
    """An app with production settings and a database that does not exist yet, or this one."""
    home.mkdir(parents=True, exist_ok=True)
    settings = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DATABASE_URL": database or f"sqlite:///{home / 'database.sqlite3'}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DEBUG": "false",
        "ALLOW_SIGNUP": "true",
    }
    made = App(project=project, environment=environment, home=home, settings=settings)
    if build := project.commands.get("build"):
        made.check(build)
    return made


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database as it stands, what its log holds too."""
    with (
        closing(sqlite3.connect(source)) as from_,
        closing(sqlite3.connect(target)) as to,
    ):
        from_.backup(to)


def check_contract(app: App, url: str, *, accounts: bool = True) -> None:
    """Run the contract suite against a served app; all must pass, and none may be skipped.

    Args:
        app: The app, which has the two accounts if it has any.
        url: Where it is served.
        accounts: Whether accounts are tested too: they are the same in all apps of a
            framework, and hashing is slow.
    """
    definition = app.project.write_resource(app.home / "resource.json")
    command = [sys.executable, "-m", "pytest", "tests/contract", "-q", "--tb=short"]
    command += ["-p", "no:cacheprovider", "-p", "no:schemathesis", "--maxfail=25"]
    command += ["--base-url", url, "--resource", str(definition)]
    command += ["--interface", app.project.interface]
    command += [] if app.project.has_accounts else ["--no-accounts"]
    command += ["--username", USERNAME, "--password", PASSWORD]
    command += ["--other-username", OTHER, "--other-password", PASSWORD]
    if not accounts:
        for module in ("accounts", "signup", "throttling"):
            command += [f"--ignore=tests/contract/test_{module}.py"]

    said = succeeded(run(command, cwd=ROOT, env=clean_environment()))

    assert " passed" in said
    assert "skipped" not in said


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children, kindly first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            continue
    process.wait(5)
