"""Find the names that would break a starter, and keep them in its `reserved.json`.

    python scripts/reserve.py                     look again, and write them
    python scripts/reserve.py --check flask       only say which names are missing there

A project called like one of its dependencies cannot be installed, a resource called like a module
of the starter hides it, and a field called `save` replaces what the model does. Nobody can list
these by heart, so they are computed. A project is made whose names stand out (a wombat that keeps
quokkas), and another that keeps more which refer to them; uv resolves all that they install, their
environment tells what can be imported there, and their code what else is named where a quokka is.

It needs the network, and takes a minute for each framework.
"""

import argparse
import ast
import itertools
import json
import os
import re
import subprocess
import symtable
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from scaffold import generate
from scaffold.errors import NameRefusedError
from scaffold.frameworks import framework_names, load_framework
from scaffold.kinds import TYPES
from scaffold.names import parse_name
from scaffold.resources import (
    NAME,
    NEVER_UNIQUE,
    RESERVED_FIELDS,
    RESERVED_RESOURCES,
)
from scaffold.words import is_plural

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INSIDE = Path(__file__).with_name("reserve_inside.py")
RESERVED = "reserved.json"
UV = Path(sys.executable).with_name("uv")

PACKAGE = "wombat"
SINGULAR = "quokka"
PLURAL = "quagga"
# Every type in every form; all are called numbat, and references quoll, with a number.
FORMS = [
    *(f"{kind}:" for kind in TYPES),
    *(f"{kind}:optional:" for kind in TYPES),
    *(f"{kind}:unique:" for kind in TYPES if kind not in NEVER_UNIQUE),
]
FIELDS = [
    f"numbat{number}:{form.replace('choice:', 'choice:low,high:').rstrip(':')}"
    for number, form in enumerate(FORMS)
]
ALONE = " ".join((f"{SINGULAR}/{PLURAL}", *FIELDS))
# What refers to it in every way, and what refers to that.
CHILD = (
    f"{SINGULAR}2/{PLURAL}2 numbat90:str quoll1:ref:{SINGULAR} "
    f"quoll2:ref:{SINGULAR}:optional quoll3:ref:{SINGULAR}:unique:cascade"
)
GRANDCHILD = (
    f"{SINGULAR}3/{PLURAL}3 numbat91:str numbat92:text "
    f"quoll4:ref:{SINGULAR} quoll5:ref:{SINGULAR}2:cascade"
)

# What stands for the name of a resource, a field or the package, as `quokka`, `Quokka`, `QUOKKA`.
SINGULAR_WORD = re.compile(rf"{SINGULAR}\d?", re.IGNORECASE)
PLURAL_WORD = re.compile(rf"{PLURAL}\d?", re.IGNORECASE)
FIELD_WORD = re.compile(r"numbat\d+", re.IGNORECASE)
REFERENCE_WORD = re.compile(r"quoll\d", re.IGNORECASE)
PACKAGE_WORD = re.compile(PACKAGE, re.IGNORECASE)
PROBE = re.compile(f"{SINGULAR}|{PLURAL}|numbat|quoll|{PACKAGE}", re.IGNORECASE)

Reserved = dict[str, set[str]]


