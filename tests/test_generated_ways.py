"""Every way to a project: installers, interpreters, and cookiecutter in its guises."""

import re
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from contract.client import Browser
from harness.environments import (
    Environment,
    clean_environment,
    environment_for,
    interpreters,
    locked,
    run,
    succeeded,
    uv,
)
from harness.projects import FRAMEWORKS, NAME, ROOT, TEMPLATES, Project, bake
from harness.servers import PASSWORD, USERNAME, App
from harness.trees import tree

pytestmark = pytest.mark.slow

EACH = pytest.mark.parametrize(
    "framework",
    [
        pytest.param(name, id=name, marks=pytest.mark.xdist_group(f"{name}-ways"))
        for name in FRAMEWORKS
    ],
    scope="session",
)


@EACH
@pytest.mark.check("suite, newer Pythons")
@pytest.mark.parametrize("version", interpreters())
@pytest.mark.parametrize("resource", ["book", "all_types"], scope="session")
def test_suite_passes_on_newer_pythons(
    project: Project, shared: Path, version: str
) -> None:
    """The suite passes on every newer Python that is found here."""
    environment = environment_for(
        project.framework, shared, python=interpreters()[version]
    )
    asked = environment.check(project, "python --version")
    assert asked.startswith(f"Python {version}.")

    said = environment.check(project, "pytest -q -p no:cacheprovider")
    assert " passed" in said


@EACH
@pytest.mark.check("suite, lowest versions")
@pytest.mark.parametrize("resource", ["book", "all_types"], scope="session")
def test_suite_passes_with_the_lowest_versions(project: Project, shared: Path) -> None:
    """The floors of the dependencies are real: the suite passes with them."""
    environment = environment_for(project.framework, shared, resolution="lowest-direct")

    said = environment.check(project, "pytest -q -p no:cacheprovider")
    assert " passed" in said


def blocks(project: Path) -> list[list[str]]:
    """The commands that the project's README prints, by block."""
    readme = (project / "README.md").read_text("utf-8")
    found = re.findall(r"(?:^(?: {4}.*)?\n)*^ {4}.*\n?", readme, flags=re.MULTILINE)
    return [
        [line.strip() for line in block.splitlines() if line.strip()] for block in found
    ]


def block_with(project: Path, text: str) -> list[str]:
    """The block of the project's README that holds this text."""
    return next(b for b in blocks(project) if any(text in line for line in b))


@EACH
@pytest.mark.check("README with pip")
def test_pip_and_venv_do_as_the_readme_says(framework: str, tmp_path: Path) -> None:
    """A virtual environment and pip, as the README prints it: the suite passes."""
    project = bake(framework, "book", tmp_path / "made")
    commands = block_with(project.path, "-m venv")
    assert any(line.startswith("pip install") for line in commands)
    base = Path(sys.base_prefix) / "bin"
    variables = clean_environment(PIP_DISABLE_PIP_VERSION_CHECK="1")
    variables["PATH"] = f"{base}:{variables['PATH']}"
    tests = project.commands["test"]

    script = "\n".join(["set -e", *commands, tests])
    said = succeeded(run(["bash", "-c", script], cwd=project.path, env=variables))

    assert " passed" in said
    assert (project.path / ".venv" / "bin" / "python").exists()


@EACH
@pytest.mark.check("README with uv")
def test_uv_does_as_the_readme_says(
    framework: str, tmp_path: Path, shared: Path
) -> None:
    """uv, as the README prints it: a running app to sign in to, and green checks."""
    project = bake(framework, "book", tmp_path / "made")
    first, *commands = block_with(project.path, "uv sync")
    assert first == "uv sync"
    variables = clean_environment(UV_PYTHON=sys.executable)
    variables["PATH"] = f"{Path(uv()).parent}:{variables['PATH']}"
    succeeded(run(["sh", "-c", first], cwd=project.path, env=variables))
    environment = Environment(path=project.path / ".venv", python=sys.executable)
    app = App(project=project, environment=environment, home=tmp_path, settings={})
    *others, last = commands
    for command in others:
        if command == f"uv run {project.commands['create_user']}":
            assert app.create_user(PASSWORD) == 0
        else:
            succeeded(run(["sh", "-c", command], cwd=project.path, env=variables))
    assert last == f"uv run {project.commands['run']}"

    with locked(shared / "port-8000"), app.start("run"):
        url = "http://localhost:8000"
        wait_for(f"{url}/health", app)
        with closing(Browser(url)) as browser:
            home = browser.sign_in(USERNAME, PASSWORD).follow()
            assert urlsplit(home.url).path == "/"
            assert browser.is_signed_in
        assert httpx.get(f"{url}/api/books").json()["total"] > 0

    for command in block_with(project.path, f"uv run {project.commands['test']}"):
        succeeded(run(["sh", "-c", command], cwd=project.path, env=variables))


