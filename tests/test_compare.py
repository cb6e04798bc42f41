"""The script that lays the frameworks side by side takes whole definitions, and only those."""

import runpy
from pathlib import Path

import pytest

compare = runpy.run_path(
    str(Path(__file__).resolve().parent.parent / "scripts/compare.py")
)

SOURCE = '''\
"""A module."""

LIMIT = 20
size: int = 3


# Why it is so.
@route("/")
@cached
def show(
    id: int,
) -> str:
    """Show it."""
    return "it"


class Book:
    title: str

    @property
    def label(self) -> str:
        return self.title
'''


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("LIMIT", "LIMIT = 20", "LIMIT = 20"),
        ("size", "size: int = 3", "size: int = 3"),
        ("show", "# Why it is so.", '    return "it"'),
        ("LIMIT..show", "LIMIT = 20", '    return "it"'),
        ("Book", "class Book:", "        return self.title"),
        ("Book.label", "@property", "    return self.title"),
    ],
)
def test_takes_a_definition_with_its_decorators_and_comments(
    name: str, first: str, last: str
) -> None:
    """It begins at the comment above, and ends where the code does."""
    lines = compare["definition"](SOURCE, name).splitlines()

    assert lines[0] == first
    assert lines[-1] == last


@pytest.mark.parametrize("name", ["hide", "Book.hide", "show.id", "LIMIT..x"])
def test_refuses_a_name_that_is_not_there(name: str) -> None:
    """A renamed function is noticed, not left out."""
    with pytest.raises(LookupError):
        compare["definition"](SOURCE, name)


def test_shows_each_task_for_each_framework() -> None:
    """The document has a section per task, and in it one per framework, with the code."""
    task = compare["Task"](note="One way.", code=["a.py::LIMIT", "b.ini"])
    frameworks = [
        compare["Framework"](
            title=title,
            tasks=dict.fromkeys(compare["TASKS"], task),
            files={"a.py": SOURCE, "b.ini": "[app]\n"},
        )
        for title in ("One", "Two")
    ]
    text = compare["document"](frameworks)

    assert text.count("\n## ") == len(compare["TASKS"]) + 5
    assert text.count("\n### Two\n\nOne way.\n") == len(compare["TASKS"])
    assert "\n`a.py`\n\n```python\nLIMIT = 20\n```\n" in text
    assert "\n`b.ini`\n\n```ini\n[app]\n```\n" in text


def test_shows_a_relation_where_a_framework_takes_several() -> None:
    """Its section has the code of another project, and only those that have one."""
    task = compare["Task"](note="One way.", code=["a.py::LIMIT, size", "b.html~post"])
    files = {"a.py": SOURCE, "b.html": "<p>post</p>\n<p>comment</p>\npost"}
    relation = dict.fromkeys(compare["RELATION"], task)
    one = compare["Framework"](title="One", tasks={}, files={})
    two = compare["replace"](one, title="Two", relation=relation, related=files)
    text = compare["relations"]([one, two])

    assert text.count("\n#### Two\n\nOne way.\n") == len(relation)
    assert "#### One" not in text
    assert "\n`a.py`\n\n```python\nLIMIT = 20\nsize: int = 3\n```\n" in text
    assert "\n`b.html`\n\n```html\n<p>post</p>\n…\npost\n```\n" in text


def test_refuses_a_text_that_is_not_there() -> None:
    """A renamed tag is noticed, too."""
    framework = compare["Framework"](title="One", tasks={}, files={"b.html": "post"})

    with pytest.raises(compare["CompareError"], match=r"One: b\.html~x: no such name"):
        compare["excerpt"](framework, "b.html~x", {})


def test_shows_where_the_frameworks_differ() -> None:
    """The last section has a row for each sentence that the contract leaves free."""
    free = compare["left_free"]()
    frameworks = [
        compare["Framework"](
            title=title, tasks={}, files={}, differs=dict.fromkeys(free, f"as {title}")
        )
        for title in ("One", "Two")
    ]
    lines = compare["differences"](frameworks).splitlines()

    assert "| id | left free | One | Two |" in lines
    for id_, what in free.items():
        assert f"| {id_} | {what} | as One | as Two |" in lines
    assert len(free) > 5


def test_names_a_file_that_is_not_there() -> None:
    """A moved file is an error that says where it was looked for."""
    framework = compare["Framework"](title="One", tasks={}, files={})

    with pytest.raises(compare["CompareError"], match=r"One: a\.py: .* no such file"):
        compare["excerpt"](framework, "a.py", {})


def test_shows_what_two_have_in_common_once() -> None:
    """The second of them is told to have the same, under whatever path."""
    task = compare["Task"](note="One way.", code=["a.py::LIMIT"])
    files = {"a.py": SOURCE}
    frameworks = [
        compare["Framework"](title=title, tasks={"route": task}, files=files)
        for title in ("One", "Two")
    ]
    text = compare["side_by_side"](frameworks, {"route": ("A route", "It.")}, level=2)

    assert text.count("LIMIT = 20") == 1
    assert text.endswith("### Two\n\nOne way.\n\n`a.py`: the same as One's above.\n")


def test_links_the_first_mention_of_a_word() -> None:
    """Code, headings, links and what only looks like the word stay as they are."""
    section = (
        "## View\n\nA `view`, [view](x) or preview: views, view.\n\n```\nview\n```\n"
    )

    assert compare["explained"](section, ["View", "Generic view"]) == (
        "## View\n\nA `view`, [view](x) or preview: [views](glossary.md#view), view.\n\n"
        "```\nview\n```\n"
    )
    assert compare["explained"]("Dependencies", ["Dependency"]) == (
        "[Dependencies](glossary.md#dependency)"
    )
    assert compare["explained"]("A generic view", ["View", "Generic view"]) == (
        "A [generic view](glossary.md#generic-view)"
    )


def test_every_word_of_the_glossary_is_in_order_and_explained() -> None:
    text = (Path(__file__).parents[1] / "docs/glossary.md").read_text("utf-8")
    titles = [part.partition("\n")[0] for part in text.split("\n## ")[1:]]

    assert len(titles) > 20
    assert titles == sorted(titles, key=str.lower)


def test_counts_each_file_of_an_application_once() -> None:
    files = {
        "my_project/books/models.py": "a\n\nb\n",
        "my_project/errors.py": "a\n",
        "my_project/deep/er.py": "a\n",
        "my_project/migrations/0001.py": "a\n",
        "tests/test_x.py": "a\n",
    }
    counted = compare["lines_by_concern"](files)

    assert {what: n for what, n in counted.items() if n} == {
        "the books: table": 2,
        "errors": 1,
        "start, database, routes, commands": 1,
    }


def test_names_a_step_that_is_not_there() -> None:
    step = {"what": "It goes in", "code": "a.py::hide"}
    framework = compare["Framework"](
        title="One", tasks={}, files={"a.py": SOURCE}, path=[step]
    )

    with pytest.raises(compare["CompareError"], match=r"One: a\.py::hide: no such"):
        compare["ways"]([framework])


def test_tells_packages_that_others_have_too_from_a_framework_s_own() -> None:
    files = {"pyproject.toml": '[project]\ndependencies = ["a>=1", "b[x]>=2,<3"]\n'}
    lists = [compare["packages"](files), ["a"]]

    assert lists[0] == ["a", "b"]
    assert [*compare["without_common"](lists)] == [["`b`"], []]
