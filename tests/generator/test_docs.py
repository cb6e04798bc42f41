"""The documentation says what the code does."""

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from scaffold import errors
from scaffold.cli.create import framework_command
from scaffold.frameworks import load_frameworks
from scaffold.kinds import TYPES
from scaffold.relations import parse_resources
from scaffold.resources import (
    DEFAULT_RESOURCE,
    MODIFIERS,
    REF_MODIFIERS,
    parse_resource,
)

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def first_cells(text: str) -> list[str]:
    """Return the names in the first column of every table."""
    cells = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall("`([^` ]+)[^`]*`", cell)]


def test_every_type_and_modifier_is_documented() -> None:
    text = (DOCS / "resources.md").read_text(encoding="utf-8")
    names = [name.partition(":")[0] for name in first_cells(text)]

    assert names == [*TYPES, *MODIFIERS, "post", "writer", *3 * [""]]
    assert all(f"`:{modifier}`" in text for modifier in REF_MODIFIERS)
    assert f"    {DEFAULT_RESOURCE}\n" in text


def test_every_example_of_a_resource_is_good() -> None:
    for document in DOCS.glob("*.md"):
        text = document.read_text(encoding="utf-8")
        for example in re.findall(r'(?:--resource |resource=)"([^"]+)"', text):
            assert parse_resource(example)


def test_every_example_of_several_resources_is_good() -> None:
    lines = (DOCS / "resources.md").read_text(encoding="utf-8").splitlines()
    examples = [re.findall('-r "([^"]+)"', line) for line in lines]
    several = [texts for texts in examples if texts]

    assert len(several) == 4
    assert all(parse_resources(texts) for texts in several)


def test_every_option_is_documented() -> None:
    options = {
        name
        for framework in load_frameworks(ROOT / "templates")
        for option in framework_command(framework).params
        if isinstance(option, click.Option)
        for name in [*option.opts, *option.secondary_opts]
    }
    documented = first_cells((DOCS / "cli.md").read_text(encoding="utf-8"))

    assert sorted({*documented} - {"-h", "--help"}) == sorted(options)


def test_defaults_are_documented() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    rows = [re.split(r"(?<!\\)\|", row) for row in re.findall("^\\| `--.*", text, re.M)]
    said = {
        row[1].strip("` ").split("`")[0].split()[0]: row[3].strip("` ") for row in rows
    }
    for framework in load_frameworks(ROOT / "templates"):
        for option in framework.options:
            flags = {True: option.flag, False: f"--no-{option.flag[2:]}"}
            expected = (
                flags[option.default]
                if isinstance(option.default, bool)
                else option.default
            )
            assert said[option.flag] == expected


@pytest.mark.parametrize("name", ["NameRefusedError", "TargetError", "TemplateError"])
def test_every_error_is_documented(name: str) -> None:
    assert f"`{name}`" in (DOCS / "api.md").read_text(encoding="utf-8")
    assert issubclass(getattr(errors, name), errors.ScaffoldError)


def test_the_json_in_the_documentation_has_the_keys_of_the_real_one() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    block = text[text.index("    {\n") : text.index("    }\n") + 6]
    shown = json.loads(block.replace(", …", ""))

    assert list(shown) == ["framework", "name", "package", "path", "files", "next"]
    assert list(shown["files"][0]) == ["path", "sha256", "mode", "secret"]
    assert list(shown["next"][0]) == ["what", "commands"]


def test_the_picture_of_the_house_is_what_the_code_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    house = text.partition("## The house\n")[2].partition("\n- ")[0]
    floors = re.findall(r"^    (\w+(?: \| \w+)*)", house, re.MULTILINE)
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]
    layers, inside, only_engine = linter["contracts"]
    modules = {
        path.stem
        for path in (ROOT / "src/scaffold").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    } - {"__init__"}

    assert floors == layers["layers"]
    assert {name for floor in floors for name in floor.split(" | ")} == modules
    for floor in inside["layers"]:
        assert f"`{' | '.join(f'cli.{name}' for name in floor.split(' | '))}`" in house
    others = {f"scaffold.{name}" for name in modules - {"engine"}}
    assert {*only_engine["source_modules"]} == others


def test_what_agents_are_told_is_there() -> None:
    """Every path in AGENTS.md exists, every script and tool too, in 40 lines at most."""
    text = (ROOT / "AGENTS.md").read_text(encoding="utf-8")
    names = {name for name in re.findall(r"`([^`\n]+)`", text) if "/" in name}
    paths = {name for name in names if " " not in name}
    commands = re.findall(r"^    (\S.*?)(?:  +#.*)?$", text, re.MULTILINE)
    commands += re.findall(r"`(uv run [^`]+)`", text)

    assert len(text.splitlines()) <= 40
    assert {"docs/contract.md", "scripts/sync.py"} < paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
    tools = {"pytest", "ruff", "mypy", "lint-imports"}
    found = set()
    for command in commands:
        word = command.removeprefix("uv run ").split()[0]
        found.add(word)
        assert word in tools or (ROOT / word).is_file(), command
    assert tools < found
