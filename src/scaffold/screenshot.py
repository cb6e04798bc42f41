"""Pictures of a project's app with example data, light and dark, as a browser shows it.

It runs by the project's own commands, on a spare port, with a database that is thrown away.
"""

import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from scaffold.errors import PictureError
from scaffold.interrupts import due, held
from scaffold.programs import binaries, run, started, variables
from scaffold.project import Existing
from scaffold.readme import read, with_picture

TIMEOUT = 120  # Seconds for each step.
SIZE = (1024, 640)
SCHEMES = {"light": 1, "dark": 0}  # As Chromium counts them.

BROWSERS = (
    "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
# Where they are installed without being on the path.
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

DIRECT = build_opener(ProxyHandler({}))  # Whatever proxy the user has for elsewhere.

# A variable with what it is where it is not set: `${PORT:-8000}`.
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")


def find_browser() -> str:
    """Return the path of an installed Chrome, Chromium or Edge.

    Raises:
        PictureError: There is none.
    """
    if chosen := os.environ.get("SCAFFOLD_BROWSER"):
        return chosen
    for name in (*BROWSERS, *ELSEWHERE):
        if found := shutil.which(name):
            return found
    raise PictureError(
        "there is no Chrome or Chromium to take a picture with",
        help="install one (Debian and Ubuntu: `sudo apt install chromium`; else "
        "https://www.google.com/chrome/), or name it: SCAFFOLD_BROWSER=FILE",
    )


def take_pictures(project: Existing) -> list[str]:
    """Save pictures of a project's app in `docs/`, and show them in a README without any.

    Returns:
        The paths of the files that were written.

    Raises:
        PictureError: There is no browser, or the app does not start. Nothing was written.
    """
    browser = find_browser()
    # Signals wait, so that all has ended and nothing half done is left behind.
    with (
        held(),
        tempfile.TemporaryDirectory(prefix=".screenshot-", dir=project.path) as folder,
    ):
        stage = Path(folder)
        with _app(project, stage) as url:
            for scheme in SCHEMES:
                _photograph(browser, url, scheme, stage)
        made = {f"docs/{_name(scheme)}": stage / _name(scheme) for scheme in SCHEMES}
        if text := _with_pictures(project):
            made["README.md"] = stage / "README.md"
            made["README.md"].write_text(text, encoding="utf-8", newline="")
        (project.path / "docs").mkdir(exist_ok=True)
        for path, file in made.items():
            os.replace(file, project.path / path)
    return list(made)


@contextmanager
def _app(project: Existing, stage: Path) -> Iterator[str]:
    """Run the app with example data; give the address of its list of entries, or of its start page."""
    commands = project.values["__commands"]
    resource = project.values["_resource"]
    port = _spare_port()
    pages = any(project.values.get("__pages", ["pages"]))
    url = f"http://127.0.0.1:{port}/{resource['url'] if pages else ''}"
    environment = variables(project.path) | {
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{(stage / 'database.sqlite3').as_posix()}",
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
        code, out, errors = _run(command, project.path, environment, typed)
        if code:
            raise _failure(commands[purpose], errors or out)
    command = _words(project, commands["serve"], environment)
    with started(command, project.path, environment) as server:
        deadline = time.monotonic() + TIMEOUT
        while not _answers(url, commands["serve"]):
            if server.poll() is not None:
                raise _failure(commands["serve"], server.communicate()[1])
            if due() or time.monotonic() > deadline:
                raise _failure(commands["serve"], f"nothing at {url}")
            time.sleep(0.1)
        yield url


def _photograph(browser: str, url: str, scheme: str, stage: Path) -> None:
    """Save a picture of a page in a colour scheme."""
    target = stage / _name(scheme)
    width, height = SIZE
    with tempfile.TemporaryDirectory(
        prefix="scaffold-browser-", ignore_cleanup_errors=True
    ) as profile:
        command = [
            browser,
            "--headless=new",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            f"--screenshot={target}",
            "--force-device-scale-factor=2",
            "--hide-scrollbars",
            "--disable-gpu",
            "--disable-extensions",
            "--no-first-run",
        ]
        if sys.platform != "win32" and os.geteuid() == 0:
            command += [
                "--no-sandbox"
            ]  # It has none for root, and opens only this page.
        _, _, errors = _run([*command, url], stage, os.environ)
    if not target.exists():
        raise _failure(browser, errors)


def _with_pictures(project: Existing) -> str:
    """Return the README with the pictures, or nothing where it has one, or is not there."""
    readme = project.path / "README.md"
    with suppress(FileNotFoundError):
        text = readme.read_bytes().decode()
        if not read(text).shows_picture(project.path):
            label = project.values["_resource"]["label_plural"]
            return with_picture(
                text,
                light=f"docs/{_name('light')}",
                dark=f"docs/{_name('dark')}",
                alt=f"{project.answers.name.text}, with a list of {label}",
            )
    return ""


def _words(
    project: Existing, command: str, environment: Mapping[str, str]
) -> list[str]:
    """Return the words of a command, its program by where the project has it."""
    line = VARIABLE.sub(lambda found: environment.get(found[1], found[2]), command)
    program, *arguments = shlex.split(line)
    folder = binaries(project.path)
    if not (path := shutil.which(program, path=str(folder))):
        raise PictureError(
            f"the app cannot be started: {program} is not installed in .venv",
            help="install it as README.md says, under “Run it”",
        )
    return [path, *arguments]


def _run(
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


def _failure(command: str, errors: str) -> PictureError:
    """Return the error for a program that failed, with the last that it said."""
    said = [line for line in errors.splitlines() if line.strip()] or ["it says nothing"]
    return PictureError(
        f"`{command}` failed: {said[-1].strip()}",
        help="see what is left to do: scaffold doctor",
    )


def _answers(url: str, command: str) -> bool:
    """Tell whether the server answers yet, which it must do with a page."""
    try:
        DIRECT.open(url, timeout=10).close()
    except HTTPError as error:
        raise _failure(command, f"{url} answers {error.code}") from error
    except OSError:
        return False
    return True


def _spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _name(scheme: str) -> str:
    return f"screenshot-{scheme}.png"
