"""Every way to a project: interpreters, floors, installers, and cookiecutter's guises.

Whether uv and pip do what the README prints is tested in `test_generated_files.py`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from harness.environments import (
    clean_environment,
    environment_for,
    interpreters,
    run,
    succeeded,
    uv,
)
from harness.options import Options, other
from harness.projects import FRAMEWORKS, NAME, ROOT, TEMPLATES, Project, matrix
from harness.trees import tree

from scaffold.frameworks import load_framework

pytestmark = pytest.mark.slow

EACH = pytest.mark.parametrize("framework", FRAMEWORKS)
RUFF = str(Path(sys.executable).with_name("ruff"))
OPTIONS = pytest.mark.parametrize("which", ["usual", "other"])


@matrix("all_types")
@pytest.mark.check("suite, newer Pythons")
@pytest.mark.parametrize("version", [*interpreters()][-1:])
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


@matrix("all_types")
@pytest.mark.check("suite, lowest versions")
def test_suite_passes_with_the_lowest_versions(project: Project, shared: Path) -> None:
    """The floors of the dependencies are real: the suite passes with them."""
    environment = environment_for(project.framework, shared, resolution="lowest-direct")

    said = environment.check(project, "pytest -q -p no:cacheprovider")
    assert " passed" in said


@pytest.fixture(scope="session")
def neutral(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of someone whom git does not know, with an empty home."""
    home = tmp_path_factory.mktemp("home")
    return clean_environment(
        HOME=str(home), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1"
    )


def chosen(framework: str, which: str) -> Options:
    """No options, or each as it is not by default."""
    return other(load_framework(TEMPLATES, framework)) if which == "other" else {}


def formatted(project: Path) -> Path:
    """A project as ruff would have it, which cookiecutter does not run; in place."""
    for command in ("check --fix --select=I,F401", "format"):
        succeeded(run([RUFF, *command.split(), "--no-cache", "."], cwd=project))
    return project


def by_command_line(
    framework: str,
    folder: Path,
    variables: dict[str, str],
    python: str,
    options: Options | None = None,
) -> Path:
    """Generate a project with the `scaffold` of this Python, by default the default one."""
    folder.mkdir(parents=True)
    command = [str(Path(python).with_name("scaffold")), framework, NAME]
    command += ["--no-git", "--output-dir", str(folder)]
    for key, value in (options or {}).items():
        flag = key.replace("_", "-")
        if isinstance(value, bool):
            command.append(f"--{flag}" if value else f"--no-{flag}")
        else:
            command += [f"--{flag}", value]
    succeeded(run(command, cwd=folder, env=variables))
    (made,) = folder.iterdir()
    return made


@EACH
@OPTIONS
@pytest.mark.check("cookiecutter")
def test_plain_cookiecutter_gives_the_same(
    framework: str, which: str, neutral: dict[str, str], tmp_path: Path
) -> None:
    """`cookiecutter --no-input` gives the CLI's project, once ruff has run."""
    options = chosen(framework, which)
    ours = by_command_line(
        framework, tmp_path / "ours", neutral, sys.executable, options
    )
    command = [str(Path(sys.executable).with_name("cookiecutter")), "--no-input"]
    command += ["--output-dir", str(tmp_path / "theirs"), str(TEMPLATES / framework)]
    command += [f"{key}={value}" for key, value in options.items()]

    succeeded(run(command, cwd=tmp_path, env=neutral))

    theirs = tmp_path / "theirs" / ours.name
    assert tree(formatted(theirs), framework) == tree(ours, framework)


@EACH
@OPTIONS
@pytest.mark.check("cookiecutter")
def test_pytest_cookies_gives_the_same(
    framework: str,
    which: str,
    neutral: dict[str, str],
    tmp_path: Path,
    cookies: Any,
) -> None:
    """`cookies.bake(template=…)` gives the CLI's project, once ruff has run."""
    options = chosen(framework, which)
    ours = by_command_line(
        framework, tmp_path / "ours", neutral, sys.executable, options
    )

    baked = cookies.bake(template=str(TEMPLATES / framework), extra_context=options)

    assert baked.exception is None
    assert tree(formatted(baked.project_path), framework) == tree(ours, framework)


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
@OPTIONS
@pytest.mark.check("cookiecutter")
def test_cruft_gives_the_same(
    framework: str, which: str, neutral: dict[str, str], clone: Path, tmp_path: Path
) -> None:
    """`cruft create` from a local clone gives the CLI's project, once ruff has run."""
    options = chosen(framework, which)
    ours = by_command_line(
        framework, tmp_path / "ours", neutral, sys.executable, options
    )
    command = [str(Path(sys.executable).with_name("cruft")), "create", str(clone)]
    command += ["--directory", f"templates/{framework}", "--no-input"]
    command += ["--extra-context", json.dumps(options)]
    command += ["--output-dir", str(tmp_path / "theirs")]

    succeeded(run(command, cwd=tmp_path, env=neutral))

    made = formatted(tmp_path / "theirs" / ours.name)
    assert tree(made, framework, without=".cruft.json") == tree(ours, framework)


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
    # Plain pip compiles what it installs, the packaged templates too.
    venv = base / "pip"
    succeeded(run([sys.executable, "-m", "venv", str(venv)], cwd=base, env=variables))
    pythons["pip"] = venv / "bin" / "python"
    install = [str(pythons["pip"]), "-m", "pip", "install", "--quiet", str(direct)]
    succeeded(run(install, cwd=base, env=variables))
    assert list(venv.rglob("templates/**/*.pyc"))
    return pythons


@EACH
@pytest.mark.check("wheel, sdist, editable")
def test_every_installation_generates_the_same(
    framework: str, neutral: dict[str, str], installed: dict[str, Path], tmp_path: Path
) -> None:
    """A wheel, one that pip compiled, an sdist's and an editable install do the same."""
    ours = by_command_line(framework, tmp_path / "ours", neutral, sys.executable)
    for way, python in installed.items():
        theirs = by_command_line(framework, tmp_path / way, neutral, str(python))

        assert tree(theirs, framework) == tree(ours, framework), way