def reserved(framework: str, templates: Path, environment: Path | None) -> Reserved:
    """Return the names that would break a framework's starter.

    Args:
        framework: The framework's name.
        templates: The folder of all frameworks.
        environment: A virtual environment with what its projects need; without it, one is made.
    """
    several = load_framework(templates, framework).relations
    together: list[set[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for kept in [[ALONE], [ALONE, CHILD, GRANDCHILD]][: 1 + several]:
            project = generate(
                framework,
                PACKAGE,
                output_dir=tempfile.mkdtemp(dir=folder),
                resource=kept,
                git=False,
                templates=templates,
            ).path
            if environment is None:
                environment = Path(folder) / "environment"
                place = {"UV_PROJECT_ENVIRONMENT": str(environment)}
                sync = ("sync", "--quiet", "--python", sys.executable)
                run(UV, *sync, cwd=project, **place)
            python = environment / "bin" / "python"
            inside = json.loads(run(python, INSIDE, PACKAGE, cwd=project))
            together += scopes(project)
            together += map(set, inside["scopes"])
        distributions = resolved(project)
    packages = {*distributions, *clashes(together, PACKAGE_WORD)}
    for distribution, names in inside["brought"].items():
        if normalized(distribution) in distributions:
            packages.update(map(normalized, names))
    # A name is singular and a plural is not, unless the user overrides the rules of English.
    singulars, plurals = (
        clashes(together, SINGULAR_WORD),
        clashes(together, PLURAL_WORD),
    )
    resources = {
        *itertools.filterfalse(is_plural, singulars),
        *filter(is_plural, plurals),
    }
    fields = set(filter(is_word, clashes(together, FIELD_WORD)))
    references = set(filter(is_word, clashes(together, REFERENCE_WORD)))
    return {
        "packages": set(filter(is_name_for_a_project, packages)),
        "resources": set(filter(is_word, resources)) - RESERVED_RESOURCES.keys(),
        "fields": fields - RESERVED_FIELDS.keys(),
        "references": references - fields - RESERVED_FIELDS.keys(),
    }


def is_word(name: str) -> bool:
    """Tell whether somebody could call a resource or a field so: not in five words."""
    return bool(NAME.fullmatch(name)) and name.count("_") < 4


def is_name_for_a_project(name: str) -> bool:
    """Tell whether a project could be called so, if nothing were reserved."""
    try:
        return bool(parse_name(name))
    except NameRefusedError:
        return False


def resolved(project: Path) -> list[str]:
    """Return the distributions that a project installs, on any platform."""
    command = "pip compile pyproject.toml --group dev --universal --quiet"
    plain = "--no-header --no-annotate --python-version 3.11"
    said = run(UV, *command.split(), *plain.split(), cwd=project)
    return [normalized(line.partition("==")[0]) for line in said.splitlines()]


def normalized(name: str) -> str:
    """Return the one spelling of a distribution or package: `zope_sqlalchemy`."""
    return re.sub("[-_.]+", "_", name).lower()


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command that must succeed in a folder; return what it said."""
    # The project's folder goes first: an environment made for another project has its own.
    environment = {**os.environ, "PYTHONPATH": str(cwd), **variables}
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(  # noqa: S603 -- uv and the project's Python
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"reserve: {done.args} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def clashes(scopes: Iterable[set[str]], word: re.Pattern[str]) -> Iterator[str]:
    """Yield the names that, in place of the word, would be a name of the same scope."""
    for names in scopes:
        others = [name for name in names if not PROBE.search(name)]
        for ours in filter(word.search, names):
            for other in others:
                yield from replacements(ours, other, word)


def replacements(ours: str, other: str, word: re.Pattern[str]) -> Iterator[str]:
    """Yield the word, in snake_case, that would turn a name of ours into another."""
    spelled = word.search(ours)
    assert spelled  # noqa: S101 -- the caller looked
    before, after = ours[: spelled.start()], ours[spelled.end() :]
    fits = other.startswith(before) and other.endswith(after)
    found = other[len(before) : len(other) - len(after)] if fits else ""
    if spelled[0].istitle():
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found).lower()
        if "".join(part.capitalize() for part in snake.split("_")) == found:
            yield snake
    elif spelled[0].isupper():
        if found.isupper():
            yield found.lower()
    elif found.islower():
        yield found


def scopes(project: Path) -> Iterator[set[str]]:
    """Yield sets of names that must differ from each other: of a folder, a function, a call."""
    for folder in [project, *filter(Path.is_dir, project.rglob("*"))]:
        modules = (p for p in folder.iterdir() if p.is_dir() or p.suffix == ".py")
        yield {path.name.partition(".")[0] for path in modules}
    for path in project.rglob("*.py"):
        source = path.read_text("utf-8")
        yield from scopes_of_table(symtable.symtable(source, str(path), "exec"))
        yield from keys(ast.parse(source))
    yield from fixtures(project / "tests")
    yield from pages(project)


def pages(project: Path) -> Iterator[set[str]]:
    """Yield the names of each template, and what those read that it extends or includes."""
    files = [
        path
        for kind in ("html", "jinja2", "mako")
        for path in project.rglob(f"*.{kind}")
    ]
    for path in files:
        text = path.read_text("utf-8")
        bases = re.findall(r"""\{% *(?:extends|include) +["'](?:.*/)?([\w.]+)""", text)
        others = (page_names(file)[1] for file in files if file.name in bases)
        yield page_names(path)[0].union(*others)


def scopes_of_table(table: symtable.SymbolTable) -> Iterator[set[str]]:
    """Yield the names of a module, of each class and of each function with those inside it."""
    names = set(table.get_identifiers())
    if table.get_type() == "function":
        yield names.union(*map(all_names, table.get_children()))
    else:
        yield names
        for child in table.get_children():
            yield from scopes_of_table(child)


def all_names(table: symtable.SymbolTable) -> set[str]:
    """Return the names of a scope and of those inside it."""
    return set(table.get_identifiers()).union(*map(all_names, table.get_children()))


def keys(tree: ast.Module) -> Iterator[set[str]]:
    """Yield the names that a call or a literal puts side by side."""
    catching = {
        function.name: {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and function.args.kwarg
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            names = {keyword.arg for keyword in node.keywords if keyword.arg}
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            yield names | catching.get(called, set())
        elif isinstance(node, ast.Dict):
            yield {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}


def fixtures(tests: Path) -> Iterator[set[str]]:
    """Yield the fixtures that tests and fixtures ask for: pytest finds them by name."""
    names: set[str] = set()
    for path in tests.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                decorators = list(map(ast.unparse, node.decorator_list))
                if node.name.startswith("test") or ".fixture" in "".join(decorators):
                    own = {argument.arg for argument in node.args.args}
                    # Values of a parametrized test are its own.
                    given = (set(re.findall(r"\w+", text)) for text in decorators)
                    names |= own.difference(*given)
    yield names


def page_names(page: Path) -> tuple[set[str], set[str]]:
    """Return all variables of a template, and those that it reads but does not set."""
    text = page.read_text("utf-8")
    try:
        tree = Environment().parse(text)  # noqa: S701 -- nothing is rendered
    except TemplateSyntaxError:
        return django_names(text)
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    names = {name.name for name in tree.find_all(nodes.Name)}
    # In blocks and loops, Jinja gives these meanings of its own.
    jinja = {"loop", "self", "super"}
    return names | macros | jinja, meta.find_undeclared_variables(tree)


def django_names(text: str) -> tuple[set[str], set[str]]:
    """Return the same of a Django template, whose blocks and loops bring names of their own."""
    found = re.findall(r"\{\{(.*?)\}\}|\{% *(?!block|endblock)\w+(.*?)%\}", text)
    code = " ".join(variable or tag for variable, tag in found)
    code = re.sub(r"\"[^\"]*\"|'[^']*'", "", code)
    names = set(re.findall(r"(?<![.|:\w])[a-z_]\w*", code))
    bound = set(re.findall(r"\{% *for (\w+) in ", text))
    return names | {"block", "forloop"}, names - bound


def main(arguments: list[str] | None = None, *, templates: Path = TEMPLATES) -> int:
    """Write the names, or with `--check` only say which are missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("frameworks", nargs="*", help="all of them, when none is named")
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument(
        "--environment", type=Path, help="an environment with what a project needs"
    )
    given = parser.parse_args(arguments)
    missing = False
    for name in given.frameworks or framework_names(templates):
        found = reserved(name, templates, given.environment)
        framework = load_framework(templates, name)
        for kind, names in found.items():
            for new in sorted(names - framework.reserved(kind)):
                print(f"{name}: {kind}: {new}", file=sys.stderr)
                missing = True
        if not given.check:
            write(framework.path / RESERVED, found)
    if given.check and missing:
        print(
            "help: run `python scripts/reserve.py`, then `python scripts/sync.py`",
            file=sys.stderr,
        )
    return 1 if given.check and missing else 0


def write(path: Path, found: Reserved) -> None:
    """Put the names into a file, from where `scripts/sync.py` takes them."""
    names = {kind: sorted(words) for kind, words in found.items()}
    text = json.dumps(names, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
