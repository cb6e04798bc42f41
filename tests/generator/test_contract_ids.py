"""Each sentence of the contract is held by a test, or told where the starters differ."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"

# What cannot be seen from outside, or not all of it: the test of each generated suite that
# holds it.
INSIDE = {
    "OWN-3": "test_lists_take_a_constant_number_of_queries",
    "OWN-4": "test_entries_go_with_their_account",
    "REF-12": "test_lists_take_a_constant_number_of_queries",
    "ERR-10": "test_the_authors_own_errors_keep_their_text",
}


def levels() -> dict[str, str]:
    """The level of each id: `core` or `own`."""
    text = (ROOT / "docs/contract.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]+-\d+) \| (\w+) \|", text, re.MULTILINE)
    assert len(dict(rows)) == len(rows) > 50, "an id stands twice, or the table moved"
    return dict(rows)


def marked(node: ast.AST) -> set[str]:
    """The ids that a test's markers name."""
    return {
        str(word.value)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith("mark.contract")
        for word in call.args
        if isinstance(word, ast.Constant)
    }


@cache
def functions() -> list[tuple[Path, ast.FunctionDef]]:
    """Every test in `tests/`."""
    return [
        (path, node)
        for path in sorted(TESTS.rglob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def test_every_core_sentence_is_tested() -> None:
    found = {id_ for _, node in functions() for id_ in marked(node)}
    core = {id_ for id_, level in levels().items() if level == "core"}

    assert core - found - set(INSIDE) == set()
    assert set(INSIDE) <= core


def test_no_test_names_an_unknown_sentence() -> None:
    known = set(levels())
    unknown = {
        f"{path.name}::{node.name}": sorted(marked(node) - known)
        for path, node in functions()
        if not marked(node) <= known
    }

    assert unknown == {}
    assert set(levels().values()) == {"core", "own"}


def test_every_test_of_the_contract_names_its_sentences() -> None:
    silent = [
        f"{path.name}::{node.name}"
        for path, node in functions()
        if path.parent.name == "contract" and not marked(node)
    ]

    assert silent == []


@pytest.mark.parametrize("id_", INSIDE)
def test_every_generated_suite_holds_what_is_inside(id_: str) -> None:
    for settings in sorted((ROOT / "templates").glob("*/cookiecutter.json")):
        suites = settings.parent.glob("*/tests/*test_*.py*")
        texts = [suite.read_text(encoding="utf-8") for suite in suites]

        assert any(f"def {INSIDE[id_]}(" in text for text in texts), settings.parent


def test_what_is_left_to_the_frameworks_is_told() -> None:
    text = (ROOT / "docs/compare.md").read_text(encoding="utf-8")
    _, _, table = text.partition("## Where they differ\n")
    table, _, _ = table.partition("\n## ")
    rows = re.findall(r"^\| ([A-Z]+-\d+) \|(.+)\|$", table, re.MULTILINE)

    assert [id_ for id_, _ in rows] == [
        id_ for id_, level in levels().items() if level == "own"
    ]
    for id_, cells in rows:
        assert all(cell.strip() for cell in cells.split("|")), id_
