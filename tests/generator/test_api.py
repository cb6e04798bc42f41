"""The Python API: one function, which returns what it did and prints nothing."""

import dataclasses
from pathlib import Path

import pytest

from scaffold import File, Project, ScaffoldError, generate
from scaffold.errors import TargetError, UsageError

from .conftest import contents


def test_generates_and_returns_what_it_did(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = generate(
        "bottle",
        "Wine Cellar",
        resource="wine title:str year:int:optional",
        description="What is in the cellar.",
        author="Ada",
        email="ada@example.com",
        database="postgres",
        docker=False,
    )

    assert capfd.readouterr() == ("", "")
    assert (project.framework, project.title) == ("bottle", "Bottle")
    assert (project.name, project.package) == ("Wine Cellar", "wine_cellar")
    assert project.path == folder / "Wine-Cellar"
    assert project.keeps == "wines"
    assert project.commands["run"] == "python -m wine_cellar"
    assert {file.path: file.content for file in project.files} == {
        path: content
        for path, content in contents(project.path).items()
        if content is not None
    }


def test_a_dry_run_returns_the_same_and_writes_nothing(folder: Path) -> None:
    dry = generate("bottle", "myproj", dry_run=True)
    assert list(folder.iterdir()) == []

    real = generate("bottle", "myproj")

    assert [file.sha256 for file in dry.files] == [file.sha256 for file in real.files]
    assert dry.path == real.path


def test_uses_templates_and_output_folder_of_the_callers_choice(
    folder: Path, tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", "/nonexistent")
    project = generate(
        "bottle", "myproj", templates=str(templates), output_dir=tmp_path / "work"
    )

    assert project.path == tmp_path / "work/myproj"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colour": "red"}, 'Bottle has no option "colour"'),
        ({"database": "oracle"}, '--database cannot be "oracle"'),
        ({"docker": "yes"}, "--docker is on or off"),
    ],
)
def test_refuses_options_that_the_framework_has_not(
    folder: Path, options: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError) as error:
        generate("bottle", "myproj", **options)  # type: ignore[arg-type] # as a caller might

    assert error.value.message == message


def test_an_error_can_be_caught_and_speaks(folder: Path) -> None:
    (folder / "myproj").mkdir()

    with pytest.raises(ScaffoldError) as error:
        generate("bottle", "myproj")

    assert isinstance(error.value, TargetError)
    assert error.value.format_message().count("\n") == 1


def test_results_do_not_change(folder: Path) -> None:
    project = generate("bottle", "myproj", dry_run=True)

    with pytest.raises(dataclasses.FrozenInstanceError):
        project.name = "other"  # type: ignore[misc]
    assert isinstance(project, Project)
    assert all(isinstance(file, File) for file in project.files)
