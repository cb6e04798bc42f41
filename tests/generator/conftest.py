"""A made-up framework to generate with, and a user whose own settings do not matter."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from scaffold import cli

from .starter import write_starter

# How long an example takes says more about the machine than about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@dataclass(frozen=True)
class Result:
    """What a run of the command line said, and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the made-up framework in it."""
    folder = tmp_path_factory.mktemp("templates")
    write_starter(folder)
    return folder


@pytest.fixture(autouse=True)
def user(
    tmp_path_factory: pytest.TempPathFactory,
    templates: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Be a user without settings, whose frameworks are the made-up one."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "SCAFFOLD_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (home / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.com\n")
    return home


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, and be in it."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line in this process."""

    def run(*arguments: str) -> Result:
        code = cli.run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have uv at hand, wherever the tests run."""
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/uv")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return every path under a folder with its bytes, and None for what is no file."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
    }


def interrupted(
    command: str, project: Path, number: signal.Signals, *, pipe: Path, within: float
) -> None:
    """Interrupt a command once a program of the project holds a pipe; it must end that, too."""
    arguments = [sys.executable, "-m", "scaffold", command, str(project)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        held = os.open(pipe, os.O_RDONLY)  # Waits for the program to begin.
        process.send_signal(number)
        assert process.communicate(timeout=within)[0] == b""

    assert process.returncode == 128 + number
    os.set_blocking(held, False)
    assert os.read(held, 1) == b""  # Nobody has it open any more.
    os.close(held)
