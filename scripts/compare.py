"""Write docs/compare.md: the frameworks side by side, in code that was really generated.

    python scripts/compare.py            write it
    python scripts/compare.py --check    fail when it differs

What stands there is data: `templates/FRAMEWORK/compare.toml` has a table for each task, with a
note in one sentence and the code as `path` (a whole file) or `path::name` (a top-level function,
class or variable of a Python file, `Class.method`, or all from one name to another, `A..B`;
several with commas between), or `path~text` for the lines of a file that have a text.
Its table `relation` has the same for an app of two resources, where the framework takes several.
Its table `differs` says what the framework does where docs/contract.md leaves it free (`own`).
"""

import ast
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from keep import File, keep

from scaffold import generate
from scaffold.frameworks import load_framework

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "compare.md"
CONTRACT = ROOT / "docs" / "contract.md"
TEMPLATES = ROOT / "templates"

TASKS = {
    "route": ("A route", "The page that shows one book, or 404 when there is none."),
    "form": ("A form", "The page that adds a book: show the form, check it, save."),
    "query": (
        "A query",
        "The books that a search finds, newest first, a page at a time.",
    ),
    "api": ("An endpoint", "`POST /api/books`: check the JSON, save, answer 201."),
    "model": ("A model", "What a book is, to the database."),
    "migration": ("A migration", "The first one, which creates every table."),
    "settings": ("Settings", "Read from the environment, refused when unsafe."),
    "auth": ("Signing in", "Who is asking, and whether they may write."),
    "test": ("A test", "That a signed-in visitor can add a book."),
}

# What an app of two resources is shown for: these are `relation.model` and so on.
RESOURCES = ("post title:str body:text", "comment body:text post:ref")
RELATION = {
    "model": ("The foreign key", "A comment knows its post, and a post its comments."),
    "query": (
        "A list without a query for each entry",
        "The comments, and what each one's post is called.",
    ),
    "check": (
        "A parent that is not there",
        "A comment on a post that is not there is refused.",
    ),
    "keep": (
        "A parent with children",
        "A post with comments is not deleted; they are counted.",
    ),
    "form": ("A choice on a form", "The newest posts, to choose one from."),
    "register": ("One more resource", "Where the app is told of its comments."),
}

LANGUAGES = {
    ".html": "html",
    ".ini": "ini",
    ".jinja2": "html",
    ".mako": "mako",
    ".py": "python",
    ".toml": "toml",
}

PLACE = re.compile(r"(.*?)(?:::(.*?))?(?:~(.*))?")

HEAD = """\
# The frameworks side by side

The same app, written as each community would write it: below stands, task by task, the code of
`scaffold FRAMEWORK "My Project"`, word for word. `python scripts/compare.py` extracts it from real
output, so it cannot go stale. Why each library was chosen stands in [stacks.md](stacks.md).
"""


RELATED = """\

## A relation in four frameworks

The same, where one thing belongs to another: code of `scaffold FRAMEWORK "My Project"
-r "post title:str body:text" -r "comment body:text post:ref"`.

In Django, one line of the model is the relation, and the rest follows from it: the way back, the choice on a form, the
check of an id, the refusal to delete. The other three share SQLAlchemy, where each of these is a few lines that you
read and may change: the two sides are declared, a query says what it brings along, and a service checks and counts.
Among these three only the surroundings differ: FastAPI hands the session over as a dependency, Flask keeps it for the
request, and Pyramid ends its transaction with the request. All four have a list of what belongs to the app, where one
more resource is a line for its pages and one for its API; in Pyramid one does for both.
"""

DIFFERENCES = """\

## Where they differ

What [the contract](contract.md) leaves to the framework (`own`), and what each starter does: as its
framework does by itself, measured from outside.

"""


class CompareError(Exception):
    """A `compare.toml` is missing, incomplete, or asks for what is not there."""


@dataclass(frozen=True)
class Task:
    """What a framework shows for a task: one sentence, and the places of the code."""

    note: str
    code: list[str]


@dataclass(frozen=True)
class Framework:
    """A framework: its name for people, what it shows for each task, its project's files."""

    title: str
    tasks: dict[str, Task]
    files: dict[str, str]
    differs: dict[str, str] = field(default_factory=dict)
    relation: dict[str, Task] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)


def load(template: Path) -> Framework:
    """Read a template's data file, and generate its default project in memory."""
    data_file = template / "compare.toml"
    if not data_file.is_file():
        raise CompareError(f"{data_file} is missing")
    data = tomllib.loads(data_file.read_text(encoding="utf-8"))
    differs, relation = data.pop("differs", {}), data.pop("relation", {})
    wrong = sorted(
        (data.keys() ^ TASKS.keys())
        | (differs.keys() ^ left_free().keys())
        | (relation.keys() ^ (RELATION.keys() if takes_several(template) else set()))
    )
    if wrong:
        raise CompareError(f"{data_file}: missing or unknown: {', '.join(wrong)}")
    title, files = generated(template.name)
    return Framework(
        title=title,
        tasks={name: Task(**table) for name, table in data.items()},
        files=files,
        differs=differs,
        relation={name: Task(**table) for name, table in relation.items()},
        related=generated(template.name, *RESOURCES)[1] if relation else {},
    )


