"""Formatting: the default project comes out formatted, and ruff gets only what may not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scaffold import File, render
from scaffold.answers import Answers, parse_answers
from scaffold.errors import TemplateError
from scaffold.frameworks import Framework, framework_names, load_framework

from .starter import write_starter

REAL = Path(__file__).parents[2] / "templates"
LONGEST = render.TIDY_PACKAGE[-1]
EVERY_TYPE = (
    "sample name:str note:text count:int ratio:float price:decimal active:bool "
    "day:date opens:time moment:datetime link:url contact:email state:choice:new,as_new,used"
)


def rendered(
    framework: Framework, answers: Answers, *, tidy: bool | None
) -> dict[str, File]:
    values = render.template_values(framework, answers)
    files = render.render(framework, answers, values, tidy=tidy)
    return {file.path: file for file in files if not file.secret}


@pytest.fixture(params=framework_names(REAL))
def framework(request: pytest.FixtureRequest) -> Framework:
    return load_framework(REAL, request.param)


@pytest.mark.parametrize("name", ["a", "my_project", "s" * LONGEST])
def test_the_default_project_comes_out_formatted(
    framework: Framework, name: str
) -> None:
    """What is right for the shortest and the longest name is right for all between."""
    answers = parse_answers(framework, name=name)

    raw = rendered(framework, answers, tidy=False)
    assert framework.settings["_tidy"]
    assert raw == rendered(framework, answers, tidy=True)


@pytest.mark.parametrize("resource", ["note name:str", EVERY_TYPE], ids=["note", "all"])
def test_formats_all_that_needs_it(framework: Framework, resource: str) -> None:
    """The files that ruff is not given are the ones that it would not change."""
    answers = parse_answers(
        framework, name="wines", resource=resource, description='"Wines" ' * 20
    )

    usual = rendered(framework, answers, tidy=None)
    assert usual == rendered(framework, answers, tidy=True)


@pytest.fixture
def formatted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the files that ruff is given."""
    seen: list[str] = []
    tidy = render._tidy

    def noting(*arguments: Any) -> Iterator[File]:
        seen.extend(arguments[2])
        return tidy(*arguments)

    monkeypatch.setattr(render, "_tidy", noting)
    return seen


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("myproj", {}, ()),
        ("myproj", {"author": "Ada"}, ("__init__",)),
        ("myproj", {"database": "postgres"}, ("settings",)),
        ("myproj", {"resource": "wine name:str"}, ("__init__", "wines/models")),
        ("m" * (LONGEST + 1), {}, ("__init__", "settings", "books/models")),
        ("zoo", {}, ("__init__", "settings", "books/models")),
    ],
    ids=str,
)
def test_ruff_gets_what_differs_from_the_default(
    tmp_path: Path,
    formatted: list[str],
    name: str,
    given: dict[str, Any],
    expected: tuple[str, ...],
) -> None:
    write_starter(tmp_path, _tidy=True)
    bottle = load_framework(tmp_path, "bottle")
    rendered(bottle, parse_answers(bottle, name=name, **given), tidy=None)

    assert {*formatted} == {f"{name}/{path}.py" for path in expected}


def test_a_default_project_needs_no_ruff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ruff.find_ruff_bin", lambda: "/nonexistent/ruff")
    write_starter(tmp_path, _tidy=True)
    bottle = load_framework(tmp_path, "bottle")

    assert rendered(bottle, parse_answers(bottle, name="myproj"), tidy=None)
    with pytest.raises(TemplateError, match="ruff, which formats"):
        rendered(
            bottle,
            parse_answers(bottle, name="myproj", resource="wine name:str"),
            tidy=None,
        )
