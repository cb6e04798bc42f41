"""Write docs/compare.md: the frameworks side by side, a lesson with code that was really generated.

    python scripts/compare.py            write it
    python scripts/compare.py --check    fail when it differs

What stands there is data: `templates/FRAMEWORK/compare.toml` has a table for each task, with a
note in one sentence and the code as `path` (a whole file) or `path::name` (a top-level function,
class or variable of a Python file, `Class.method`, or all from one name to another, `A..B`;
several with commas between), or `path~text` for the lines of a file that have a text.
Its table `choice` has what only people can say in the first table and of trade-offs; `path` has the
steps of a request, each with the place where it is taken, which must be there.
Its table `relation` has the same for an app of two resources, where the framework takes several.
Its table `differs` says what the framework does where docs/contract.md leaves it free (`own`).

The first mention in each section of a word that docs/glossary.md explains becomes a link to it.
"""

import ast
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

import sizes
from keep import File, keep

from scaffold import generate
from scaffold.frameworks import load_framework

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "compare.md"
CONTRACT = ROOT / "docs" / "contract.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
TEMPLATES = ROOT / "templates"

TASKS = {
    "route": (
        "A route",
        "The page that shows one book, or 404 when there is none. Look at who finds the book, "
        "and whether the view has to know that it may not be there.",
    ),
    "form": (
        "A form",
        "The page that adds a book: show the form, check it, save. Look at what the view is left "
        "with: the less it says, the more you have to know by heart.",
    ),
    "query": (
        "A query",
        "The books that a search finds, newest first, a page at a time.",
    ),
    "api": (
        "An endpoint",
        "`POST /api/books`: check the JSON, save, answer 201. Look at where the types are that "
        "check what comes in and describe what goes out.",
    ),
    "model": (
        "A model",
        "What a book is, to the database. Django's says what people may type, too; the others "
        "leave that to a schema.",
    ),
    "migration": ("A migration", "The first one, which creates every table."),
    "settings": ("Settings", "Read from the environment, refused when unsafe."),
    "auth": (
        "Signing in",
        "Who is asking, and whether they may write. See whether a view that forgets to ask "
        "is open or closed.",
    ),
    "test": ("A test", "That a signed-in visitor can add a book."),
}

CHOICE = {
    "server": "server",
    "commits": "who commits",
    "api": "what makes the API and its document",
    "admin": "admin",
    "typed": "what is typed",
}
TRADES = {"gain": "You gain", "cost": "You pay", "choose": "Choose it when"}

# The files of an application by what they are for, below its package; the first that fits counts.
CONCERNS = {
    "the books: table": ["books/models.py", "base.py"],
    "the books: finding, saving, who may": ["books/service.py", "books/resources.py"],
    "the books: pages": ["books/views.py", "books/forms.py", "books/urls.py"],
    "the books: API": ["books/api.py", "books/schemas.py"],
    "accounts": ["accounts/*.py"],
    "what pages share": ["forms.py", "pages.py", "home.py", "views.py"],
    "what the API shares": ["api.py", "schemas.py", "values.py", "pagination.py"],
    "errors": ["errors.py"],
    "security": ["security.py", "middleware.py"],
    "settings": ["settings.py"],
    "start, database, routes, commands": ["*.py"],
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

The same app, written as each community would write it. First what decides between them, then the way of a request
through each, then, task by task, the code of `scaffold FRAMEWORK "My Project"`, word for word:
`python scripts/compare.py` takes it from real output, so it cannot go stale. What two frameworks have in common is
shown once. [The glossary](glossary.md) explains the words, and [Why these libraries](stacks.md) the choices.
"""

CHOOSE = """\

## Which one?

All four do the same, [by one contract](contract.md). They differ in how much is there already, how much you see of it, and
how much you say yourself.

"""

COUNTED = """\

The application's own Python, in lines that are not blank: what you read before you know it all. Where it is 0,
the framework does that part itself, or another part has it: Django's errors are with its API.

"""

TRADED = """\

## Trade-offs
"""

WAY = """\

## A request's way

Somebody who is signed in sends the form for a new book: `POST /books/new`. Look for the CSRF token, the account and
the commit: all four have them, in another order and by other hands.
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
    choice: dict[str, str] = field(default_factory=dict)
    path: list[dict[str, str]] = field(default_factory=list)
    relation: dict[str, Task] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)