def takes_several(template: Path) -> bool:
    """Tell whether a framework's templates take several resources."""
    return load_framework(template.parent, template.name).relations


def generated(framework: str, *resources: str) -> tuple[str, dict[str, str]]:
    """Return a framework's title and the files of a project, made in memory."""
    project = generate(
        framework,
        "My Project",
        resource=resources or None,
        output_dir=ROOT,
        dry_run=True,
    )
    return project.title, {file.path: file.content.decode() for file in project.files}


def left_free() -> dict[str, str]:
    """Return what the contract leaves to the frameworks, by the sentence's id."""
    text = CONTRACT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]+-\d+) \| own \|(.+)\|$", text, re.MULTILINE)
    return {id_: cells.split("|")[-2].strip() for id_, cells in rows}  # before why


def document(frameworks: list[Framework]) -> str:
    """Return the whole of docs/compare.md."""
    tasks = side_by_side(frameworks, TASKS, level=2)
    return HEAD + tasks + relations(frameworks) + differences(frameworks)


def relations(frameworks: list[Framework]) -> str:
    """Return how two resources belong together, in the frameworks that take several."""
    several = [
        replace(each, tasks=each.relation, files=each.related)
        for each in frameworks
        if each.relation
    ]
    return RELATED + side_by_side(several, RELATION, level=3)


def side_by_side(
    frameworks: list[Framework], tasks: dict[str, tuple[str, str]], *, level: int
) -> str:
    """Return what each framework shows for each task, under headings of a level."""
    return "".join(
        f"\n{'#' * level} {title}\n\n{text}\n"
        + "".join(section(each, each.tasks[name], level + 1) for each in frameworks)
        for name, (title, text) in tasks.items()
    )


def differences(frameworks: list[Framework]) -> str:
    """Return the table of what each framework does where it is free."""
    titles = [framework.title for framework in frameworks]
    rows = [["id", "left free", *titles], ["---"] * (len(titles) + 2)]
    for id_, what in left_free().items():
        rows.append([id_, what, *(f.differs.get(id_, "") for f in frameworks)])
    return DIFFERENCES + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def section(framework: Framework, task: Task, level: int) -> str:
    """Return what one framework shows for one task."""
    blocks = "".join(excerpt(framework, place) for place in task.code)
    return f"\n{'#' * level} {framework.title}\n\n{task.note}\n{blocks}"


def excerpt(framework: Framework, place: str) -> str:
    """Return the code at a place, under the name of its file."""
    path, name, text = PLACE.fullmatch(place).groups("")  # type: ignore[union-attr]
    if path not in framework.files:
        raise CompareError(f"{framework.title}: {place}: the project has no such file")
    source = framework.files[path].strip("\n")
    try:
        if name:
            source = "\n".join(definition(source, each) for each in name.split(", "))
        if text:
            source = lines_with(source, text)
    except LookupError:
        raise CompareError(f"{framework.title}: {place}: no such name there") from None
    language = LANGUAGES.get(Path(path).suffix, "text")
    return f"\n`{path}`\n\n```{language}\n{source}\n```\n"


def lines_with(source: str, text: str) -> str:
    """Return the lines that have a text; an ellipsis stands for those between."""
    lines = [line if text in line else "" for line in source.splitlines()]
    found = "\n".join(lines).strip("\n")
    if not found:
        raise LookupError(text)
    return textwrap.dedent(re.sub(r"\n{2,}", "\n…\n", found))


def definition(source: str, name: str) -> str:
    """Return the lines that define a name, or all from one name to another: `A..B`.

    Decorators and the comments above belong to them.
    """
    first_name, _, last_name = name.partition("..")
    lines = source.splitlines()
    first, last = span(source, first_name)[0], span(source, last_name or first_name)[1]
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return textwrap.dedent("\n".join(lines[first - 1 : last]))


def span(source: str, name: str) -> tuple[int, int]:
    """Return the numbers of the first and the last line that define a name."""
    body = ast.parse(source).body
    node = None
    for part in name.split("."):
        node = next((node for node in body if part in names(node)), None)
        if node is None:
            raise LookupError(name)
        body = node.body if isinstance(node, ast.ClassDef) else []
    assert node is not None  # noqa: S101 -- for mypy: a name has at least one part
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return first, node.end_lineno or node.lineno


def names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement defines."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.Assign():
            return [node.id for node in statement.targets if isinstance(node, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def planned() -> Iterator[File]:
    """Yield the document as it should be."""
    templates = sorted(file.parent for file in TEMPLATES.glob("*/cookiecutter.json"))
    try:
        text = document([load(template) for template in templates])
    except CompareError as error:
        raise SystemExit(f"compare: {error}") from error
    yield DOCUMENT, text.encode(), 0o644


def main(arguments: list[str] | None = None) -> int:
    """Write the document, or with `--check` only say whether it differs."""
    return keep("compare.py", __doc__, planned, arguments, base=ROOT)


if __name__ == "__main__":
    sys.exit(main())
