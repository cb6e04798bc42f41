"""What every project carries beside its code: README, CI, Docker, git and editor files.

Everything runs over each framework that lies in `templates/`. The fast tests read the files, or
hand them to the tools made for them; the slow ones do what the README, the Dockerfile and the
pre-commit hooks say.
"""

import ast
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, cycle, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pexpect
import pytest
import tree_sitter_powershell
from harness.environments import clean_environment
from harness.manual import Block, alone, blocks, commands, script, steps
from harness.node import JUDGES, judges, node
from harness.options import Options
from harness.postgres import start_postgres
from harness.projects import RELATING, Project
from harness.projects import bake as bake_several
from markdown_it import MarkdownIt
from tree_sitter import Language, Parser

from scaffold import generate
from scaffold.project import find_project
from scaffold.readme import read

ROOT = Path(__file__).resolve().parent.parent
FRAMEWORKS = sorted(
    file.parent.name for file in ROOT.glob("templates/*/cookiecutter.json")
)
TOOLS = Path(sys.executable).parent
COMPARE = runpy.run_path(str(ROOT / "scripts/compare.py"))
PASSWORD = "correct horse battery"  # noqa: S105 -- of an account that lives for one test

FREE_TEXTS = [
    'O\'Brien "Bob" \\ {{7*7}}',
    "<script>alert(1)</script> & <b>&amp;</b>",
    "*stars*, _lines_, `ticks`, [links](x), ![x](y), # no heading",
    "{= 7 =} {! raw !} #% for {# #} ${HOME} $(id) %(here)s %s",
    "1. Zażółć gęślą jaźń — 日本語 🎉",
]


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the default project of every framework, by its name, for reading only."""
    folder = tmp_path_factory.mktemp("projects")
    return {name: bake(name, folder / name) for name in FRAMEWORKS}


@pytest.fixture(scope="session")
def every(
    projects: dict[str, Path], covered: list[tuple[Project, Options]]
) -> list[Path]:
    """Return all of these, and projects with other options."""
    return [*projects.values(), *(project.path for project, _ in covered)]


@pytest.fixture(scope="session", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> str:
    """Return each framework's name in turn."""
    return str(request.param)


@pytest.fixture
def project(framework: str, projects: dict[str, Path]) -> Path:
    """Return the default project of a framework, for reading only."""
    return projects[framework]


def bake(
    framework: str,
    folder: Path,
    *,
    author: str | None = None,
    description: str | None = None,
    resource: str | None = None,
) -> Path:
    """Generate a project called My Project in a new folder, and return where it is."""
    folder.mkdir()
    project = generate(
        framework,
        "My Project",
        output_dir=folder,
        author=author,
        description=description,
        resource=resource,
        git=False,
    )
    return project.path


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command, found beside this Python first, and return what it printed."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    keep = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "CI"}}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=keep | {"PATH": path} | (env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{shlex.join(map(str, command))}\n{done.stdout}"
    return done.stdout


