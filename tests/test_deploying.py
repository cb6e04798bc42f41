"""What `docs/deploy/` has one copy, for a project of each framework.

Caddy and systemd check their files; those of Render and Fly are held to what is documented. Beyond
that, their commands are the project's, and their settings are ones that the project reads. `test_generated_operation.py` runs what can be run here.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
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

    # SC2164: the script ends where a folder is missing; SC1091: what is sourced is there later
    run("shellcheck", "--exclude", "SC1091,SC2164", script, cwd=tmp_path)


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_settings_are_read(page: str, project: Project) -> None:
    """Each setting that a page has one write is one of the project's."""
    written = [each.text for each in blocks(text(page)) if each.language == "ini"]
    names = {*re.findall(r"^([A-Z_]+)=", "".join(written), re.M)}

    assert names <= settings(project)


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_pages_say_when_prices_were_looked_up(page: str) -> None:
    """What costs something today may cost something else when it is read."""
    prices = re.findall(r"^.*(?:euro|dollar|cent)s? .*$", text(page), re.M)

    assert prices == [] or re.search(r"\bcosts\W+\w+ 20\d\d\)", text(page))


# A server of one's own


@pytest.mark.parametrize("page", ["vps.md", "pythonanywhere.md"])
def test_commands_are_the_projects(project: Project, page: str) -> None:
    """What a framework's row says is what its README says."""
    row = table(page, project)

    assert row["build"] == project.commands["build"]
    assert row["migrate"] == project.commands["migrate"]
    assert row["add an account"] == project.commands["create_user"]


def test_servers_take_the_socket_of_systemd(project: Project) -> None:
    """Else they are started as everywhere."""
    row = table("vps.md", project)
    served = run("sh", "-c", f"echo {shlex.quote(project.commands['serve'])}", cwd=ROOT)
    own_port = "--host ${HOST:-127.0.0.1} --port ${PORT:-8000}"

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


def test_readmes_have_the_same_caddyfile(project: Project) -> None:
    """What their “Deploy” shows is what is tried."""
    shown = [
        each.text for each in blocks(readme(project)) if each.language == "caddyfile"
    ]

    assert shown == [page_block("vps.md", "caddyfile")]


# Platforms that build the Dockerfile

# Who says in what a request came is told by the servers themselves, see the README.
SERVED = {"FORWARDED_ALLOW_IPS"}

# The keys that these pages use, as https://render.com/docs/blueprint-spec and
# https://fly.io/docs/reference/configuration/ had them in the autumn of 2026. Render publishes a
# schema without a license to copy it; what SchemaStore has of Fly's is open at the top.
RENDER: dict[str, dict[str, type]] = {
    "services": {
        "type": str,
        "name": str,
        "runtime": str,
        "plan": str,
        "region": str,
        "healthCheckPath": str,
        "envVars": list,
    },
    "databases": {"name": str, "plan": str, "region": str},
}
FLY: dict[str, type | dict[str, type]] = {
    "app": str,
    "primary_region": str,
    "kill_signal": str,
    "kill_timeout": int,
    "env": dict,
    "mounts": {"source": str, "destination": str, "initial_size": str},
    "http_service": {
        "internal_port": int,
        "force_https": bool,
        "auto_stop_machines": str,
        "auto_start_machines": bool,
        "min_machines_running": int,
        "checks": list,
    },
    "vm": {"size": str, "memory": str},
}
CHECK = {
    "method": str,
    "path": str,
    "interval": str,
    "timeout": str,
    "grace_period": str,
    "headers": dict,
}


def typed(table: Mapping[str, Any], known: Mapping[str, type]) -> bool:
    """Whether a table has documented keys alone, with values of their types."""
    return all(type(value) is known.get(key) for key, value in table.items())


def test_the_blueprint_is_as_render_documents_it(project: Project) -> None:
    """Its keys are Render's, what it refers to is in it, and its settings are the project's."""
    blueprint = yaml.safe_load(page_block("render.md", "yaml"))
    (service,), (database,) = blueprint["services"], blueprint["databases"]
    variables = {each["key"]: each for each in service["envVars"]}

    assert set(blueprint) == set(RENDER)
    assert typed(service, RENDER["services"])
    assert typed(database, RENDER["databases"])
    assert (service["type"], service["runtime"]) == ("web", "docker")
    assert service["plan"] == database["plan"] == "free"
    assert service["region"] == database["region"]
    assert set(variables) <= settings(project) | SERVED
    assert variables["ALLOWED_HOSTS"]["fromService"]["name"] == service["name"]
    assert variables["DATABASE_URL"]["fromDatabase"] == {
        "name": database["name"],
        "property": "connectionString",
    }
    assert variables["SECRET_KEY"]["generateValue"] is True
    assert f"`GET {service['healthCheckPath']}`" in readme(project)


def test_the_app_of_fly_is_as_fly_documents_it(project: Project) -> None:
    """So are its keys; port, volume and patience are those of the Dockerfile and the server."""
    app = tomllib.loads(page_block("fly.md", "toml"))
    (mount,), (machine,) = app["mounts"], app["vm"]
    service = app["http_service"]
    (check,) = service["checks"]
    dockerfile = (project.path / "Dockerfile").read_text("utf-8")

    assert typed(app | {"mounts": {}, "vm": {}, "http_service": {}}, flat(FLY))
    for table, key in ((mount, "mounts"), (machine, "vm"), (service, "http_service")):
        known = FLY[key]
        assert isinstance(known, dict)
        assert typed(table, known)
    assert typed(check, CHECK)
    assert f"EXPOSE {service['internal_port']}\n" in dockerfile
    assert f"VOLUME {mount['destination']}\n" in dockerfile
    assert app["kill_signal"] == "SIGTERM"
    assert app["kill_timeout"] > graceful_timeout(project)
    assert set(app["env"]) <= settings(project) | SERVED
    assert check["headers"]["Host"] in app["env"]["ALLOWED_HOSTS"].split(",")
    assert f"{app['app']}.fly.dev" in app["env"]["ALLOWED_HOSTS"].split(",")
    assert f"`GET {check['path']}`" in readme(project)


def flat(known: dict[str, type | dict[str, type]]) -> dict[str, type]:
    """The types of a file's own keys, of which some are tables."""
    return {
        key: dict if isinstance(each, dict) else each for key, each in known.items()
    }


def readme(project: Project) -> str:
    """What a project's README says."""
    return (project.path / "README.md").read_text("utf-8")
