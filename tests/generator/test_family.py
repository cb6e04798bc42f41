"""The four starters are one app: the same names for the same tests, in the same files."""

import ast
import tomllib
from pathlib import Path, PurePosixPath

import pytest

from scaffold import Project, generate
from scaffold.frameworks import load_frameworks

HERE = Path(__file__).parent
FRAMEWORKS = sorted(
    file.parent.name for file in HERE.parents[1].glob("templates/*/cookiecutter.json")
)
RELATING = [
    framework.name
    for framework in load_frameworks(HERE.parents[1] / "templates")
    if framework.relations
]
FAMILY = tomllib.loads((HERE / "family.toml").read_text(encoding="utf-8"))

# Where every test applies: something is unique, something optional, something a choice.
RESOURCE = (
    "book title:str:unique author:str summary:text:optional state:choice:new,used"
)
BLOG = ("post title:str body:text", "comment body:text post:ref")


@pytest.fixture(scope="module", params=FRAMEWORKS)
def project(request: pytest.FixtureRequest) -> Project:
    """Return the files of each framework's project in turn; nothing is written."""
    return generate(request.param, "My Project", resource=RESOURCE, dry_run=True)


@pytest.fixture(scope="module", params=RELATING)
def related(request: pytest.FixtureRequest) -> Project:
    """Return the same of each that takes several resources, of which one refers."""
    return generate(request.param, "My Project", resource=BLOG, dry_run=True)


def source(project: Project, path: str) -> ast.Module:
    """Return a file of a project, parsed."""
    file = next((file for file in project.files if file.path == path), None)
    assert file is not None, f"{project.title} has no {path}"
    return ast.parse(file.content)


def functions(project: Project, path: str) -> set[str]:
    """Return what a file's functions are called."""
    nodes = ast.walk(source(project, path))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_names_say_the_same_everywhere(project: Project) -> None:
    """What one framework's tests are called, the others' are called too."""
    lacking = FAMILY["lacking"].get(project.framework, {})
    missing = []
    found: set[str] = set()
    for file, names in FAMILY["tests"].items():
        path = "tests/" + file.format(plural="books")
        here = functions(project, path)
        found |= here
        missing += [
            f"{path}::{name}" for name in names if name not in here | lacking.keys()
        ]

    assert missing == []
    assert found & lacking.keys() == set(), "they are there now"


def test_related_entries_are_tested_alike(related: Project) -> None:
    """A learner finds the same relations in each, the number of queries among them."""
    missing = {
        file: set(names) - functions(related, f"tests/{file}")
        for file, names in FAMILY["related"].items()
    }

    assert not any(missing.values()), missing


def test_texts_say_the_same_everywhere(project: Project) -> None:
    """What one app tells its users, its clients and its log, the others tell too."""
    texts = FAMILY["texts"]
    lacking = texts["lacking"].get(project.framework, {})
    written = "".join(
        file.content.decode()
        for file in project.files
        if file.path.startswith(f"{project.package}/")
        and file.path.endswith((".py", ".html"))
    )
    found = {text for text in texts["everywhere"] if text in written}

    assert sorted({*texts["everywhere"]} - found) == sorted(lacking)


def test_the_package_has_the_same_files(project: Project) -> None:
    """A reader of one starter finds their way in the next."""
    files = FAMILY["files"]
    own = files["own"].get(project.framework, {})
    lacking = files["lacking"].get(project.framework, {})
    expected = {*files["everywhere"], *own} - lacking.keys()
    found = {
        str(path.relative_to(project.package)).replace("books", "{plural}")
        for path in map(PurePosixPath, (file.path for file in project.files))
        if path.parts[0] == project.package
        and path.suffix == ".py"
        and path.name != "__init__.py"
        and "migrations" not in path.parts
    }

    assert sorted(found) == sorted(expected)


def test_conftest_holds_fixtures(project: Project) -> None:
    """What the tests call themselves has a module, which they import by name."""
    body = source(project, "tests/conftest.py").body
    classes = [node.name for node in body if isinstance(node, ast.ClassDef)]
    importing = [
        file.path
        for file in project.files
        if file.path.startswith("tests/") and b"conftest import" in file.content
    ]

    assert classes + importing == []
