"""Runs each starter's own suite, once and in a real environment, beside the fast tests.

A process of its own, which `tests/test_starters.py` waits for; what it does just now stands in
`doing` in its folder, and what came out in `FRAMEWORK.log` and `FRAMEWORK.code`.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # Not as a part of pytest, which finds the harness itself.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.environments import environment_for
from harness.projects import FRAMEWORKS, bake


def main(folder: Path) -> None:
    """Generate, install and test, one framework after the other."""
    for framework in FRAMEWORKS:

        def doing(what: str, framework: str = framework) -> None:
            (folder / "doing").write_text(f"{what} the {framework} starter")

        code, log = 1, ""
        try:
            doing("generating")
            project = bake(framework, "book", folder / framework)
            doing("installing what is needed by")
            environment = environment_for(framework, folder)
            doing("running the tests of")
            done = environment.run(project, "pytest -q -p no:cacheprovider")
            code, log = done.returncode, done.stdout + done.stderr
        except BaseException as error:
            log = f"{type(error).__name__}: {error}"
        finally:
            (folder / f"{framework}.log").write_text(log)
            (folder / f"{framework}.part").write_text(str(code))
            (folder / f"{framework}.part").rename(folder / f"{framework}.code")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