def wait_for(url: str, app: App) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + 90
    while True:
        try:
            assert httpx.get(url, timeout=5).status_code == 200, app.log
            return
        except httpx.TransportError:
            assert time.monotonic() < deadline, app.log
            time.sleep(0.2)


@pytest.fixture(scope="session")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of someone whom git does not know, with an empty home."""
    home = tmp_path_factory.mktemp("home")
    return clean_environment(
        HOME=str(home), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1"
    )


def by_command_line(
    framework: str, folder: Path, variables: dict[str, str], python: str
) -> Path:
    """Generate the default project with the `scaffold` of this Python."""
    folder.mkdir(parents=True)
    command = [str(Path(python).with_name("scaffold")), framework, NAME]
    command += ["--no-git", "--output-dir", str(folder)]
    succeeded(run(command, cwd=folder, env=variables))
    (made,) = folder.iterdir()
    return made


@EACH
@pytest.mark.check("cookiecutter")
def test_plain_cookiecutter_gives_the_same(
    framework: str, neutral: dict[str, str], tmp_path: Path
) -> None:
    """`cookiecutter --no-input` gives the CLI's default project, byte for byte."""
    ours = by_command_line(framework, tmp_path / "ours", neutral, sys.executable)
    command = [str(Path(sys.executable).with_name("cookiecutter")), "--no-input"]
    command += ["--output-dir", str(tmp_path / "theirs"), str(TEMPLATES / framework)]

    succeeded(run(command, cwd=tmp_path, env=neutral))

    theirs = tmp_path / "theirs" / ours.name
    assert tree(theirs, framework) == tree(ours, framework)


@EACH
@pytest.mark.check("cookiecutter")
def test_pytest_cookies_gives_the_same(
    framework: str, neutral: dict[str, str], tmp_path: Path, cookies: Any
) -> None:
    """`cookies.bake(template=…)` gives the CLI's default project, byte for byte."""
    ours = by_command_line(framework, tmp_path / "ours", neutral, sys.executable)

    baked = cookies.bake(template=str(TEMPLATES / framework))

    assert baked.exception is None
    assert tree(baked.project_path, framework) == tree(ours, framework)


@pytest.fixture(scope="session")
def clone(neutral: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository of what this one would hold if all were committed."""
    folder = tmp_path_factory.mktemp("clone") / "scaffold"
    folder.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if name.startswith("templates/") and (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all", "--force"],
        [*identity, "commit", "--quiet", "-m", "All"],
    ):
        succeeded(run(["git", *command], cwd=folder, env=neutral))
    return folder


@EACH
@pytest.mark.check("cookiecutter")
def test_cruft_gives_the_same(
    framework: str, neutral: dict[str, str], clone: Path, tmp_path: Path
) -> None:
    """`cruft create` from a local clone gives the CLI's default project."""
    ours = by_command_line(framework, tmp_path / "ours", neutral, sys.executable)
    command = [str(Path(sys.executable).with_name("cruft")), "create", str(clone)]
    command += ["--directory", f"templates/{framework}", "--no-input"]
    command += ["--output-dir", str(tmp_path / "theirs")]

    succeeded(run(command, cwd=tmp_path, env=neutral))

    theirs = tree(tmp_path / "theirs" / ours.name, framework, without=".cruft.json")
    assert theirs == tree(ours, framework)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pythons of empty environments with scaffold installed, by the way it was."""
    base = tmp_path_factory.mktemp("installed")
    variables = clean_environment()
    for options in (["--wheel", "--out-dir", "direct"], ["--out-dir", "by sdist"]):
        command = [uv(), "build", "--quiet", str(ROOT), *options]
        succeeded(run(command, cwd=base, env=variables))
    (direct,) = (base / "direct").glob("*.whl")
    (through,) = (base / "by sdist").glob("*.whl")
    pythons = {}
    for way, source in (
        ("wheel", [str(direct)]),
        ("sdist", [str(through)]),
        ("editable", ["--editable", str(ROOT)]),
    ):
        venv = base / way
        python = venv / "bin" / "python"
        create = [uv(), "venv", "--quiet", "--python", sys.executable, str(venv)]
        install = [uv(), "pip", "install", "--quiet", "--python", str(python), *source]
        for command in (create, install):
            succeeded(run(command, cwd=base, env=variables))
        pythons[way] = python
    return pythons


@EACH
@pytest.mark.check("wheel, sdist, editable")
def test_every_installation_generates_the_same(
    framework: str, neutral: dict[str, str], installed: dict[str, Path], tmp_path: Path
) -> None:
    """A wheel, an sdist's wheel and an editable install generate the same bytes."""
    ours = by_command_line(framework, tmp_path / "ours", neutral, sys.executable)
    for way, python in installed.items():
        theirs = by_command_line(framework, tmp_path / way, neutral, str(python))

        assert tree(theirs, framework) == tree(ours, framework), way
