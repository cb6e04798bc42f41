"""The starters stay small, and the script that counts them counts right."""

import runpy
from pathlib import Path

import pytest

sizes = runpy.run_path(str(Path(__file__).resolve().parent.parent / "scripts/sizes.py"))

FILES = {
    "p/__init__.py": '"""A package."""\n',
    "p/books/views.py": (
        '"""Pages."""\n\nfrom a import (\n    b,\n    c,\n)\n\n\ndef show() -> None:\n'
        '    """Show.\n\n    It.\n    """\n    # why\n    import d\n\n    print(b, c, d)\n'
    ),
    "p/books/migrations/0001.py": "x = 1\n\ny = 2\n",
    "migrations/env.py": "z = 3\n",
    "p/templates/list.html": "<p>\n\n</p>\n",
    "tests/test_books.py": "def test() -> None:\n    assert True\n",
    "gunicorn.conf.py": "threads = 8\n",
    "README.md": "# P\n",
}


def test_counts_each_line_once_and_no_blank_one() -> None:
    """What is blank, or no part of the package, is not counted with the application."""
    found = sizes["count"](FILES, title="P", package="p", budget=10, aim=9)

    assert found.application == 1 + 12
    assert found.imports == 4 + 1
    assert found.docstrings == 1 + 1 + 3
    assert found.code == 3
    assert found.migrations == 3
    assert found.pages == 2
    assert found.tests == 2


@pytest.mark.parametrize("framework", sizes["frameworks"]())
def test_an_application_keeps_to_its_budget(framework: str) -> None:
    """One reader takes in the whole starter, and the smallest one at once."""
    found = sizes["load"](framework)
    *_, minimal = found.less

    assert found.application <= found.budget
    assert minimal <= found.minimal_budget
