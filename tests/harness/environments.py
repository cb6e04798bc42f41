"""Environments of generated projects, and commands run in them."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scaffold.frameworks import load_framework

from .projects import TEMPLATES, Project, bake

UV = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}")
TIMEOUT = 600
NEWER = ["3.12", "3.13", "3.14"]

# What a person's shell has and the tests' own environment has not.
KEPT = ("LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "CI")
KEPT_PREFIXES = ("UV_", "PIP_", "HTTP_", "HTTPS_", "NO_PROXY", "http_", "https_")


def clean_environment(**variables: str) -> dict[str, str]:
    """The variables of a plain shell, with these on top."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith(KEPT_PREFIXES)
    }
    kept["PATH"] = os.environ.get("PATH", os.defpath)
    kept["HOME"] = os.environ.get("HOME", "/")
    return kept | variables


def uv() -> str:
    """Where uv is: in the environment that runs these tests."""
    assert UV, "uv is in the dev group: install it"
    return UV


@dataclass(frozen=True, kw_only=True)
class Environment:
    """A virtual environment with a project's dependencies."""

    path: Path
    python: str

    def variables(self, project: Project, **variables: str) -> dict[str, str]:
        """The variables with which a project's commands run here."""
        binaries = self.path / "bin"
        path = f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        # First on the path, so before the project that the environment was made for.
        code = os.pathsep.join(filter(None, [variables.pop("PYTHONPATH", "")]))
        code = os.pathsep.join(filter(None, [code, str(project.path)]))
        return clean_environment(
            PATH=path,
            VIRTUAL_ENV=str(self.path),
            PYTHONPATH=code,
            PYTHONDONTWRITEBYTECODE="1",
            **variables,
        )

    def run(
        self, project: Project, command: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the project's commands in its folder; give what it said."""
        return run(
            ["sh", "-c", command],
            cwd=project.path,
            env=self.variables(project, **variables),
        )

    def check(self, project: Project, command: str, **variables: str) -> str:
        """Run a command that must succeed; give what it said."""
        return succeeded(self.run(project, command, **variables))

    def check_types(self, project: Project) -> None:
        """Run mypy; what it learns of the dependencies is kept for the next project.

        mypy takes a file of the same path, size and second for unchanged, and projects are made
        within a second: so the second follows from the content.
        """
        for path in project.path.rglob("*.py"):
            # From 2004 to 2038, as no archive takes what is before 1980.
            second = 2**30 + zlib.crc32(path.read_bytes()) % 2**30
            os.utime(path, (second, second))
        cache = self.path.with_name("mypy")
        with locked(cache):
            self.check(project, "mypy", MYPY_CACHE_DIR=str(cache))


def run(
    command: list[str], *, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with nothing to read from."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=dict(clean_environment() if env is None else env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


def succeeded(result: subprocess.CompletedProcess[str]) -> str:
    """Check the exit status; give the output."""
    said = result.stdout + result.stderr
    assert result.returncode == 0, f"{result.args} exited {result.returncode}:\n{said}"
    return said


def interpreters() -> dict[str, str]:
    """Where the newer Pythons are, by version: of pyenv (not its shims) or the system."""
    found = {}
    for version in NEWER:
        homes = Path.home().glob(f".pyenv/versions/{version}.*/bin/python3")
        candidates = [*map(str, sorted(homes, reverse=True))]
        candidates += filter(None, [shutil.which(f"python{version}")])
        for candidate in candidates:
            asked = subprocess.run(
                [candidate, "--version"], capture_output=True, text=True, check=False
            )
            if re.match(rf"Python {re.escape(version)}\.\d+$", asked.stdout.strip()):
                found[version] = candidate
                break
    return found


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one worker at a time do what follows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment_for(
    framework: str,
    base: Path,
    *,
    python: str = sys.executable,
    resolution: str = "highest",
    floor: str = "",
) -> Environment:
    """Build a framework's environment from its project's own `pyproject.toml`, once.

    All resources of a framework share it, and all options, so it has what the one needs that
    needs most; a project's own code is put before the code of the project that it was built
    for (`Environment.variables`). Only what it needs may differ by the oldest Python.
    """
    version = Path(python).resolve().name
    name = "-".join(filter(None, [framework, version, resolution, floor]))
    home = base / "environments" / name
    with locked(home):
        if not (home / "done").exists():
            shutil.rmtree(home, ignore_errors=True)
            known = {o.key for o in load_framework(TEMPLATES, framework).options}
            most = {"database": "postgres"} if "database" in known else {}
            most |= {"python": floor} if floor else {}
            project = bake(framework, "book", home / "project", **most)
            sync(project.path, home / "venv", python=python, resolution=resolution)
            (home / "done").touch()
    return Environment(path=home / "venv", python=version)


def own_environment(
    project: Project, home: Path, *, python: str = sys.executable
) -> Environment:
    """Build an environment with what this project says that it needs, and nothing else."""
    sync(project.path, home / "venv", python=python, compiled=False)
    return Environment(path=home / "venv", python=Path(python).resolve().name)


def sync(
    project: Path,
    venv: Path,
    *,
    python: str = sys.executable,
    resolution: str = "highest",
    compiled: bool = True,
) -> None:
    """Run `uv sync` in a project.

    What runs there writes no bytecode, so all is compiled once, unless it is used only once.
    """
    variables = clean_environment(
        UV_PROJECT_ENVIRONMENT=str(venv), UV_COMPILE_BYTECODE=str(int(compiled))
    )
    command = [uv(), "sync", "--quiet", "--python", python, "--resolution", resolution]
    succeeded(run(command, cwd=project, env=variables))