def texts(project: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of a project that is text, with its content."""
    for file in sorted(project.rglob("*")):
        if file.is_file():
            yield file, file.read_bytes().decode("utf-8")


def code_blocks(markdown: str) -> list[str]:
    """Return the indented blocks of a Markdown text: what the README has one type."""
    tokens = MarkdownIt().parse(markdown)
    return [token.content for token in tokens if token.type == "code_block"]


def chapter(project: Path, title: str) -> str:
    """Return what the README says under a heading of the second level."""
    readme = (project / "README.md").read_text(encoding="utf-8")
    _, heading, rest = readme.partition(f"\n## {title}\n")
    assert heading, title
    return rest.partition("\n## ")[0]


# Templates


def test_git_holds_every_template_file() -> None:
    """A template's own .gitignore keeps none of its files, such as .env, out of the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository")
    command = [
        "git",
        "ls-files",
        "--others",
        "--ignored",
        "--exclude-standard",
        "templates",
    ]

    assert run(*command, cwd=ROOT) == "", "help: git add -f"


# The tools made for each kind of file, once over all projects as starting them takes the time

YAMLLINT = {
    "extends": "default",
    "rules": {
        "comments": {"min-spaces-from-content": 1},  # as formatters write it
        "document-start": "disable",  # one document a file
        "line-length": "disable",  # hashes are long
        "truthy": {"check-keys": False},  # GitHub's `on:`
    },
}


@pytest.mark.parametrize(
    ("tool", "file"),
    [
        ("zizmor --offline --quiet --persona pedantic", "."),
        (
            "check-jsonschema --builtin-schema vendor.github-workflows",
            ".github/workflows/ci.yml",
        ),
        (
            "check-jsonschema --builtin-schema vendor.dependabot",
            ".github/dependabot.yml",
        ),
        ("check-jsonschema --builtin-schema vendor.compose-spec", "compose.yaml"),
        ("check-jsonschema --builtin-schema vendor.compose-spec", ".devcontainer.yaml"),
        (f"yamllint --strict -d {shlex.quote(json.dumps(YAMLLINT))}", "."),
        ("check-jsonschema --builtin-schema vendor.gitlab-ci", ".gitlab-ci.yml"),
        ("hadolint --failure-threshold style", "Dockerfile"),
        ("validate-pyproject", "pyproject.toml"),
        ("pre-commit validate-config", ".pre-commit-config.yaml"),
    ],
)
def test_linters_find_nothing(every: list[Path], tool: str, file: str) -> None:
    """Each file is what its own linter, at its strictest, asks for, whatever the options."""
    files = [project / file for project in every]
    found = [file for file in files if file.exists()]
    assert found
    run(*shlex.split(tool), *found, cwd=ROOT)


def test_zizmor_finds_nothing_in_this_repository() -> None:
    """The generator's own workflow gives an attacker no hold either."""
    run("zizmor", "--offline", "--quiet", "--persona", "pedantic", ".github", cwd=ROOT)


def test_shell_commands_are_sound(project: Path, tmp_path: Path) -> None:
    """Shellcheck has nothing to say of the README's and the container's commands."""
    blocks = code_blocks((project / "README.md").read_text(encoding="utf-8"))
    script = tmp_path / "script"
    command = json.loads(dict(dockerfile(project, 1))["CMD"])[2]
    script.write_text("\n".join(["#!/bin/bash", *blocks, command]), encoding="utf-8")

    # SC1091: the file to source is there only later; SC2086: a port has no blanks
    run("shellcheck", "--exclude", "SC1091,SC2086", script, cwd=project)


# What is written in them


def test_actions_are_pinned_alike(project: Path) -> None:
    """Every action is a full commit, says its version, and is the same in this repository."""
    pattern = re.compile(
        r"uses: ([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", re.M
    )
    theirs = (project / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    ours = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert len(pattern.findall(theirs)) == theirs.count("uses:")

    assert set(pattern.findall(ours)) == set(pattern.findall(theirs))


def test_files_are_clean_text(every: list[Path]) -> None:
    """Each file ends its lines as .editorconfig says, and holds no rest of a template."""
    for name, text in chain.from_iterable(map(texts, every)):
        assert "\r" not in text, name
        assert text == "" or text.endswith("\n"), name
        assert not re.search(r"[ \t]$|\n\n\Z", text, re.M), name
        assert not re.search(r"\{=|=\}|\{!|!\}|^ *#%", text, re.M), name


def test_readme_points_at_what_is_there(project: Path) -> None:
    """Each path in the README's table and each relative link exists."""
    readme = (project / "README.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`.+`) \| .+\. \|$", readme, re.M)
    paths = [path for cell in cells for path in cell.strip("`").split("`, `")]
    links = re.findall(r"\]\((?!http)([^)]+)\)", readme)

    assert len(paths) >= 6
    assert [path for path in paths + links if not (project / path).exists()] == []


def test_readme_shows_a_picture_from_the_first_minute(every: list[Path]) -> None:
    """The banner is there whatever was left out: a drawing with a title that asks for nothing."""
    for project in every:
        readme = read((project / "README.md").read_text(encoding="utf-8"))
        assert readme.pictures == ["docs/banner.svg"]
        text = (project / "docs/banner.svg").read_text(encoding="utf-8")
        drawing = ElementTree.fromstring(text)  # noqa: S314 -- ours

        title = drawing.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert (title.text or "").startswith("My Project, built with ")
        assert drawing.get("aria-labelledby") == title.get("id")
        assert text.count("//") == 1  # of the namespace
        assert not re.search(r"href|url\(|@import|<script", text)


NODE = r"""(\w+)(?:\["([\w/.]+)(?:<br>[a-zA-Z, ]+)?"\]|\(\[\w+\]\)|\[\(\w+\)\])?"""


def diagram(project: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what a README draws: the modules of its boxes by their names, and its arrows."""
    (drawing,) = (
        block.text
        for block in blocks((project / "README.md").read_text(encoding="utf-8"))
        if block.language == "mermaid"
    )
    first, *lines = drawing.splitlines()
    assert first == "flowchart LR"
    modules: dict[str, str] = {}
    arrows: list[tuple[str, str]] = []
    drawn: set[str] = set()
    for line in lines:
        assert re.fullmatch(rf" {{4}}{NODE}(?: --> {NODE})*", line), line
        chain_of = [re.fullmatch(NODE, each) for each in line.strip().split(" --> ")]
        names = [box[1] for box in chain_of if box]
        modules |= {box[1]: box[2] for box in chain_of if box and box[2]}
        drawn |= {box[1] for box in chain_of if box and box[0] != box[1]}
        arrows += pairwise(names)
    assert drawn == {name for arrow in arrows for name in arrow}
    return modules, arrows


def mentions(package: Path, one: str, other: str) -> bool:
    """Tell whether a module imports another, or names it in a text as Django and Pyramid do."""
    tree = ast.parse((package / one).read_text(encoding="utf-8"))
    wanted = f"{package.name}.{other.removesuffix('.py').replace('/', '.')}"
    said: set[str] = set()
    for part in ast.walk(tree):
        if isinstance(part, ast.ImportFrom):
            said |= {
                f"{part.module}.",
                *(f"{part.module}.{n.name}." for n in part.names),
            }
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            # Pyramid's names begin with a dot where they are of the same package.
            here = ".".join([package.name, *one.split("/")[:-1]])
            said.add(f"{here if part.value[:1] == '.' else ''}{part.value}.")
    return any(each.startswith(f"{wanted}.") for each in said)


def test_readme_draws_what_is_there(every: list[Path]) -> None:
    """Each box with a module is one, and where an arrow leads from one to another, so does the code."""
    for project in every:
        package = project / "my_project"
        modules, arrows = diagram(project)
        missing = [name for name in modules.values() if not (package / name).is_file()]
        between = [(modules.get(a), modules.get(b)) for a, b in arrows]
        invented = [
            (one, other)
            for one, other in between
            if one
            and other
            and not mentions(package, one, other)
            # Pyramid's views find the resource in the request, and name its class.
            and not mentions(package, other, one)
        ]

        assert (missing, invented) == ([], []), project
        folder = package / modules["models"].partition("/")[0]
        for name in ("views", "api"):
            assert (name in modules) == (folder / f"{name}.py").exists()
        assert {"browser", "program"} & {a for a, _ in arrows}


def test_readme_has_something_under_each_heading(every: list[Path]) -> None:
    """Its owner adds "Why I built it" and "What I would change", as doctor says; it has no empty ones."""
    for project in every:
        readme = read((project / "README.md").read_text(encoding="utf-8"))
        sections = {each.title: each.text for each in readme.sections}

        assert len(sections) == len(readme.sections) >= 15
        assert [title for title, text in sections.items() if not text] == []


@pytest.mark.slow
def test_mermaid_reads_what_readmes_draw(every: list[Path], tmp_path: Path) -> None:
    """By its own parser, as GitHub shows it."""
    several = [
        bake_several(name, "diamond", tmp_path / name).path for name in sorted(RELATING)
    ]
    drawings = [
        block.text
        for project in [*every, *several]
        for block in blocks((project / "README.md").read_text(encoding="utf-8"))
        if block.language == "mermaid"
    ]
    home = judges()

    for number, text in enumerate(
        [json.dumps(drawings), '["flowchart LR\\n a --> ["]']
    ):
        said = node(home, str(JUDGES / "mermaid.mjs"), typed=text)
        assert bool(said.returncode) == bool(number), said.stderr


def test_readme_answers_what_its_owner_is_asked(every: list[Path]) -> None:
    """Of what was generated: a question each, about five lines, and what it costs or when not."""
    for project in every:
        answers = chapter(project, "Why it is built like this").split("\n### ")[1:]
        found = {title: text for title, _, text in (a.partition("?") for a in answers)}
        options = dict(find_project(project).answers.options)
        accounts = options.get("accounts", True)
        parts = options.get("interface", "full")
        titles = "\n".join(found)

        assert 4 <= len(found) <= 11, project
        for title, text in found.items():
            assert title.startswith("Why ")
            assert 300 <= len(text) <= 700, (project, title, len(text))
            assert re.search("price|cost|better|choice|right|would|pays|asks", text), (
                title
            )
        assert ("JWT" in titles) == (accounts and parts != "pages")
        assert ("session" in titles.replace("sync session", "")) == (
            accounts and parts != "api"
        )
        assert ("guessing" in titles) == accounts
        assert ("PostgreSQL" in titles) == (options.get("database") == "postgres")


@pytest.mark.parametrize("framework", sorted(RELATING))
def test_readme_of_several_points_at_what_is_there(
    framework: str, tmp_path: Path
) -> None:
    """Each path that one more field or resource needs exists."""
    project = bake_several(framework, "diamond", tmp_path / framework).path
    steps = chapter(project, "Add a field") + chapter(project, "Add a resource")
    paths = re.findall(r"`([\w./]+/[\w./]*)`", steps)

    assert len(paths) >= 10
    assert [path for path in paths if not (project / path).exists()] == []


@pytest.mark.parametrize(
    ("options", "rest"),
    [
        ({}, "swagger"),
        ({"interface": "pages"}, "delete_book|DeleteBook|book.delete|/delete"),
        ({"interface": "pages", "accounts": False}, "delete_book|DeleteBook"),
    ],
)
def test_readme_takes_out_what_is_there(
    framework: str, options: Options, rest: str, tmp_path: Path
) -> None:
    """Each step that takes a feature out finds its files, names and lines; nothing is left."""
    place = bake_several(framework, "book", tmp_path / "new", **options).path
    for step in re.findall(r"^\d\. (.+)$", chapter(place, "Take a feature out"), re.M):
        take_out(step, place)
    left = [file for file, text in texts(place / "my_project") if re.search(rest, text)]

    assert left == []


@pytest.mark.parametrize("text", FREE_TEXTS)
def test_free_text_survives(framework: str, tmp_path: Path, text: str) -> None:
    """Author and description come out as they went in, in Markdown and in plain text."""
    project = bake(framework, tmp_path / "new", author=text, description=text)
    readme = MarkdownIt().parse((project / "README.md").read_text(encoding="utf-8"))
    paragraph = readme[4]
    assert paragraph.children is not None

    assert [child.type for child in paragraph.children] == ["text"]
    assert paragraph.children[0].content == text
    assert f"Copyright (c) {text}\n" in (project / "LICENSE").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "resource",
    [
        "book title:str author:str summary:text:optional pages:int:optional finished:bool",
        "thing name:str:unique a:text b:int c:float d:decimal e:bool f:date g:datetime h:url "
        "i:email j:choice:new,used",
    ],
)
def test_readme_sends_json(framework: str, tmp_path: Path, resource: str) -> None:
    """The README's example for the API is JSON with every field, as the shell passes it on."""
    project = bake(framework, tmp_path / "new", resource=resource)
    readme = (project / "README.md").read_text(encoding="utf-8")
    words = shlex.split(
        next(block for block in code_blocks(readme) if "-d '{" in block)
    )
    entry = json.loads(words[words.index("-d", words.index("-H")) + 1])

    assert list(entry) == [field.partition(":")[0] for field in resource.split()[1:]]
    assert None not in entry.values()


# Secrets


def test_env_holds_a_fresh_secret(framework: str, tmp_path: Path) -> None:
    """Each project has a secret of its own, long enough; the committed example has none."""
    one, other = bake(framework, tmp_path / "1"), bake(framework, tmp_path / "2")
    secrets = {settings(place / ".env")["SECRET_KEY"] for place in (one, other)}
    example = settings(one / ".env.example")

    assert len(secrets) == 2
    assert min(map(len, secrets)) >= 32
    assert example["SECRET_KEY"] == ""
    assert example["DEBUG"] == "true"  # what makes it start without a key
    assert list(example) == list(settings(one / ".env"))


def test_readme_tells_it_in_powershell(every: list[Path]) -> None:
    """By the grammar of PowerShell, with the JSON that Bash sends; there is none here to run it."""
    parser = Parser(Language(tree_sitter_powershell.language()))
    for project in every:
        said = [*blocks((project / "README.md").read_text(encoding="utf-8"))]
        told = [block.text for block in said if block.language == "powershell"]
        sent = [block.text for block in said if "-d '{" in block.text]
        assert len(told) == len(sent) <= 1
        for one, other in zip(told, sent, strict=True):
            root = parser.parse(one.encode()).root_node
            assert not root.has_error, one
            body = re.findall(r"-Body '(.*)'$", one, re.M)[-1].replace("''", "'")
            assert json.loads(body) == json.loads(shlex.split(other)[-1])
            assert ("Bearer" in one) == ("Bearer" in other)


def test_readme_explains_every_setting(every: list[Path]) -> None:
    """The README's table of settings has what `.env.example` has, whatever the options."""
    for project in every:
        table = re.findall(r"^\| `([A-Z_]+)` \|", chapter(project, "Settings"), re.M)

        assert sorted(table) == sorted(settings(project / ".env.example")), project


def settings(file: Path) -> dict[str, str]:
    """Return the settings in a file of `NAME=value` lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def test_git_ignores_only_what_it_should(project: Path, tmp_path: Path) -> None:
    """Of a fresh project, git ignores .env alone; and later its data and what tools make."""
    place = tmp_path / "project"
    shutil.copytree(project, place)
    run("git", "init", "--quiet", cwd=place)
    made = [
        "database.sqlite3",
        "database.sqlite3-wal",
        ".venv/x",
        "p/__pycache__/x",
        ".coverage",
    ]
    ignored = run("git", "ls-files", "-o", "-i", "--exclude-standard", cwd=place)

    assert ignored.split() == [".env"]
    assert run("git", "check-ignore", *made, cwd=place).split() == made


# Done as they say (slow)


def cloned(project: Path, folder: Path) -> Path:
    """Return a fresh clone of a project that its author committed."""
    origin, place = folder / "origin", folder / "clone"
    shutil.copytree(project, origin)
    author = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    run("git", "init", "--quiet", cwd=origin)
    run("git", "add", "--all", cwd=origin)
    run("git", *author, "commit", "--quiet", "-m", "Start", cwd=origin)
    run("git", "clone", "--quiet", origin, place, cwd=folder)
    assert not (place / ".env").exists()
    return place


@pytest.fixture
def clone(project: Path, tmp_path: Path) -> Path:
    """Return a fresh clone of a default project."""
    return cloned(project, tmp_path)


def stranger(home: Path) -> dict[str, str]:
    """Return the environment of somebody who has uv, and nothing of the author's."""
    home.mkdir()
    cache = run("uv", "cache", "dir", cwd=home).strip()
    return clean_environment(
        PATH=f"{TOOLS}{os.pathsep}{os.environ['PATH']}", HOME=str(home)
    ) | {"UV_CACHE_DIR": cache}


@pytest.mark.slow
@pytest.mark.parametrize("framework", FRAMEWORKS[:1], indirect=True)  # all share them
def test_pre_commit_hooks_pass(clone: Path, tmp_path: Path) -> None:
    """The hooks find nothing to mend in a fresh project."""
    run("uv", "sync", cwd=clone)

    run(
        "pre-commit",
        "run",
        "--all-files",
        cwd=clone,
        env={"PRE_COMMIT_HOME": str(tmp_path / "pre-commit")},
    )


# Where the README tells how to make a database on a server, and without an image of one.
SERVED: Options = {"database": "postgres", "docker": False}
PLAIN: Options = SERVED | {"accounts": False}

# The fewest in which each command stands, with uv and with pip: with accounts and without.
READMES: list[tuple[str, str, Options]] = [
    (framework, way, options)
    for way, choices in (
        ("uv", [{}]),
        ("uv", [PLAIN | {"interface": each} for each in ("pages", "api", "full")]),
        ("pip", [SERVED | {"interface": each} for each in ("full", "pages", "api")]),
        ("pip", [{"preset": "minimal"}]),
    )
    for framework, options in zip(FRAMEWORKS, cycle(choices), strict=False)
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("framework", "way", "options"),
    [
        pytest.param(*each, id="-".join([*each[:2], *map(str, each[2].values())]))
        for each in READMES
    ],
)
def test_readme_leads_to_a_running_app(
    framework: str, way: str, options: Options, tmp_path: Path
) -> None:
    """Whoever pastes all commands of the README has a green suite, an app and a backup."""
    made = bake_several(framework, "book", tmp_path / "new", **options)
    place = cloned(made.path, tmp_path)
    home = stranger(tmp_path / "home")
    with ExitStack() as stack:
        if options.get("database") == "postgres":
            # One of its own, as all call their database the same.
            server = stack.enter_context(start_postgres(tmp_path / "server"))
            home |= server.variables
            home["PATH"] = f"{server.binaries}{os.pathsep}{home['PATH']}"
        follow(place, home, way=way)

    (backup,) = place.glob("backup.sql*")
    assert backup.stat().st_size > (10_000 if backup.suffix == ".sqlite3" else 1_000)
    assert backup.suffix == ".sqlite3" or "CREATE TABLE" in backup.read_text("utf-8")


# What needs an engine: the images are built, and compose.yaml is read, by tests of their own.
IMAGES = {"docker compose up --build --detach", "docker compose up --detach --wait db"}


def test_every_command_of_a_readme_is_executed(
    every: list[Path], tmp_path: Path
) -> None:
    """Whatever the options, each stands in a README that is followed, with uv and with pip."""
    executed: dict[str, set[str]] = {"uv": set(), "pip": set()}
    for number, (framework, way, options) in enumerate(READMES):
        made = bake_several(framework, "book", tmp_path / str(number), **options)
        executed[way] |= named(steps(made.path, way=way))

    for project in every:
        said = [*blocks((project / "README.md").read_text("utf-8"))]
        assert {block.language for block in said} <= {
            "",
            "caddyfile",
            "ini",
            "mermaid",
            "powershell",
        }
        for way, known in executed.items():
            assert named(steps(project, way=way)) - known == set(), (project, way)
        for command in named(said) - executed["uv"] - executed["pip"]:
            inside = re.sub(
                r"docker compose exec (-T db|web) | --username postgres", "", command
            )
            assert inside in executed["pip"] | IMAGES, project


def named(said: Iterable[Block]) -> set[str]:
    """Return commands, with the same names and the same entry whatever is kept."""
    return {
        re.sub(
            r"(localhost:8000/api/|development\.ini /(?:api/)?)\w+",
            r"\1…",
            re.sub(r"-d '.*'$", "-d …", command),
        )
        for command in commands(said)
    }


def follow(place: Path, home: dict[str, str], *, way: str) -> None:
    """Type what a README says, and the passwords that its commands ask for."""
    known = find_project(place).values
    shell = pexpect.spawn(
        "bash",
        ["-c", script(place, known["__commands"], way=way)],
        cwd=place,
        env=home,
        encoding="utf-8",
        timeout=300,  # a busy machine installs and tests slowly
    )
    said = ""
    asks = r"(?i)(password|again|confirm|once more|address)[^\r\n]*[:?] ?$"
    while (which := shell.expect([asks, r">>> ?$", pexpect.EOF])) < 2:
        said += f"{shell.before}{shell.after}"
        if which == 1:  # A shell of the app, which is left again.
            shell.sendeof()
        else:
            shell.sendline("" if "address" in str(shell.after) else PASSWORD)
    shell.close()
    said += str(shell.before)

    assert shell.exitstatus == 0, said
    answers = [json.loads(line) for line in said.splitlines() if line[:2] == '{"']
    read_and_written = [(True, False), (False, True)] if any(known["__api"]) else []
    assert [("total" in each, "id" in each) for each in answers] == read_and_written


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"interface": "pages", "accounts": False}])
def test_a_feature_comes_out_again(
    framework: str, options: Options, tmp_path: Path
) -> None:
    """Who does what the README says is without the feature, and the checks still pass."""
    place = bake_several(framework, "book", tmp_path / "new", **options).path
    text = chapter(place, "Take a feature out")
    (feature,) = re.findall(r"`(/[^`]+)`", text.partition("\n1. ")[0])
    blocks = [block.splitlines() for block in code_blocks(chapter(place, "Run it"))]
    set_up, (seed, run_server) = blocks[0][:2], blocks[1]
    above = "/"
    if options:  # The entry has to be there, whose page is taken away.
        set_up, above = [*set_up, seed], feature.rpartition("/")[0]
    home = stranger(tmp_path / "home")

    for step in re.findall(r"^\d\. (.+)$", text, re.M):
        for command in take_out(step, place):
            run(*shlex.split(command), cwd=place, env=home)

    for command in set_up:
        run(*shlex.split(command), cwd=place, env=home)
    visit = f"""\
        {run_server} >server.log 2>&1 & server=$!
        trap 'kill $server' EXIT
        curl --silent --retry 60 --retry-delay 1 --retry-all-errors http://localhost:8000/health
        for path in {above} {feature}; do
          curl --silent --output page --write-out ' %{{http_code}}' http://localhost:8000$path
        done
    """
    said = run("sh", "-c", alone(visit), cwd=place, env=home)
    assert said.endswith(" 200 404"), said


