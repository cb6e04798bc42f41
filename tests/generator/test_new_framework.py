"""scripts/new_framework.py: a fifth framework begins as a copy that works."""

import runpy
import shutil
from pathlib import Path

import pytest

from scaffold import generate
from scaffold.frameworks import framework_names, load_framework

ROOT = Path(__file__).parents[2]
new_framework = runpy.run_path(str(ROOT / "scripts/new_framework.py"))["main"]
sync = runpy.run_path(str(ROOT / "scripts/sync.py"))["main"]


@pytest.fixture
def like() -> str:
    return "flask"


@pytest.fixture
def copy(tmp_path: Path, like: str) -> Path:
    """Templates to be added to: those of one framework, and what is shared."""
    templates = tmp_path / "templates"
    for name in ("_shared", like):
        shutil.copytree(ROOT / "templates" / name, templates / name)
    return templates


@pytest.mark.parametrize("like", framework_names(ROOT / "templates"))
def test_a_fifth_framework_renders_at_once(
    copy: Path, folder: Path, like: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_framework(["bottle", "--like", like], templates=copy) == 0
    assert "pytest -m slow --framework bottle" in capsys.readouterr().out
    assert sync([], templates=copy) == 0

    bottle = load_framework(copy, "bottle")
    assert bottle.title == "Bottle"
    assert framework_names(copy)[0] == "bottle"
    made = generate("bottle", "wines", templates=copy, git=False)
    other = generate(like, "wines", templates=copy, dry_run=True, output_dir=copy)
    assert [file.path for file in made.files] == [file.path for file in other.files]
    pyproject = (made.path / "pyproject.toml").read_text()
    assert 'framework = "bottle"' in pyproject


@pytest.mark.parametrize(
    "arguments", [["flask"], ["Bottle"], ["../x"], ["x", "--like", "rails"]]
)
def test_refuses_what_it_cannot_begin(copy: Path, arguments: list[str]) -> None:
    before = sorted(copy.rglob("*"))

    assert new_framework(arguments, templates=copy) == 2
    assert sorted(copy.rglob("*")) == before
