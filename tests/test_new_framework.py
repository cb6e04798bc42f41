"""A fifth framework, begun as CONTRIBUTING says: it runs, and the contract names its faults."""

import runpy
import shutil
import sys
from pathlib import Path

import pytest
from harness.environments import clean_environment, run
from harness.projects import ROOT, Project
from harness.servers import app
from harness.workshop import Workshop

from scaffold import generate

pytestmark = pytest.mark.slow

# Faults that somebody who begins a framework may make: they break OPS-7 and PAGE-8.
FAULTS = [
    ("security.py", '"X-Frame-Options": "DENY"', '"X-Frame-Options": "ALLOW"'),
    ("base.html", 'role="status"', 'role="note"'),
]


def test_the_contract_names_what_a_new_framework_lacks(
    workshop: Workshop, tmp_path: Path
) -> None:
    """It renders and runs from the first minute; what it breaks is told by its id."""
    templates = Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))
    for script, arguments in (
        ("new_framework.py", ["bottle", "--like", "flask"]),
        ("sync.py", []),
    ):
        main = runpy.run_path(str(ROOT / "scripts" / script))["main"]
        assert main(arguments, templates=templates) == 0
    (package,) = templates.glob("bottle/{=cookiecutter.__folder=}/{=*__package=}")
    for name, right, wrong in FAULTS:
        # Its name may carry a condition.
        (file,) = (file for file in package.rglob("*") if name in file.name)
        text = file.read_text(encoding="utf-8")
        assert right in text
        file.write_text(text.replace(right, wrong), encoding="utf-8")
    made = generate(
        "bottle", "wines", templates=templates, output_dir=tmp_path, git=False
    )
    project = Project(
        framework="bottle",
        resource="book",
        path=made.path,
        package=made.package,
        commands=made.commands,
    )
    served = app(project, workshop.environment("flask"), tmp_path / "app")
    served.prepare()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:schemathesis"]
    command += [f"tests/contract/test_{name}.py" for name in ("operation", "forms")]
    with served.serve() as base_url:
        result = run(
            [*command, "--base-url", base_url], cwd=ROOT, env=clean_environment()
        )

    (told,) = (line for line in result.stdout.splitlines() if "not shown" in line)
    assert result.returncode == 1
    # Each test that looks for a message looks at the answer as PAGE-1 has it too.
    assert told == "not shown to hold: OPS-7, PAGE-1, PAGE-8", result.stdout
    assert " passed" in result.stdout
