"""Pictures of a project's app: what is run, saved and shown, and that nothing stays behind."""

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.readme import read, with_picture

from .conftest import Run, contents, interrupted
from .starter import write_starter

COMMANDS = {
    "migrate": "note migrate ${ROOM:-one}",
    "create_user": "note create-user ada",
    "seed": "note seed ada",
    "serve": "serve --port ${PORT:-8000}",
}
PYPROJECT = """\
[tool.scaffold]
framework = "bottle"
name = "My Proj"
resource = "book title:str"
"""
README = "# My Proj\n\nLends books.\n\n## Run it\n\nSee below.\n"
CARD = r'<meta property="og:image" content="{{ host }}/og.png\1">'
# An app that has one page, and tells where its database is.
SERVER = """\
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/books" else 404)
        self.end_headers()
        self.wfile.write(os.environ["DATABASE_URL"].encode())

HTTPServer((os.environ["HOST"], int(sys.argv[2])), Handler).serve_forever()
"""
# A browser that saves what it was asked for.
BROWSER = """\
for each; do
  case $each in --screenshot=*) echo "$@" > "${each#--screenshot=}";; esac
done
"""

Program = Callable[[str, str], Path]


@pytest.fixture
def project(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that can be started."""
    templates = tmp_path / "starters"
    write_starter(templates, __commands=COMMANDS, __card=CARD)
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))
    project = folder / "my-proj"
    project.mkdir()
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "README.md").write_text(README)
    return project


@pytest.fixture
def program(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return a function that installs a program; what the app needs is there already."""

    def program(name: str, script: str) -> Path:
        file = project / ".venv/bin" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    (tmp_path / "server.py").write_text(SERVER)
    program("note", f'echo "$@ $(cat)" >> {tmp_path}/notes')
    program("serve", f"exec {sys.executable} {tmp_path}/server.py $@")
    monkeypatch.setenv("SCAFFOLD_BROWSER", str(program("browser", BROWSER)))
    return program


def picture(project: Path, scheme: str) -> str:
    """Return with which arguments a picture was taken."""
    return (project / f"docs/screenshot-{scheme}.png").read_text()


def test_saves_two_pictures_and_shows_them(
    run: Run, project: Path, program: Program, tmp_path: Path
) -> None:
    result = run("screenshot", "my-proj")

    assert result.out == (
        "Saved docs/screenshot-light.png and docs/screenshot-dark.png. "
        "They are named in README.md.\n"
    )
    assert (result.code, result.err) == (
        0,
        "scaffold: starting the app, which may take some seconds\n",
    )
    assert "preferredColorScheme=1" in picture(project, "light")
    assert "preferredColorScheme=0" in picture(project, "dark")
    assert re.search(r" http://127\.0\.0\.1:\d+/books\n$", picture(project, "light"))
    assert {path.name for path in project.iterdir()} == {
        ".venv", "README.md", "docs", "pyproject.toml",
    }  # fmt: skip
    migrate, create_user, seed = (tmp_path / "notes").read_text().splitlines()
    assert (migrate, seed) == ("migrate one ", "seed ada ")
    assert re.fullmatch("create-user ada .{32}", create_user)  # With a password.
    assert (project / "README.md").read_text() == README.replace(
        "## Run it",
        "<picture>\n"
        '  <source media="(prefers-color-scheme: dark)" srcset="docs/screenshot-dark.png">\n'
        '  <img alt="My Proj, with a list of books" src="docs/screenshot-light.png">\n'
        "</picture>\n\n"
        "## Run it",
    )


HEAD = """\
<head>
  <meta name="description" content="{{ what }}">
  <title>{% block title %}{% endblock %}</title>
</head>
"""


@pytest.fixture
def paged(project: Path) -> Path:
    """Return a project whose pages extend one."""
    for folder in ("templates", "static"):
        (project / "my_proj" / folder).mkdir(parents=True)
    (project / "my_proj/templates/base.html").write_text(HEAD)
    return project


def test_a_picture_for_links_is_named_by_the_pages(
    run: Run, paged: Path, program: Program
) -> None:
    first = run("screenshot", "my-proj").out
    base = (paged / "my_proj/templates/base.html").read_text()
    again = run("screenshot", "my-proj").out

    pictures = "Saved docs/screenshot-light.png, docs/screenshot-dark.png and my_proj/static/og.png."
    assert first == (
        f"{pictures} They are named in README.md and my_proj/templates/base.html.\n"
    )
    assert again == f"{pictures}\n"
    assert base == HEAD.replace("  <title>", f"  {CARD}\n  <title>")
    assert (paged / "my_proj/templates/base.html").read_text() == base
    taken = (paged / "my_proj/static/og.png").read_text()
    assert "--window-size=1200,630" in taken
    assert "--force-device-scale-factor=1" in taken


@pytest.mark.parametrize(
    "head",
    [
        "<head>\n</head>\n",
        HEAD.replace("<title>", '<meta property="og:image" content="x">'),
    ],
)
def test_pages_that_are_their_owners_name_none(
    run: Run, paged: Path, program: Program, head: str
) -> None:
    (paged / "my_proj/templates/base.html").write_text(head)
    run("screenshot", "my-proj")

    assert (paged / "my_proj/templates/base.html").read_text() == head
    assert not (paged / "my_proj/static/og.png").exists()


BANNER = "![My Proj, built with Bottle](docs/banner.svg)"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"# A\n\nB.\n\n{BANNER}\n\nC.\n\n## D\n", "# A\n\nB.\n\n{}\n\nC.\n\n## D\n"),
        (f"# A\n\n{BANNER}\n", "# A\n\n{}\n"),
        (f"# A\n\nSee {BANNER}\n", f"# A\n\nSee {BANNER}\n\n{{}}\n"),
        (f"# A\n\n    {BANNER}\n", f"# A\n\n    {BANNER}\n\n{{}}\n"),
        (f"{BANNER}\n\n## D\n\n{BANNER}\n", f"{{}}\n\n## D\n\n{BANNER}\n"),
    ],
)
def test_pictures_take_the_place_of_the_banner(text: str, place: str) -> None:
    """Where it stands alone; amid a text it is somebody's own."""
    picture = with_picture("", light="l", dark="d", alt="x").strip()

    found = with_picture(text, light="l", dark="d", alt="x")

    assert found == place.format(picture)


