"""Frameworks are folders: they are found, described and offered from their data alone."""

import ast
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from scaffold.errors import (
    ScaffoldError,
    TemplateError,
    UnknownFrameworkError,
    UsageError,
)
from scaffold.frameworks import (
    Framework,
    Option,
    find_templates,
    framework_names,
    load_framework,
    load_frameworks,
)

from .starter import NAME, PACKAGE, write_starter

ROOT = Path(__file__).parents[2]


def test_a_folder_with_settings_is_a_framework(tmp_path: Path) -> None:
    write_starter(tmp_path, name="zope")
    write_starter(tmp_path, name="aiohttp")
    write_starter(tmp_path, name="_shared")
    write_starter(tmp_path, name=".hidden")
    (tmp_path / "unfinished").mkdir()

    assert framework_names(tmp_path) == ["aiohttp", "zope"]


def test_a_framework_is_described_by_its_data(templates: Path) -> None:
    bottle = load_framework(templates, NAME)

    assert (bottle.name, bottle.title) == ("bottle", "Bottle")
    assert bottle.known_for == "One file and no dependencies"
    assert bottle.hired_for == "Small services, devices and prototypes"


def test_public_keys_are_options(templates: Path) -> None:
    assert load_framework(templates, NAME).options == (
        Option("database", "sqlite", ("sqlite", "postgres"), "Where the data is kept."),
        Option("docker", True, (), "Add a Dockerfile."),
        Option(
            "motto",
            "We keep {= cookiecutter._resource.label_plural =}.",
            (),
            "What it says on the door.",
        ),
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (Option("database", "sqlite", ("sqlite", "postgres")), "oracle"),
        (Option("database", "sqlite", ("sqlite", "postgres")), True),
        (Option("docker", True), "yes"),
        (Option("motto", ""), 3),
    ],
)
def test_an_option_refuses_what_it_cannot_be(option: Option, value: object) -> None:
    with pytest.raises(UsageError, match=option.flag):
        option.parse(value)


def test_a_text_option_is_refused_like_any_free_text() -> None:
    with pytest.raises(UsageError, match="the motto holds a line break"):
        Option("motto", "").parse("a\nb")


def test_an_option_cannot_take_the_name_of_one_that_every_framework_has(
    tmp_path: Path,
) -> None:
    write_starter(tmp_path, output_dir="x")

    with pytest.raises(TemplateError, match='"output_dir" is an option of the command'):
        load_framework(tmp_path, NAME).options  # noqa: B018 -- read for its error


@pytest.mark.parametrize(
    ("presets", "reason"),
    [
        ({"small": {"wheels": 4}}, "the preset small sets what is no option"),
        ({"docker": {"docker": False}}, "the preset docker sets what is no option"),
        ({"git": {"docker": False}}, "the preset git sets what is no option"),
        ({"small": {"docker": "no"}}, "--docker is on or off"),
    ],
)
def test_a_preset_sets_options(
    templates: Path, presets: dict[str, Any], reason: str
) -> None:
    known = load_framework(templates, "bottle")
    framework = Framework("bottle", known.path, {**known.settings, "_presets": presets})

    with pytest.raises(ScaffoldError, match=reason):
        _ = framework.presets


def test_an_unknown_preset_is_refused(templates: Path) -> None:
    framework = load_framework(templates, "bottle")

    with pytest.raises(UsageError, match='has no preset "tiny"'):
        framework.preset("tiny")


def test_its_own_files_are_names_that_nothing_else_may_have(templates: Path) -> None:
    bottle = load_framework(templates, NAME)

    assert bottle.reserved_names == {"bottle", "Paste-Deploy", "README", "run"}
    assert bottle.reserved_resources == {"plugin", "settings", "__init__"}
    assert bottle.reserved_fields == {"metadata_"}


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("Dockerfile", "Dockerfile"),
        ("{! if cookiecutter.docker !}compose.yaml{! endif !}", "compose"),
        ("{= 'wsgi.py' if cookiecutter.docker else '' =}", "wsgi"),
        ("{! if cookiecutter.docker !}one.py{! else !}one.txt{! endif !}", "one"),
    ],
)
def test_a_name_with_a_condition_is_taken_all_the_same(
    tmp_path: Path, path: str, stem: str
) -> None:
    write_starter(tmp_path, files={path: "", f"{PACKAGE}/{path}": ""})
    bottle = load_framework(tmp_path, NAME)

    assert stem in bottle.reserved_names
    assert stem in bottle.reserved_resources


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("botle", 'did you mean "bottle"?'),
        ("BOTTLE", 'did you mean "bottle"?'),
        ("rails", "choose from bottle; `scaffold list` tells more"),
        ("../bottle", 'did you mean "bottle"?'),
    ],
)
def test_an_unknown_framework_gets_the_nearest(
    templates: Path, name: str, help: str
) -> None:
    with pytest.raises(UnknownFrameworkError) as error:
        load_framework(templates, name)

    assert error.value.message == f'there is no framework called "{name}"'
    assert error.value.help == help


def test_broken_data_is_told_with_the_file(tmp_path: Path) -> None:
    framework = write_starter(tmp_path)
    (framework / "types.toml").write_text("[")
    with pytest.raises(TemplateError, match=r"types\.toml: "):
        load_framework(tmp_path, NAME).types  # noqa: B018 -- read for its error

    (framework / "cookiecutter.json").write_text("{")
    with pytest.raises(TemplateError, match=r"cookiecutter\.json: "):
        load_framework(tmp_path, NAME)


def test_a_folder_without_frameworks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="there is no framework in"):
        load_frameworks(tmp_path)


def test_the_templates_are_the_ones_that_the_user_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(tmp_path))
    assert find_templates() == tmp_path

    monkeypatch.delenv("SCAFFOLD_TEMPLATES")
    assert (find_templates() / "_shared").is_dir()


def test_no_code_knows_a_framework_by_name() -> None:
    names = set(framework_names(ROOT / "templates"))
    package = importlib.util.find_spec("scaffold")
    assert package is not None
    assert package.submodule_search_locations is not None
    sources = Path(package.submodule_search_locations[0]).glob("**/*.py")

    for source in sources:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        strings = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)
        }
        identifiers = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & (strings | identifiers), source.name
