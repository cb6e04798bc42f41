"""Every framework with every resource, or several: the project's own suite, lint, format and types."""

import json
from pathlib import Path

import pytest
from harness.environments import Environment
from harness.projects import RELATED, RESOURCES, Project, matrix

pytestmark = pytest.mark.slow


# The suites of the others would tell no more: they have the same types of fields.
SUITES = ("book", "all_types", "all_unique", "one_field", "awkward_names", *RELATED)


@matrix(*RESOURCES, *RELATED)
@pytest.mark.check("lint")
def test_lint_finds_nothing(project: Project, environment: Environment) -> None:
    """`ruff check` and `ruff format --check` find nothing."""
    environment.check(project, "ruff check --no-cache")
    environment.check(project, "ruff format --no-cache --check")


@matrix(*RESOURCES, *RELATED)
@pytest.mark.check("types")
def test_types_are_right(project: Project, environment: Environment) -> None:
    """Strict mypy finds nothing."""
    environment.check_types(project)


@matrix(*SUITES)
@pytest.mark.check("suite, 95 % of branches")
def test_suite_passes_and_covers(project: Project, environment: Environment) -> None:
    """The project's own suite passes, and reaches 95 % of the branches or more."""
    said = environment.check(project, "coverage run -m pytest -q -p no:cacheprovider")
    assert " passed" in said
    assert "skipped" not in said
    assert "warning" not in said.lower()

    report = environment.check(project, "coverage report")
    total = next(line for line in report.splitlines() if line.startswith("TOTAL"))
    assert float(total.split()[-1].rstrip("%")) >= 95
    assert "Branch" in report, "coverage of branches is off"


BACKWARDS = '''"""Runs the tests in the opposite order."""


def pytest_collection_modifyitems(items):
    items.reverse()
'''


@matrix("book")
@pytest.mark.check("suite, backwards")
def test_no_test_depends_on_another(
    project: Project, environment: Environment, tmp_path: Path
) -> None:
    """It passes in the opposite order, with other seeds, and no `.env` to lean on."""
    (tmp_path / "backwards.py").write_text(BACKWARDS)
    secret = project.path / ".env"
    kept = secret.rename(tmp_path / "kept")
    seeds = project.path / project.package / "books" / "seed.json"
    text = seeds.read_text("utf-8")
    seeds.write_text(json.dumps([json.loads(text)[0] | {"title": "Another"}]))
    try:
        environment.check(
            project,
            "pytest -q -p no:cacheprovider -p backwards",
            PYTHONPATH=str(tmp_path),
        )
    finally:
        kept.rename(secret)
        seeds.write_text(text, "utf-8")
    left = {path.name for path in project.path.glob("*.sqlite3*")}
    assert left == set(), "the suite wrote to the project's database"
