"""Runs each starter's own suite, once and in a real environment, beside the fast tests.

A process of its own, which `tests/test_starters.py` waits for; what it does just now stands in
`FRAMEWORK.doing` in its folder, and what came out in `FRAMEWORK.log` and `FRAMEWORK.code`.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if __name__ == "__main__":  # Not as a part of pytest, which finds the harness itself.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.environments import Environment, sync
from harness.projects import FRAMEWORKS, bake

AT_ONCE = 2


def suite(framework: str, folder: Path) -> None:
    """Generate, install and test a starter."""

    def note(kind: str, text: str) -> None:
        part = folder / f"{framework}.part"
        part.write_text(text)
        part.rename(folder / f"{framework}.{kind}")

    code, log = 1, ""
    try:
        note("doing", "generating")
        project = bake(framework, "book", folder / framework)
        note("doing", "installing what is needed by")
        venv = folder / f"{framework}-venv"
        sync(project.path, venv, compiled=False)
        note("doing", "running the tests of")
        environment = Environment(path=venv, python=sys.executable)
        done = environment.run(project, "pytest -q -p no:cacheprovider")
        code, log = done.returncode, done.stdout + done.stderr
    except BaseException as error:
        log = f"{type(error).__name__}: {error}"
    finally:
        note("log", log)
        note("code", str(code))


def main(folder: Path) -> None:
    """Do so for all, a few at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(suite, name, folder) for name in FRAMEWORKS]:
            done.result()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
