"""A project's app, running: with example data, on a spare port.

It runs by the project's own commands, with a database that is thrown away.
"""

import re
import secrets
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from scaffold.errors import AppError
from scaffold.interrupts import due
from scaffold.programs import binaries, run, started, variables
from scaffold.project import Existing

TIMEOUT = 120  # Seconds for each step.

DIRECT = build_opener(ProxyHandler({}))  # Whatever proxy the user has for elsewhere.

# A variable with what it is where it is not set: `${PORT:-8000}`.
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")
# What comes before and after the name of a PostgreSQL database in its address.
ADDRESS = re.compile(r"^postgres\w*(?:\+\w+)?(://[^/?]*)/?[^?]*")
# What is run in the project's environment, as it has the driver.
EXECUTE = "import sys, psycopg; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"


def first_page(project: Existing) -> str:
    """Return the path of the app's first list, or where it has no pages, of its start page."""
    pages = any(project.values.get("__pages", ["pages"]))
    return f"/{project.values['_resource']['url']}" if pages else "/"


@contextmanager
def _database(project: Existing, stage: Path) -> Iterator[str]:
    """Give the address of a database that is thrown away, on the project's server if it has one."""
    if not any(project.values.get("__postgres", [])):
        yield f"sqlite:///{(stage / 'database.sqlite3').as_posix()}"
        return
    environment = variables(project.path)
    known = project.values["__database_url"]
    with suppress(FileNotFoundError):
        lines = (project.path / ".env").read_text("utf-8")
        if found := re.search(r"(?m)^DATABASE_URL=(.+)$", lines):
            known = found[1]
    known = environment.get("DATABASE_URL") or known
    name = f"scaffold_{secrets.token_hex(8)}"

    def execute(statement: str) -> None:
        server = ADDRESS.sub(r"postgresql\1/postgres", known)
        command = _words(project, "python", environment)
        command += ["-c", EXECUTE, server, statement]
        code, _, errors = run_program(command, project.path, environment)
        if code:
            raise failure(statement, errors)

    execute(f"CREATE DATABASE {name}")
    try:
        yield ADDRESS.sub(rf"postgresql\1/{name}", known)
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(project: Existing, stage: Path, path: str) -> Iterator[str]:
    """Run the app with example data while a block runs.

    Args:
        project: The project, which is installed in its `.venv`.
        stage: A folder for the app's database.
        path: A page that is there when the app is: `/books`.

    Yields:
        The address of that page: `http://127.0.0.1:40961/books`.

    Raises:
        AppError: It is not installed, or does not start.
    """
    with _database(project, stage) as database, _app(project, database, path) as url:
        yield url


@contextmanager
def _app(project: Existing, database: str, path: str) -> Iterator[str]:
    """Run the app on a database; give the address of a page."""
    commands = project.values["__commands"]
    port = _spare_port()
    url = f"http://127.0.0.1:{port}{path}"
    environment = variables(project.path) | {
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database,
        "DEBUG": "true",
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": secrets.token_urlsafe(48),
    }
    password = f"{secrets.token_urlsafe(24)}\n"
    for purpose, typed in (
        ("migrate", None),
        ("create_user", password),
        ("seed", None),
    ):
        if not commands[purpose]:  # An app without accounts makes none.
            continue
        command = _words(project, commands[purpose], environment)
        code, out, errors = run_program(command, project.path, environment, typed)
        if code:
            raise failure(commands[purpose], errors or out)
    command = _words(project, commands["serve"], environment)
    with started(command, project.path, environment) as server:
        deadline = time.monotonic() + TIMEOUT
        while not _answers(url, commands["serve"]):
            if server.poll() is not None:
                raise failure(commands["serve"], server.communicate()[1])
            if due() or time.monotonic() > deadline:
                raise failure(commands["serve"], f"nothing at {url}")
            time.sleep(0.1)
        yield url


def _words(
    project: Existing, command: str, environment: Mapping[str, str]
) -> list[str]:
    """Return the words of a command, its program by where the project has it."""
    line = VARIABLE.sub(lambda found: environment.get(found[1], found[2]), command)
    program, *arguments = shlex.split(line)
    folder = binaries(project.path)
    if not (path := shutil.which(program, path=str(folder))):
        raise AppError(
            f"the app cannot be started: {program} is not installed in .venv",
            help="install it as README.md says, under “Run it”",
        )
    return [path, *arguments]


def run_program(
    command: list[str],
    cwd: Path,
    environment: Mapping[str, str],
    typed: str | None = None,
) -> tuple[int, str, str]:
    """Run a program to its end; one that takes too long has failed."""
    try:
        return run(
            command, cwd=cwd, environment=environment, timeout=TIMEOUT, typed=typed
        )
    except subprocess.TimeoutExpired:
        return 1, "", f"not done in {TIMEOUT} seconds"


def failure(command: str, errors: str) -> AppError:
    """Return the error for a program that failed, with the last that it said."""
    said = [line for line in errors.splitlines() if line.strip()] or ["it says nothing"]
    return AppError(
        f"`{command}` failed: {said[-1].strip()}",
        help="see what is left to do: scaffold doctor",
    )


def _answers(url: str, command: str) -> bool:
    """Tell whether the server answers yet, which it must do with a page."""
    try:
        DIRECT.open(url, timeout=10).close()
    except HTTPError as error:
        raise failure(command, f"{url} answers {error.code}") from error
    except OSError:
        return False
    return True


def _spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
