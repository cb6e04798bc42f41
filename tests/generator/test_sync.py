"""scripts/sync.py: shared files and default resources stay in step."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.fields import expand
from scaffold.resources import DEFAULT_RESOURCE, parse_resource

from .starter import PROJECT, write_starter

ROOT = Path(__file__).parents[2]
Sync = Callable[..., int]


@pytest.fixture(scope="module")
def sync() -> Sync:
    """Return the script's main function."""
    spec = importlib.util.spec_from_file_location("sync", ROOT / "scripts/sync.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Sync = module.main
    return main


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return templates with one shared file, which no framework has yet."""
    file = tmp_path / "templates/_shared/base" / PROJECT / "bin/start"
    file.parent.mkdir(parents=True)
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    write_starter(tmp_path / "templates", _shared=["base"], author="Zoë")
    return tmp_path / "templates"


def test_this_repository_is_in_step(sync: Sync) -> None:
    assert sync(["--check"]) == 0


def test_check_names_what_differs_and_changes_nothing(
    sync: Sync, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync(["--check"], templates=shared) == 1

    assert capsys.readouterr().err == (
        f"templates/bottle/{PROJECT}/bin/start differs\n"
        "templates/bottle/cookiecutter.json differs\n"
        "help: run `python scripts/sync.py`\n"
    )
    assert not (shared / "bottle" / PROJECT / "bin").exists()


def test_copies_shared_files_and_expands_the_default_resource(
    sync: Sync, shared: Path
) -> None:
    assert sync([], templates=shared) == 0
    assert sync(["--check"], templates=shared) == 0

    copy = shared / "bottle" / PROJECT / "bin/start"
    text = (shared / "bottle/cookiecutter.json").read_text(encoding="utf-8")
    settings = json.loads(text)
    assert copy.read_text() == "#!/bin/sh\n"
    assert copy.stat().st_mode & 0o100
    assert '\n  "author": "Zoë",\n' in text
    assert text.endswith("\n")
    expected = expand(parse_resource(DEFAULT_RESOURCE), {}, jinja={})
    assert settings["_resource"]["definition"] == expected["definition"]
    assert settings["_resource"]["fields"][0]["annotation"] == "str"


@pytest.mark.parametrize("change", ["text", "mode", "resource"])
def test_finds_every_kind_of_drift(sync: Sync, shared: Path, change: str) -> None:
    sync([], templates=shared)
    if change == "text":
        (shared / "bottle" / PROJECT / "bin/start").write_text("#!/bin/bash\n")
    elif change == "mode":
        (shared / "bottle" / PROJECT / "bin/start").chmod(0o644)
    else:
        (shared / "bottle/fields.toml").write_text('[all]\nannotation = "Any"\n')

    assert sync(["--check"], templates=shared) == 1
    assert sync([], templates=shared) == 0
    assert sync(["--check"], templates=shared) == 0


def test_leaves_alone_what_is_not_its_own(sync: Sync, shared: Path) -> None:
    (shared / "unfinished").mkdir()
    own = shared / "bottle" / PROJECT / "README.md"
    before = own.read_text()

    assert sync([], templates=shared) == 0
    assert own.read_text() == before
    assert list((shared / "unfinished").iterdir()) == []


def test_a_group_that_is_not_there_is_told(sync: Sync, tmp_path: Path) -> None:
    write_starter(tmp_path / "templates", _shared=["nope"])

    with pytest.raises(SystemExit, match='lists the group "nope"'):
        sync([], templates=tmp_path / "templates")
