"""Every starter, once: the default project passes its own suite in a real environment.

The suites run in the background from the moment the tests are collected, so that they take
little time of their own; see `harness/suites.py`.
"""

import time
from pathlib import Path

import pytest
from harness.projects import FRAMEWORKS

PATIENCE = 600  # Seconds; without a warm cache of packages, most of it is downloading.


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_default_project_passes_its_own_suite(
    framework: str, suites: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `scaffold FRAMEWORK NAME` writes is green from the first minute."""
    said = ""
    deadline = time.monotonic() + PATIENCE
    while not (suites / f"{framework}.code").exists():
        assert time.monotonic() < deadline, f"still {said} it"
        doing = suites / f"{framework}.doing"
        now = doing.read_text() if doing.exists() else "waiting for"
        if now != said:
            said = now
            with capsys.disabled():
                print(f"\n{said} the {framework} starter … ", end="", flush=True)
        time.sleep(0.2)
    log = (suites / f"{framework}.log").read_text()

    assert (suites / f"{framework}.code").read_text() == "0", log
    assert " passed" in log
