"""Every framework's `_reserved` names all that its starter and its dependencies use today."""

import subprocess
import sys

import pytest
from harness.environments import Environment
from harness.projects import FRAMEWORKS, ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.check("reserved names")
def test_no_name_is_missing(framework: str, environment: Environment) -> None:
    """What `scripts/reserve.py` finds is refused: its dependencies move on without us."""
    command = [sys.executable, "scripts/reserve.py", "--check", framework]
    command += ["--environment", str(environment.path)]

    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
