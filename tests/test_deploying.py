"""What `docs/deploy/` has one copy, for a project of each framework.

Each file goes to its maker's own tool; beyond that, its commands are the project's, and its
settings are ones that the project reads. `test_generated_operation.py` runs what can be run here.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness.manual import blocks
from harness.projects import FRAMEWORKS
from harness.proxies import PACKAGES, PAGES, PROGRAMS, page_block

from scaffold import Project, generate
from scaffold.frameworks import load_frameworks

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
TITLES = {each.name: each.title for each in load_frameworks(ROOT / "templates")}
PAGE_NAMES = sorted(page.name for page in PAGES.glob("*.md"))


@pytest.fixture(scope="module")
def bookshelves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """A project called as in the pages, in each framework."""
    folder = tmp_path_factory.mktemp("bookshelves")
    made = {}
    for name in FRAMEWORKS:
        (folder / name).mkdir()
        made[name] = generate(name, "bookshelf", output_dir=folder / name, git=False)
    return made


@pytest.fixture(params=FRAMEWORKS)
def project(request: pytest.FixtureRequest, bookshelves: dict[str, Project]) -> Project:
    """Each of them in turn."""
    return bookshelves[request.param]


def text(page: str) -> str:
    """What a page says."""
    return (PAGES / page).read_text("utf-8")


def table(page: str, project: Project) -> dict[str, str]:
    """What a page's table of commands has for a framework, by the words of its first row."""
    names, row = re.findall(
        rf"^\| (framework \|.*|{TITLES[project.framework]} \|.*)", text(page), re.M
    )
    cells = [cell.strip(" `") for cell in row.split("|")]
    return dict(zip(map(str.strip, names.split("|")), cells, strict=True))


def settings(project: Project) -> set[str]:
    """The names that a project reads from its environment."""
    read = (project.path / ".env.example").read_text("utf-8")
    return {*re.findall(r"^([A-Z_]+)=", read, re.M)}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, found beside this Python first; give what it said."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=os.environ | {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{shlex.join(map(str, command))}\n{said}"
    return said


# All pages


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_shell_commands_are_sound(page: str, tmp_path: Path) -> None:
    """Shellcheck has nothing to say of what a page has one type."""
    script = tmp_path / "script"
    typed = [each.text for each in blocks(text(page)) if each.language in {"", "sh"}]
    script.write_text("\n".join(["#!/bin/bash -e", *typed]), "utf-8")

    # SC2164: the script ends where a folder is missing
    run("shellcheck", "--exclude", "SC2164", script, cwd=tmp_path)


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_settings_are_read(page: str, project: Project) -> None:
    """Each setting that a page has one write is one of the project's."""
    written = [each.text for each in blocks(text(page)) if each.language == "ini"]
    names = {*re.findall(r"^([A-Z_]+)=", "".join(written), re.M)}

    assert names <= settings(project)


# A server of one's own


def test_commands_are_the_projects(project: Project) -> None:
    """What a framework's row says is what its README says, for the socket that systemd gives."""
    row = table("vps.md", project)
    served = run("sh", "-c", f"echo {shlex.quote(project.commands['serve'])}", cwd=ROOT)
    own_port = "--host ${HOST:-127.0.0.1} --port ${PORT:-8000}"

    assert row["build"] == project.commands["build"]
    assert row["migrate"] == project.commands["migrate"]
    assert row["add an account"] == project.commands["create_user"]
    assert row["serve"] == served.strip().replace(own_port, "--fd 3")


def test_systemd_accepts_the_service(project: Project, tmp_path: Path) -> None:
    """So it does with each framework's command; the server may take its time to stop."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("not installed: apt-get install systemd")
    files = [each for each in blocks(text("vps.md")) if each.language == "systemd"]
    socket, service = (each.text for each in files)
    flask = table("vps.md", project) | {"serve": "gunicorn 'bookshelf:create_app()'"}
    assert service.count(f".venv/bin/{flask['serve']}\n") == 1
    command = table("vps.md", project)["serve"]
    program = tmp_path / "srv/.venv/bin" / command.split()[0]
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    service = service.replace(flask["serve"], command)
    service = service.replace("/srv/bookshelf", str(tmp_path / "srv"))
    (tmp_path / "bookshelf.socket").write_text(socket, "utf-8")
    (tmp_path / "bookshelf.service").write_text(service, "utf-8")

    units = ["./bookshelf.socket", "./bookshelf.service"]
    assert run("systemd-analyze", "verify", *units, cwd=tmp_path) == ""
    (patience,) = re.findall(r"TimeoutStopSec=(\d+)", service)
    assert int(patience) > graceful_timeout(project)


def graceful_timeout(project: Project) -> int:
    """For how many seconds a stopping server answers what it has accepted."""
    file = project.path / "gunicorn.conf.py"
    code = file.read_text("utf-8") if file.exists() else ""
    return int(*re.findall(r"^graceful_timeout = (\d+)", code, re.M) or ["30"])


def test_caddy_accepts_its_file(tmp_path: Path) -> None:
    """Caddy takes it as it stands, and finds it well formatted."""
    if not (caddy := PROGRAMS["caddyfile"]):
        pytest.skip(f"not installed: apt-get install {PACKAGES['caddyfile']}")
    file = tmp_path / "Caddyfile"
    file.write_text(page_block("vps.md", "caddyfile"), "utf-8")
    said = run(caddy, "adapt", "--adapter", "caddyfile", "--config", file, cwd=tmp_path)

    assert "warn" not in said
    (server,) = json.loads(said)["apps"]["http"]["servers"].values()
    assert server["listen"] == [":443"]
    assert "books.example" in said
    assert "127.0.0.1:8000" in said
