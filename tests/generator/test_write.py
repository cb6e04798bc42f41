"""All or nothing: a project is complete or absent, whatever comes in between."""

import errno
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.errors import ScaffoldError, TargetError
from scaffold.output import File
from scaffold.project import generate
from scaffold.write import write as write_project
from scaffold.write import write_files

from .conftest import contents

PROJECT = (
    File("README.md", b"# Hello\n"),
    File("app/__init__.py", b""),
    File("app/books/models.py", b"x = 1\n"),
    File("run", b"#!/bin/sh\n", 0o755),
    File(".env", b"SECRET=1\n", 0o600, secret=True),
)
COMPLETE = {file.path: file.content for file in PROJECT}

# Runs the command, and sends itself a signal at an event of a kind, the nth time it comes.
CHILD = """
import os, signal, sys
from scaffold import cli

name, event, countdown = sys.argv[1], sys.argv[2], int(sys.argv[3])

def kill(seen, arguments):
    global countdown
    if seen == event and "scaffold/templates-" not in repr(arguments):  # The cache.
        countdown -= 1
        if countdown == 0:
            os.kill(os.getpid(), getattr(signal, name))

sys.addaudithook(kill)
sys.argv[1:] = ["bottle", "myproj"]
cli.main()
"""


def interrupt(name: str, event: str, count: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, name, event, str(count)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def write(target: Path) -> None:
    write_project(target, lambda stage: write_files(PROJECT, stage))


def files(folder: Path) -> dict[str, bytes | None]:
    return {path: data for path, data in contents(folder).items() if data is not None}


class Faults:
    """Raises an error at the nth change to the disk; audit hooks cannot be taken back."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.countdown = 0
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count down, where an event is a change to the disk."""
        changes = event in {"os.mkdir", "os.chmod", "os.rename"} or (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & os.O_CREAT
        )
        if self.error is None or not changes:
            return
        self.countdown -= 1
        if self.countdown == 0:
            error, self.error = self.error, None
            raise error


@pytest.fixture(scope="module")
def faults() -> Faults:
    return Faults()


def test_writes_everything_with_its_mode(folder: Path) -> None:
    write(folder / "myproj")

    assert files(folder / "myproj") == COMPLETE
    assert (folder / "myproj/run").stat().st_mode & 0o777 == 0o755
    assert (folder / "myproj/.env").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["myproj"]


MAKE: dict[str, Callable[[Path], object]] = {
    "a file": lambda path: path.write_text("mine"),
    "an empty folder": lambda path: path.mkdir(),
    "a folder": lambda path: (path / "mine").mkdir(parents=True),
    "a link": lambda path: path.symlink_to(path.parent),
    "a dangling link": lambda path: path.symlink_to("nowhere"),
    "a pipe": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
def test_refuses_a_target_that_exists(
    folder: Path, make: Callable[[Path], object]
) -> None:
    target = folder / "myproj"
    make(target)
    before = target.lstat()

    with pytest.raises(TargetError) as error:
        generate("bottle", "myproj")

    assert error.value.message == f'"{target}" exists already, and is left as it is'
    assert target.lstat() == before
    assert [path.name for path in folder.iterdir()] == ["myproj"]


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
def test_refuses_a_target_that_comes_into_being_meanwhile(
    folder: Path, make: Callable[[Path], object]
) -> None:
    target = folder / "myproj"

    def write_slowly(stage: Path) -> None:
        write_files(PROJECT, stage)
        make(target)

    with pytest.raises(TargetError, match="exists already"):
        write_project(target, write_slowly)

    assert os.path.lexists(target)
    assert [path.name for path in folder.iterdir()] == ["myproj"]


def test_refuses_when_another_wins_in_the_last_moment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "myproj"
    (target / "theirs").mkdir(parents=True)
    monkeypatch.setattr("scaffold.write.os.path.lexists", lambda _: False)

    with pytest.raises(TargetError, match="exists already"):
        write(target)

    assert contents(folder) == {"myproj": None, "myproj/theirs": None}


def test_refuses_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(TargetError) as error:
        generate("bottle", "myproj", output_dir="nowhere")

    assert error.value.message == f'there is no folder "{folder / "nowhere"}"'
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()]
)
def test_leaves_nothing_at_any_fault_and_a_rerun_works(
    folder: Path, faults: Faults, error: BaseException
) -> None:
    for number in itertools.count(1):
        target = folder / f"myproj-{number}"
        faults.error, faults.countdown = error, number
        try:
            write(target)
        except type(error):
            assert not target.exists()
            assert list(folder.glob(".*")) == []
            write(target)
            assert files(target) == COMPLETE
        else:
            break

    faults.error = None
    assert number > 10
    assert files(target) == COMPLETE


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_nothing_and_sets_the_exit_code(
    folder: Path, name: str
) -> None:
    done = interrupt(name, "os.rename", 1)

    assert done.returncode == 128 + getattr(signal, name)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("event", "count"),
    [
        ("os.scandir", 3),  # rendering
        ("tempfile.mkdtemp", 1),  # about to format
        ("subprocess.Popen", 2),  # formatting
        ("os.chmod", 8),  # writing
        ("subprocess.Popen", 5),  # making the repository
    ],
)
def test_a_signal_leaves_nothing_whenever_it_comes(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    event: str,
    count: int,
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    assert interrupt("SIGTERM", event, count).returncode == 128 + signal.SIGTERM
    assert list(folder.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_a_kill_leaves_no_project_and_a_rerun_works(folder: Path) -> None:
    assert interrupt("SIGKILL", "os.rename", 1).returncode == -signal.SIGKILL

    (stage,) = folder.iterdir()
    assert stage.name.startswith(".myproj-")
    assert (stage / ".env").stat().st_mode & 0o077 == 0
    assert generate("bottle", "myproj").path.is_dir()


def test_one_of_many_racing_runs_wins(folder: Path) -> None:
    command = [sys.executable, "-m", "scaffold", "bottle", "myproj", "-q", "--no-git"]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [run.communicate()[1].decode() for run in runs]

    assert sorted(run.returncode for run in runs) == [0, 1, 1]
    assert sum("exists already" in error for error in errors) == 2
    assert [path.name for path in folder.iterdir()] == ["myproj"]
    assert len(files(folder / "myproj")) == 7


def test_the_next_run_sweeps_a_stale_stage_of_its_own(folder: Path) -> None:
    hour_ago = time.time() - 3600
    stale, fresh, other = (
        folder / name
        for name in (
            ".myproj-0123456789abcdef",
            ".myproj-00000000000000ff",
            ".another-0123456789abcdef",
        )
    )
    for stage in (stale, fresh, other, folder / ".myproj-mine"):
        (stage / "sub").mkdir(parents=True)
        (stage / ".env").write_text("SECRET=1")
        if stage != fresh:
            os.utime(stage, (hour_ago, hour_ago))
    write(folder / "myproj")

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [fresh.name, other.name, ".myproj-mine", "myproj"]
    )


def test_a_stage_that_somebody_works_in_is_not_swept(folder: Path) -> None:
    seen = []

    def fill(stage: Path) -> None:
        os.utime(stage, (0, 0))
        command = [
            sys.executable,
            "-m",
            "scaffold",
            "bottle",
            "myproj",
            "-q",
            "--no-git",
        ]
        subprocess.run(command, check=True)
        seen.append(stage.exists())

    with pytest.raises(TargetError, match="exists already"):
        write_project(folder / "myproj", fill)
    assert seen == [True]


def test_a_handler_that_only_takes_note_ends_the_work_too(folder: Path) -> None:
    noted = []
    before = signal.signal(signal.SIGTERM, lambda number, _: noted.append(number))
    try:
        with pytest.raises(ScaffoldError, match="a signal came"):
            write_project(folder / "x", lambda _: signal.raise_signal(signal.SIGTERM))
    finally:
        signal.signal(signal.SIGTERM, before)

    assert noted == [signal.SIGTERM]
    assert list(folder.iterdir()) == []
