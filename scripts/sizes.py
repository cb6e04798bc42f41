"""Write docs/sizes.md: how many lines each framework's default project has, and of what.

    python scripts/sizes.py            write it
    python scripts/sizes.py --check    fail when it differs

Lines that are blank do not count. The application is the package's Python, migrations apart.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from keep import File, keep

from scaffold import generate
from scaffold.frameworks import load_framework

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "sizes.md"
TEMPLATES = ROOT / "templates"

# The most lines of an application: `tests/test_sizes.py` lets none grow. The aim is lower.
BUDGETS = {"django": 851, "fastapi": 943, "flask": 951, "pyramid": 1053}
BUDGET = 950  # of a framework that has none of its own
AIMS = {"django": 650, "fastapi": 900, "flask": 930, "pyramid": 950}

# The same of the preset `minimal`, as each framework sets it.
MINIMAL_BUDGETS = {"django": 315, "fastapi": 486, "flask": 487, "pyramid": 537}
MINIMAL_AIMS = {"fastapi": 350, "flask": 350}

# Options that take parts away, by the row that tells of them.
LESS: dict[str, dict[str, Any]] = {
    "with `--interface api`": {"interface": "api"},
    "with `--interface pages`": {"interface": "pages"},
    "with `--no-accounts`": {"accounts": False},
    "with `--interface api --no-accounts`": {"interface": "api", "accounts": False},
    "with `--minimal`": {"preset": "minimal"},
}

HEAD = """\
# Sizes

Lines of `scaffold FRAMEWORK "My Project"`, blank ones left out. The application is the Python of the package, migrations
apart; a test lets it grow no more, and the aim is lower. `python scripts/sizes.py` counts.
"""

FOOT = """\
`--minimal` has no accounts, and pages alone; in FastAPI, the API alone. A test lets it grow no more, either.
"""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many lines a project has that are not blank."""

    title: str
    budget: int
    aim: int
    application: int
    imports: int
    docstrings: int
    migrations: int
    pages: int
    tests: int
    less: tuple[int | None, ...] = ()
    minimal_budget: int = BUDGET
    minimal_aim: int | None = None

    @property
    def code(self) -> int:
        """What is left of the application without imports and docstrings."""
        return self.application - self.imports - self.docstrings


ROWS = {
    "application": "application",
    "budget": "its budget",
    "aim": "its aim",
    "imports": "of it imports",
    "docstrings": "of it docstrings",
    "code": "of it all else",
    "migrations": "migrations",
    "pages": "pages (HTML)",
    "tests": "tests",
}


def frameworks() -> list[str]:
    """Return the names of all frameworks."""
    return sorted(file.parent.name for file in TEMPLATES.glob("*/cookiecutter.json"))


def load(name: str) -> Sizes:
    """Generate a framework's default project in memory, and count its lines."""
    found = load_with(name, {})
    return replace(
        found,
        less=tuple(smaller(name)),
        minimal_budget=MINIMAL_BUDGETS.get(name, BUDGET),
        minimal_aim=MINIMAL_AIMS.get(name),
    )


def smaller(name: str) -> Iterator[int | None]:
    """Yield the lines of the application with fewer parts; None where they all stay."""
    framework = load_framework(TEMPLATES, name)
    known = {option.key for option in framework.options}
    known |= {"preset"} if framework.presets else set()
    for options in LESS.values():
        yield load_with(name, options).application if options.keys() <= known else None


def load_with(name: str, options: Mapping[str, Any]) -> Sizes:
    """Generate a framework's project with these options, and count its lines."""
    project = generate(name, "My Project", output_dir=ROOT, dry_run=True, **options)
    files = {file.path: file.content.decode() for file in project.files}
    return count(
        files,
        title=project.title,
        package=project.package,
        budget=BUDGETS.get(name, BUDGET),
        aim=AIMS.get(name, BUDGET),
    )


def count(
    files: Mapping[str, str], *, title: str, package: str, budget: int, aim: int
) -> Sizes:
    """Count the lines of a project's files by what they are for."""
    lines: dict[str, Any] = dict.fromkeys(
        ["application", "imports", "docstrings", "migrations", "pages", "tests"], 0
    )
    code = application(files, package=package)
    for name, text in files.items():
        path = PurePosixPath(name)
        if path.suffix == ".py" and "migrations" in path.parts:
            lines["migrations"] += size(text)
        elif path.suffix == ".py" and path.parts[0] == "tests":
            lines["tests"] += size(text)
        elif name in code:
            lines["application"] += size(text)
            lines["imports"] += filled(text, imports(text))
            lines["docstrings"] += filled(text, docstrings(text))
        elif path.parts[0] == package and path.suffix in {".html", ".jinja2"}:
            lines["pages"] += size(text)
    return Sizes(title=title, budget=budget, aim=aim, **lines)


def application(files: Mapping[str, str], *, package: str) -> dict[str, str]:
    """Return the files that count as the application, of a project's."""
    return {
        name: text
        for name, text in files.items()
        if name.startswith(f"{package}/")
        and name.endswith(".py")
        and "migrations" not in PurePosixPath(name).parts
    }


def size(text: str) -> int:
    """Count the lines that are not blank."""
    return sum(map(bool, map(str.strip, text.splitlines())))


def filled(text: str, nodes: Iterator[ast.stmt]) -> int:
    """Count the lines of some statements that are not blank."""
    lines = text.splitlines()
    return sum(
        bool(line.strip())
        for node in nodes
        for line in lines[node.lineno - 1 : node.end_lineno]
    )


def imports(text: str) -> Iterator[ast.stmt]:
    """Yield the statements that import."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def docstrings(text: str) -> Iterator[ast.stmt]:
    """Yield the statements that are docstrings."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) and ast.get_docstring(node):
            yield node.body[0]


def document(sizes: list[Sizes]) -> str:
    """Return the whole of docs/sizes.md."""
    heading = "| | " + " | ".join(each.title for each in sizes) + " |"
    rule = "|---|" + "--:|" * len(sizes)
    lines = [HEAD, heading, rule]
    for name, what in ROWS.items():
        lines.append(row(what, (getattr(each, name) for each in sizes)))
    lines += [
        "",
        "The application with fewer parts, where an option takes them away:",
        "",
    ]
    lines += [heading, rule]
    for what, found in zip(
        LESS, zip(*(each.less for each in sizes), strict=True), strict=True
    ):
        lines.append(row(what, found))
    lines.append(row("its budget", (each.minimal_budget for each in sizes)))
    lines.append(row("its aim", (each.minimal_aim for each in sizes)))
    lines += ["", FOOT]
    return "\n".join(lines)


def row(what: str, found: Iterable[int | None]) -> str:
    """Return a line of a table; what there is not stays empty."""
    cells = " | ".join("" if size is None else f"{size:,}" for size in found)
    return f"| {what} | {cells} |"


def planned() -> Iterator[File]:
    """Yield the document as it should be."""
    yield DOCUMENT, document([load(name) for name in frameworks()]).encode(), 0o644


def main(arguments: list[str] | None = None) -> int:
    """Write the document, or with `--check` only say whether it differs."""
    return keep("sizes.py", __doc__, planned, arguments, base=ROOT)


if __name__ == "__main__":
    sys.exit(main())