def take_out(step: str, project: Path) -> list[str]:
    """Do what a step of the README says; return the commands that it says to run."""
    code = re.compile("`([^`]+)`")
    if step.startswith("Run "):
        return code.findall(step)
    if step.startswith("Delete "):
        for name in code.findall(step):
            (project / name).unlink()
        return []
    where, _, what = step.partition(", ")
    assert where.startswith("In "), step
    for file in (project / name for name in code.findall(where)):
        text = file.read_text("utf-8")
        for change in what.split("; "):
            if change.startswith("write "):
                new, old = code.findall(change)
                assert old in text, step
                text = text.replace(old, new)
            else:
                names, _, fragments = change.partition("the lines with ")
                assert names.startswith("delete "), step
                for name in code.findall(names):
                    first, last = COMPARE["span"](text, name)
                    lines = text.splitlines(keepends=True)
                    text = "".join(lines[: first - 1] + lines[last:])
                for fragment in code.findall(fragments):
                    assert fragment in text, step
                    kept = [line for line in text.splitlines() if fragment not in line]
                    text = "\n".join(kept) + "\n"
        file.write_text(text, "utf-8")
    return []


def dockerfile(project: Path, stage: int) -> list[tuple[str, str]]:
    """Return the instructions of one stage of the Dockerfile, as pairs of name and argument."""
    text = (project / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.split("FROM ")[stage + 1].splitlines()[1:] if line]
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return [(name, argument.strip()) for name, _, argument in pairs]
