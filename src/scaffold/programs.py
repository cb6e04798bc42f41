"""Programs that are run, and that nothing of stays behind when their time is over."""

import contextlib
import os
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scaffold.interrupts import due, held

PATIENCE = 5  # Seconds for a program to put its locks away when it is told to end.


def binaries(project: Path) -> Path:
    """Return where the programs of a project's environment are, if that is made."""
    base = str(project / ".venv")
    return Path(sysconfig.get_path("scripts", "venv", {"base": base, "platbase": base}))


def variables(project: Path) -> dict[str, str]:
    """Return the variables with which programs run in a project's environment."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"PYTHONHOME", "PYTHONPATH"}
    }
    paths = [str(binaries(project)), os.environ.get("PATH", os.defpath)]
    return kept | {
        "PATH": os.pathsep.join(paths),
        "VIRTUAL_ENV": str(project / ".venv"),
    }


def run(
    command: Sequence[str],
    *,
    cwd: Path | None,
    environment: Mapping[str, str],
    timeout: float,
    typed: str | None = None,
) -> tuple[int, str, str]:
    """Run a program to its end, which a signal makes come sooner.

    Args:
        command: The program and its arguments.
        cwd: Where to run it; None is where we are.
        environment: All its variables.
        timeout: Seconds until it must have ended.
        typed: What it reads from standard input; None is nothing.

    Returns:
        Its exit code, what it printed, and what it said of errors.

    Raises:
        OSError: It cannot be run.
        subprocess.TimeoutExpired: It took too long, or a signal came.
    """
    # Signals wait, so that the program has ended before anything is cleaned up.
    with held(), started(command, cwd, environment, typed is not None) as process:
        since = time.monotonic()
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                out, errors = process.communicate(typed, timeout=0.2)
                return process.returncode, out, errors
            typed = None  # It has been given.
            if due() or time.monotonic() - since > timeout:
                raise subprocess.TimeoutExpired(command, timeout)


@contextlib.contextmanager
def started(
    command: Sequence[str],
    cwd: Path | None,
    environment: Mapping[str, str],
    reads: bool = False,
) -> Iterator["subprocess.Popen[str]"]:
    """Run a program while a block runs, at whose end it has ended too."""
    process = subprocess.Popen(  # noqa: S603 -- callers fix the program
        command,
        cwd=cwd,
        env=dict(environment),
        stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
        start_new_session=True,  # So that what it has started can be ended with it.
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                end(process)
            _tell(process, "SIGKILL")  # What it has started, and left behind.


def end(process: "subprocess.Popen[str]") -> None:
    """End a program and what it has started, gently if it lets itself be ended so."""
    _tell(process, "SIGTERM")
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _tell(process, "SIGKILL")
        process.communicate()


def _tell(process: "subprocess.Popen[str]", name: str) -> None:
    """Send a signal to a program and its children; Windows knows neither."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, getattr(signal, name))
    else:
        process.kill()
