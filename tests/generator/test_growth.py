"""Twice the fields or files are twice the work; it is counted, as a clock depends on the machine."""

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from scaffold.answers import parse_answers
from scaffold.frameworks import framework_names, load_framework
from scaffold.render import render, template_values

from .starter import PACKAGE, write_starter

REAL = Path(__file__).parents[2] / "templates"


def calls(work: Callable[[], object]) -> int:
    """Count the functions that are called, Python's own too."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    work()  # Once before, so that everything is compiled.
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def rendering(templates: Path, framework: str, resource: str) -> Callable[[], object]:
    """Return what renders a project, but does not run ruff."""

    def work() -> None:
        chosen = load_framework(templates, framework)
        answers = parse_answers(chosen, name="x", resource=resource)
        render(chosen, answers, template_values(chosen, answers), tidy=False)

    return work


def assert_straight(counts: list[int]) -> None:
    """Check that each step adds as much as the first one, a tenth more or less."""
    first, *others = (b - a for a, b in pairwise(counts))

    assert first > 0
    assert all(0.9 * first <= step <= 1.1 * first for step in others), counts


@pytest.mark.parametrize("framework", framework_names(REAL))
def test_work_grows_with_the_fields(framework: str) -> None:
    numbers = (10, 30, 50)
    definitions = (
        "wine name:str " + " ".join(f"field_{n}:int" for n in range(1, number))
        for number in numbers
    )

    assert_straight([calls(rendering(REAL, framework, text)) for text in definitions])


def test_work_grows_with_the_files(tmp_path: Path) -> None:
    counts = []
    for number in (20, 40, 60, 80):
        files = {
            f"{PACKAGE}/part{n}.py": "P = '{= cookiecutter.__package =}'\n"
            for n in range(number)
        }
        write_starter(tmp_path / str(number), files=files)
        counts.append(
            calls(rendering(tmp_path / str(number), "bottle", "wine name:str"))
        )

    assert_straight(counts)
