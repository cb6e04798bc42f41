"""scripts/sync.py: shared files and each `cookiecutter.json` stay in step."""

import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scaffold.errors import TemplateError
from scaffold.fields import check_types, expand
from scaffold.frameworks import framework_names, load_framework
from scaffold.kinds import TYPES
from scaffold.render import complete
from scaffold.resources import DEFAULT_RESOURCE, REF, parse_resource
from scaffold.version import VERSION

from .starter import FIELDS, PROJECT, RELATED, write_starter

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


DECLARED = """\
author = "Zoë"
_shared = ["base"]
__adding = ["{= cookiecutter.__commands.run =}"]

[__commands]
run = "python -m {= cookiecutter.__package =}"
"""
COMMON = """\
project_name = "My Project"
author = "Ada"
__package = "{= cookiecutter.project_name | lower =}"

[_jinja2_env_vars]
variable_start_string = "{="
variable_end_string = "=}"
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return templates with one shared file, which no framework has yet."""
    templates = tmp_path / "templates"
    file = templates / "_shared/base" / PROJECT / "bin/start"
    file.parent.mkdir(parents=True)
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    framework = write_starter(templates)
    (framework / "cookiecutter.json").unlink()
    (framework / "framework.toml").write_text(DECLARED, encoding="utf-8")
    (framework / "reserved.json").write_text('{"packages": ["paste"]}')
    (templates / "_shared/settings.toml").write_text(COMMON)
    return templates


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
    assert settings["_reserved"] == {"packages": ["paste"]}
    assert settings["_version"] == VERSION


def test_the_declared_and_the_computed_stand_in_the_order_they_need(
    sync: Sync, shared: Path, folder: Path
) -> None:
    sync([], templates=shared)
    framework = load_framework(shared, "bottle")
    values = complete(framework, {"project_name": "Wine"})

    assert values["author"] == "Zoë"
    assert values["__adding"] == ["python -m wine"]


@pytest.mark.parametrize("change", ["text", "mode", "resource"])
def test_finds_every_kind_of_drift(sync: Sync, shared: Path, change: str) -> None:
    sync([], templates=shared)
    if change == "text":
        (shared / "bottle" / PROJECT / "bin/start").write_text("#!/bin/bash\n")
    elif change == "mode":
        (shared / "bottle" / PROJECT / "bin/start").chmod(0o644)
    else:
        (shared / "bottle/types.toml").write_text(FIELDS.replace('"str', '"Any', 1))

    assert sync(["--check"], templates=shared) == 1
    assert sync([], templates=shared) == 0
    assert sync(["--check"], templates=shared) == 0


def test_leaves_alone_what_is_not_its_own(sync: Sync, shared: Path) -> None:
    (shared / "_notes").mkdir()
    own = shared / "bottle" / PROJECT / "README.md"
    before = own.read_text()

    assert sync([], templates=shared) == 0
    assert own.read_text() == before
    assert list((shared / "_notes").iterdir()) == []


def test_a_group_that_is_not_there_is_told(sync: Sync, shared: Path) -> None:
    (shared / "bottle/framework.toml").write_text('_shared = ["nope"]\n')

    with pytest.raises(SystemExit, match='lists the group "nope"'):
        sync([], templates=shared)


def test_a_folder_that_is_no_framework_is_told(sync: Sync, shared: Path) -> None:
    (shared / "unfinished").mkdir()

    with pytest.raises(SystemExit, match=r"unfinished is no framework, as it has no f"):
        sync(["--check"], templates=shared)


def test_a_type_without_a_table_is_told(sync: Sync, shared: Path) -> None:
    (shared / "bottle/types.toml").write_text("[all]\n[str]\n[text]\n[bool]\n")

    with pytest.raises(TemplateError) as error:
        sync(["--check"], templates=shared)
    assert error.value.message.endswith(
        "bottle/types.toml has no table for the type int"
    )
    assert error.value.help == "add [int] with the keys of the other types"


def test_every_framework_has_a_table_for_every_type() -> None:
    for name in framework_names(ROOT / "templates"):
        framework = load_framework(ROOT / "templates", name)
        types = [*TYPES, REF] if framework.relations else TYPES
        check_types(framework.types, framework.path, only=types)


def parts(value: Any, path: str = "") -> Iterator[str]:
    """Yield the keys in a value, with those that they are under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from parts(inner)


# What the generator itself reads.
OWN = {
    *("_framework", "_name", "_version", "_reserved", "_shared", "_secrets", "_tidy"),
    *("_relations", "_presets"),
    *(
        "_new_lines",
        "_jinja2_env_vars",
        "__prompts__",
        "_resource",
        "imports",
        "fields",
    ),
    *("title", "known_for", "hired_for", "packages", "resources", "type"),
}


def test_every_key_is_used_by_some_template() -> None:
    # What several resources are to each other, the made-up framework shows.
    texts, found = [*RELATED.values()], set()
    for name in framework_names(ROOT / "templates"):
        framework = load_framework(ROOT / "templates", name)
        texts += [source.decode(errors="replace") for _, source in framework.files]
        texts += [path for path, _ in framework.files]
        texts.append((framework.path / "types.toml").read_text(encoding="utf-8"))
        computed = {
            key: v
            for key, v in framework.settings.items()
            if key[:2] == "__" or key[0] != "_"
        }
        texts.append(json.dumps(computed))
        found |= {*framework.settings, *parts(framework.settings["_resource"])}
    used = set(re.findall(r"\w+", "\n".join(texts)))

    assert found - used - OWN == set()


@pytest.mark.parametrize("name", framework_names(ROOT / "templates"))
def test_plain_cookiecutter_computes_the_same(name: str) -> None:
    from cookiecutter.prompt import prompt_for_config

    framework = load_framework(ROOT / "templates", name)
    settings = json.loads(json.dumps(framework.settings))

    computed = complete(framework, {})
    assert prompt_for_config({"cookiecutter": settings}, no_input=True) == computed


def test_every_key_is_documented() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in framework_names(ROOT / "templates"):
        for key in load_framework(ROOT / "templates", name).settings:
            assert f"`{key}`" in text, key
