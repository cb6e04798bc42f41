"""Interrupted at random moments, scaffold leaves a complete project or nothing at all."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

RUNS = int(os.environ.get("INTERRUPTIONS", "150"))
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
# Fields other than the default's, so that ruff runs too.
COMMAND = [sys.executable, "-m", "scaffold", "django", "wines", "-q", "-r"]
COMMAND += ["cellar name:str opened:date:optional"]


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a run in a folder, with a home and a place for temporary files of its own."""
    for name in ("work", "tmp"):
        (folder / name).mkdir(parents=True)
    identity = {
        f"GIT_{role}_{key}": "a@example.com"
        for role in ("AUTHOR", "COMMITTER")
        for key in ("NAME", "EMAIL")
    }
    return subprocess.Popen(
        COMMAND,
        cwd=folder / "work",
        env=os.environ | identity | {"TMPDIR": str(folder / "tmp")},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def interrupted(folder: Path, longest: float, seed: int) -> tuple[int, list[str]]:
    """Interrupt a run once or twice; return how it ended, and what is wrong with the rest."""
    chance = random.Random(seed)  # noqa: S311 -- moments, no secrets
    process = start(folder)
    everybody = (
        chance.random() < 0.5
    )  # As Ctrl-C in a terminal reaches git and ruff too.
    for _ in range(chance.choice([1, 1, 2])):
        time.sleep(chance.uniform(0, longest))
        number = chance.choice(SIGNALS)
        if process.poll() is None:
            if everybody:
                os.killpg(process.pid, number)
            else:
                process.send_signal(number)
    _, said = process.communicate(timeout=60)
    left = [path.name for path in (folder / "tmp").iterdir()]
    made = [path.name for path in (folder / "work").iterdir()]
    wrong = [f"left in the temporary folder: {name}" for name in left]
    wrong += [f"left: {name}" for name in made if name != "wines"]
    # Until __main__ is read, Ctrl-C is Python's own, which shows where it was.
    if b"Traceback" in said and b"/scaffold/cli/" in said:
        wrong.append(said.decode())
    if "wines" in made:
        git = ["git", "-C", str(folder / "work/wines"), "status", "--porcelain"]
        status = subprocess.run(git, capture_output=True, check=False)
        if status.returncode or status.stdout:
            wrong.append(f"incomplete: {status}")
    return process.returncode, wrong


def test_whenever_it_is_interrupted_nothing_is_left(tmp_path: Path) -> None:
    """Signals at random moments, of several kinds, to scaffold or to all it has started."""
    for name in ("warm", "usual"):
        began = time.monotonic()
        process = start(tmp_path / name)
        process.communicate()
        assert process.returncode == 0
    longest = time.monotonic() - began

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(
            pool.map(
                lambda number: interrupted(tmp_path / str(number), longest, number),
                range(RUNS),
            )
        )

    assert [wrong for _, faults in outcomes for wrong in faults] == []
    codes = {code for code, _ in outcomes}
    assert {128 + number for number in SIGNALS} <= codes, "too few came in time"
