"""A copy of an app's pages: what is in it, where its links lead, and that nothing stays behind."""

import re
import signal
import sys
from pathlib import Path

import pytest
import yaml

from scaffold.website import WORKFLOW

from .conftest import Run, contents, interrupted
from .starter import write_starter

COMMANDS = {
    "migrate": "true",
    "create_user": "",
    "seed": "true",
    "serve": "serve --port ${PORT:-8000}",
}
PYPROJECT = """\
[tool.scaffold]
framework = "bottle"
name = "My Proj"
resource = "book title:str"
"""
NOTE = (
    '<main>\n<p class="message" role="note">This is a read-only copy with example data: '
    "searching, changing entries, signing in and the API are off.</p>"
)
# An app with two pages of a list, one that posts, one that needs a script, and errors.
SERVER = """\
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

HEAD = '<link rel="stylesheet" href="/static/style.css?v=1">'
PAGES = {
    "/": HEAD + '<a href="#main">Skip</a><main><a href="/books">B</a> <a href="/login?next=/">L</a>'
    ' <a href="https://example.com/">E</a> <a href="/docs">D</a> <a href="/gone">G</a>'
    ' <a href="/moved">M</a>',
    "/books": HEAD + '<main><form action="/books"><input name="q"></form>'
    '<a rel="next" href="?page=2&amp;a=%2F..">N</a> &lt;a href="/books"&gt; "<b>/books</b>"',
    "/books?page=2&a=%2F..": '<main><img src="/static/cat.png"><a href="/books#top">First</a>',
    "/login?next=/": '<main><form method="post"></form><a href="/secret">S</a>',
    "/docs": '<main><script src="/static/docs.js"></script>',
}

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302 if self.path == "/moved" else 200 if self.path in PAGES or "static" in self.path else 404)
        kind = "text/html" if self.path in PAGES else "text/css"
        self.send_header("Content-Type", kind + "; charset=utf-8")
        self.send_header("Location", "/books")
        self.end_headers()
        self.wfile.write(PAGES.get(self.path, self.path).encode())

HTTPServer((os.environ["HOST"], int(sys.argv[2])), Handler).serve_forever()
"""


@pytest.fixture
def project(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that can be started."""
    templates = tmp_path / "starters"
    write_starter(templates, __commands=COMMANDS)
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))
    project = folder / "my-proj"
    (project / ".venv/bin").mkdir(parents=True)
    (project / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "server.py").write_text(SERVER)
    program(project, "true", "exit 0")
    program(project, "serve", f"exec {sys.executable} {tmp_path}/server.py $@")
    return project


def program(project: Path, name: str, script: str) -> None:
    """Install a program in a project's environment."""
    file = project / ".venv/bin" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_copies_what_visitors_see(run: Run, project: Path) -> None:
    result = run("show", "my-proj")
    site = project / "site"
    texts = {name: data.decode() for name, data in contents(site).items() if data}

    assert (result.code, result.out) == (0, f"Saved 3 pages in {site}.\n")
    assert texts == {
        "static/style.css": "/static/style.css?v=1",
        "static/cat.png": "/static/cat.png",
        "index.html": '<link rel="stylesheet" href="static/style.css"><a href="#main">Skip</a>'
        f'{NOTE}<a href="books/">B</a> <a>L</a> <a href="https://example.com/">E</a>'
        " <a>D</a> <a>G</a> <a>M</a>",
        "books/index.html": '<link rel="stylesheet" href="../static/style.css">'
        f'{NOTE}<form inert action="/books"><input name="q"></form>'
        '<a rel="next" href="a-___/page-2/">N</a> &lt;a href="/books"&gt; "<b>/books</b>"',
        "books/a-___/page-2/index.html": f'{NOTE}<img src="../../../static/cat.png">'
        '<a href="../../#top">First</a>',
    }


def test_a_folder_that_is_there_is_not_touched(run: Run, project: Path) -> None:
    (project / "site").mkdir()
    before = contents(project)
    result = run("show", "my-proj")

    assert result.code == 1
    assert "site exists already\nhelp: remove it first, or name another" in result.err
    assert contents(project) == before
    assert run("show", "my-proj", "-o", "nowhere/site").code == 1
    assert run("show", "my-proj", "-o", "copy").code == 0
    assert (project.parent / "copy/index.html").exists()


def test_a_workflow_publishes_it(run: Run, project: Path) -> None:
    result = run("show", "my-proj", "--workflow")
    workflow = yaml.safe_load((project / WORKFLOW).read_text())
    (upload,) = (
        step["with"]
        for step in workflow["jobs"]["publish"]["steps"]
        if "upload" in step.get("uses", "")
    )

    assert "Commit it with .github/workflows/pages.yml" in result.out
    assert upload == {"path": "site"}
    (project / WORKFLOW).write_text("my own")
    assert run("show", "my-proj", "--workflow").code == 1  # The copy is there already.
    assert (project / WORKFLOW).read_text() == "my own"
    assert run("show", "my-proj", "--workflow", "-o", "x").code == 2


def test_an_app_that_does_not_start(run: Run, project: Path) -> None:
    program(project, "serve", "echo Taken. >&2; exit 1")
    before = contents(project)
    result = run("show", "my-proj")

    assert (result.code, result.out) == (1, "")
    assert re.search(r"scaffold: `serve .*` failed: Taken\.\n", result.err)
    assert contents(project) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_interrupted_leaves_nothing(
    project: Path, tmp_path: Path, number: signal.Signals
) -> None:
    import os

    pipe = tmp_path / "open"
    os.mkfifo(pipe)
    program(project, "true", f"exec 3>{pipe}; sleep 60 & wait")
    before = contents(project)
    interrupted("show", project, number, pipe=pipe, within=60)
    assert contents(project) == before
