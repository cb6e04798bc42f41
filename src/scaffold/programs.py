"""Programs that are run to their end, and that nothing of stays behind if they are not."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scaffold.interrupts import due, held

PATIENCE = 5  # Seconds for a program to put its locks away when it is told to end.


def run(
    command: Sequence[str],
    *,
    cwd: Path | None,
    environment: Mapping[str, str],
    timeout: float,
) -> tuple[int, str, str]:
    """Run a program to its end, which a signal makes come sooner.

    Returns:
        Its exit code, what it printed, and what it said of errors.

    Raises:
        OSError: It cannot be run.
        subprocess.TimeoutExpired: It took too long, or a signal came.
    """
    # Signals wait, so that the program has ended before anything is cleaned up.
    with (
        held(),
        subprocess.Popen(  # noqa: S603 -- callers fix the program
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            start_new_session=True,  # So that what it has started can be ended with it.
        ) as process,
    ):
        started = time.monotonic()
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                out, errors = process.communicate(timeout=0.2)
                return process.returncode, out, errors
            if due() or time.monotonic() - started > timeout:
                end(process)
                raise subprocess.TimeoutExpired(command, timeout)


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
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, getattr(signal, name))
    else:
        process.kill()