def load(template: Path) -> Framework:
    """Read a template's data file, and generate its default project in memory."""
    data_file = template / "compare.toml"
    if not data_file.is_file():
        raise CompareError(f"{data_file} is missing")
    data = tomllib.loads(data_file.read_text(encoding="utf-8"))
    differs, relation = data.pop("differs", {}), data.pop("relation", {})
    choice, path = data.pop("choice", {}), data.pop("path", [])
    wrong = sorted(
        (data.keys() ^ TASKS.keys())
        | (choice.keys() ^ CHOICE.keys() ^ TRADES.keys())
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
        choice=choice,
        path=path,
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
    lesson = choice(frameworks) + trades(frameworks) + ways(frameworks)
    return linked(
        HEAD + lesson + tasks + relations(frameworks) + differences(frameworks)
    )


def choice(frameworks: list[Framework]) -> str:
    """Return the tables of what decides between the frameworks."""
    told = [
        [what, *(each.choice.get(name, "") for each in frameworks)]
        for name, what in CHOICE.items()
    ]
    needed = [packages(each.files) for each in frameworks]
    told.append(["packages that it names", *(str(len(names)) for names in needed)])
    told.append(["its own among them", *map(", ".join, without_common(needed))])
    counted = [lines_by_concern(each.files) for each in frameworks]
    rows = [[what, *(f"{each[what]:,}" for each in counted)] for what in CONCERNS]
    rows.append(["all", *(f"{sum(each.values()):,}" for each in counted)])
    titles = [each.title for each in frameworks]
    return (
        CHOOSE + table(["", *titles], told) + COUNTED + table(["lines", *titles], rows)
    )


def packages(files: dict[str, str]) -> list[str]:
    """Return the names of the packages that a project asks for to run."""
    project = tomllib.loads(files.get("pyproject.toml", "")).get("project", {})
    return [
        re.split(r"[^\w.-]", need, maxsplit=1)[0]
        for need in project.get("dependencies", [])
    ]


def without_common(lists: list[list[str]]) -> Iterator[list[str]]:
    """Yield each list without what is in another, as code."""
    for names in lists:
        others = {name for other in lists if other is not names for name in other}
        yield [f"`{name}`" for name in names if name not in others]


def lines_by_concern(files: dict[str, str]) -> dict[str, int]:
    """Count the lines of an application that are not blank, by what they are for."""
    counted = dict.fromkeys(CONCERNS, 0)
    for path, text in sizes.application(files, package="my_project").items():
        name = path.removeprefix("my_project/")
        concern = next(
            what
            for what, patterns in CONCERNS.items()
            if any(fnmatch(name, pattern) for pattern in patterns)
        )
        counted[concern] += sizes.size(text)
    return counted


def trades(frameworks: list[Framework]) -> str:
    """Return what is gained and paid with each framework."""
    return TRADED + "".join(
        f"\n### {each.title}\n\n"
        + "".join(
            f"- **{what}**: {each.choice[name]}\n" for name, what in TRADES.items()
        )
        for each in frameworks
        if each.choice
    )


def ways(frameworks: list[Framework]) -> str:
    """Return the steps that a request takes through each framework."""
    text = WAY
    for framework in frameworks:
        text += f"\n### {framework.title}\n\n"
        for number, step in enumerate(framework.path, start=1):
            path, _ = found(framework, step["code"])
            name = step["code"].removeprefix(path).removeprefix("::")
            place = f"`{path}`, `{name}`" if name else f"`{path}`"
            text += f"{number}. {step['what']} ({place}).\n"
    return text


def linked(text: str) -> str:
    """Return a document in which each section links the first mention of a word to the glossary."""
    words = re.findall("^## (.+)$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return "".join(explained(section, words) for section in sections)


def explained(section: str, words: list[str]) -> str:
    """Return a section whose first mention of each word is a link, code and headings apart."""
    kept = r"(^```.*?^```$|^#.*?$|`[^`]*`|\[[^]]*\]\([^)]*\))"
    parts = re.split(kept, section, flags=re.MULTILINE | re.DOTALL)
    for word in sorted(words, key=len, reverse=True):
        anchor = word.lower().replace(" ", "-")
        for index in range(0, len(parts), 2):  # The others are kept as they are.
            text, times = re.subn(
                rf"(?<![\w\[-])({word}s?|{word[:-1]}ies)(?![\w\]-])",
                rf"[\1](glossary.md#{anchor})",
                parts[index],
                count=1,
                flags=re.IGNORECASE,
            )
            if times:
                parts[index : index + 1] = re.split(kept, text, flags=re.MULTILINE)
                break
    return "".join(parts)


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


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
    text = ""
    for name, (title, about) in tasks.items():
        text += f"\n{'#' * level} {title}\n\n{about}\n"
        shown: dict[str, str] = {}
        for each in frameworks:
            text += section(each, each.tasks[name], level + 1, shown)
    return text


def differences(frameworks: list[Framework]) -> str:
    """Return the table of what each framework does where it is free."""
    titles = [framework.title for framework in frameworks]
    rows = [
        [id_, what, *(f.differs.get(id_, "") for f in frameworks)]
        for id_, what in left_free().items()
    ]
    return DIFFERENCES + table(["id", "left free", *titles], rows)


def section(
    framework: Framework, task: Task, level: int, shown: dict[str, str] | None = None
) -> str:
    """Return what one framework shows for one task.

    Args:
        framework: Whose code it is.
        task: The note, and the places of the code.
        level: Of its heading.
        shown: The code that was shown for this task, and by whom; what is new is added.
    """
    shown = {} if shown is None else shown
    blocks = "".join(excerpt(framework, place, shown) for place in task.code)
    return f"\n{'#' * level} {framework.title}\n\n{task.note}\n{blocks}"


def excerpt(framework: Framework, place: str, shown: dict[str, str]) -> str:
    """Return the code at a place, under the name of its file, or who has shown it before."""
    path, source = found(framework, place)
    first = shown.setdefault(source, framework.title)
    if first != framework.title:
        return f"\n`{path}`: the same as {first}'s above.\n"
    language = LANGUAGES.get(Path(path).suffix, "text")
    return f"\n`{path}`\n\n```{language}\n{source}\n```\n"


def found(framework: Framework, place: str) -> tuple[str, str]:
    """Return the path and the code of a place."""
    path, name, text = PLACE.fullmatch(place).groups()  # type: ignore[union-attr]
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
    return path, source


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