def test_a_readme_with_a_picture_stays_as_it_is(
    run: Run, project: Path, program: Program
) -> None:
    run("screenshot", "my-proj")
    shown = (project / "README.md").read_text()
    (project / "docs/screenshot-dark.png").write_text("old")
    result = run("screenshot", "my-proj")

    assert result.out == (
        "Saved docs/screenshot-light.png and docs/screenshot-dark.png.\n"
    )
    assert (project / "README.md").read_text() == shown
    assert "--screenshot" in picture(project, "dark")


def test_a_project_without_readme(run: Run, project: Path, program: Program) -> None:
    (project / "README.md").unlink()

    assert run("screenshot", "my-proj").code == 0
    assert not (project / "README.md").exists()


@pytest.mark.parametrize(
    ("name", "script", "err"),
    [
        (
            "note",
            "echo No >&2; echo room. >&2; exit 1",
            "`note migrate ${ROOM:-one}` failed: room.",
        ),
        (
            "serve",
            "echo Taken. >&2; exit 1",
            "`serve --port ${PORT:-8000}` failed: Taken.",
        ),
        (
            "browser",
            "echo Oh.; echo No display. >&2",
            "`{browser}` failed: No display.",
        ),
        ("browser", "", "`{browser}` failed: it says nothing"),
    ],
)
def test_what_fails_says_so_and_writes_nothing(
    run: Run, project: Path, program: Program, name: str, script: str, err: str
) -> None:
    program(name, script)
    before = contents(project)
    result = run("screenshot", "my-proj")

    browser = project / ".venv/bin/browser"
    assert (
        result.err.splitlines()[1]
        == f"scaffold: {err.replace('{browser}', str(browser))}"
    )
    assert (result.code, result.out) == (1, "")
    assert contents(project) == before


def test_an_app_without_that_page(
    run: Run, project: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    text = PYPROJECT.replace("book title", "film title")
    (project / "pyproject.toml").write_text(text)
    result = run("screenshot", "my-proj")

    assert re.search(r"failed: http://127\.0\.0\.1:\d+/films answers 404\n", result.err)
    assert result.code == 1


def test_what_is_not_installed(run: Run, project: Path, program: Program) -> None:
    (project / ".venv/bin/serve").unlink()
    result = run("screenshot", "my-proj")

    assert result.err.splitlines()[1:] == [
        "scaffold: the app cannot be started: serve is not installed in .venv",
        "help: install it as README.md says, under “Run it”",
    ]
    assert result.code == 1


def test_without_a_browser_it_says_how_to_get_one(
    run: Run, project: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCAFFOLD_BROWSER")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    result = run("screenshot", "my-proj")

    assert "there is no Chrome or Chromium to take a picture with\n" in result.err
    assert "help: install one (Debian and Ubuntu: `sudo apt install" in result.err
    assert result.code == 1


@pytest.mark.parametrize("name", ["note", "browser"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_interrupted_leaves_nothing(
    project: Path, program: Program, tmp_path: Path, name: str, number: signal.Signals
) -> None:
    pipe = tmp_path / "open"
    os.mkfifo(pipe)
    program(name, f"exec 3>{pipe}; sleep 60 & wait")
    before = contents(project)
    interrupted("screenshot", project, number, pipe=pipe, within=60)
    assert contents(project) == before


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("# A\n\nB\n", "# A\n\nB\n\n<picture>"),
        ("# A\n\nB", "# A\n\nB\n\n<picture>"),
        ("# A\n\n    ## B\n\n## C\n", "# A\n\n    ## B\n\n<picture>"),
        ("# A\nB\n## C\n", "# A\nB\n\n<picture>"),
    ],
)
def test_a_picture_comes_before_the_first_section(text: str, start: str) -> None:
    shown = with_picture(text, light="l.png", dark="d.png", alt='"x" <y>')

    assert shown.startswith(start)
    assert 'alt="&quot;x&quot; &lt;y&gt;"' in shown
    assert read(shown).pictures == ["d.png", "l.png"]
    assert [each.title for each in read(shown).sections] == [
        each.title for each in read(text).sections
    ]
