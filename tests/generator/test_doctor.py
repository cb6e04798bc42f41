"""Is a project ready to be shown? One that is, and all that can keep it from being so."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from scaffold import doctor
from scaffold.doctor import Finding, Patient, examine, try_check
from scaffold.project import find_project
from scaffold.readme import commands_in, read

from .conftest import Run, contents, interrupted

RECORD = """\
[tool.scaffold]
version = "0.1.0"
framework = "bottle"
name = "My Proj"
resource = [
  "book title:str",
  "note text:str",
]
description = "Keeps track of books and notes."
author = "The My Proj authors"
email = ""
"""
README = """\
# My Proj

Lends the books of our club.

![A list of books](docs/list.png)

## Run it

    uv run python -m my_proj seed ada
    uv run poe start | tee log.txt
    docker compose up

`uv run pytest` runs what is in `tests/`; `my_proj/main.py` and `books/` are the app, `and/or` is
no file, `.venv/lib/x.py` is ignored and `text/html` is a type. See [the licence](LICENSE) and
[elsewhere](https://example.com/x.md).

```ini
file = missing.toml
```

## Why I built it

The club lost its list.

## What I'd change

### Next

Search.
"""
FILES = {
    ".env": "DEBUG=true\nSECRET_KEY=abcdefghijklmnopqrstuvwxyz\n",
    ".env.example": "DEBUG=true\nSECRET_KEY=\n",
    ".github/workflows/ci.yml": "steps:\n"
    f"  - uses: actions/checkout@{'3d3c42e5' * 5} # v7\n"
    "  - uses: ./local\n",
    ".gitignore": ".env\n.venv/\nlog.txt\n",
    "LICENSE": "MIT License\n\nCopyright (c) Ada Lovelace\n",
    "README.md": README,
    "compose.yaml": "services: {}\n",
    "docs/list.png": "a picture",
    "my_proj/main.py": "# TODO is for developers\n",
    "my_proj/books/models.py": "",
    "pyproject.toml": '[project]\ndescription = "Lends the books of our club."\n\n'
    f'{RECORD}\n[tool.poe.tasks]\nstart = "python -m my_proj"\n',
    "tests/test_main.py": "",
}

Git = Callable[..., str]


def run_git(project: Path, *arguments: str) -> str:
    """Run git in a project; give what it says."""
    return subprocess.run(
        ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", *arguments],
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that is ready to be shown, for copying only."""
    project = tmp_path_factory.mktemp("ready")
    for path, text in FILES.items():
        write(project, path, text)
    for name in ("pytest", "poe", "python"):
        program(project, name, "exit 0")
    run_git(project, "init", "--quiet")
    for files in ("LICENSE", "."):
        run_git(project, "add", files)
        run_git(project, "commit", "--quiet", f"--message=Add {files}")
    return project


@pytest.fixture
def project(folder: Path, ready: Path) -> Path:
    """Return a project that is ready to be shown."""
    return shutil.copytree(ready, folder / "my-proj")


@pytest.fixture
def git(project: Path) -> Git:
    """Return a function that runs git in the project."""
    return partial(run_git, project)


def write(project: Path, path: str, text: str) -> Path:
    """Write a file of the project."""
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def program(project: Path, name: str, script: str) -> None:
    """Install a program in the project's environment."""
    write(project, f".venv/bin/{name}", f"#!/bin/sh\n{script}\n").chmod(0o755)


def found(project: Path) -> dict[str, Finding]:
    """Return what is left to do, by name; nothing of what is merely not committed."""
    findings = [*examine(Patient(find_project(project)))]
    by_name = {each.name: each for each in findings}
    assert len(by_name) == len(findings)
    by_name.pop("commit", None)
    return by_name


def change(project: Path, path: str, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    write(project, path, text.replace(old, new))


def stale(project: Path, text: str) -> tuple[str, ...]:
    """Return what is stale in the README when it says this too."""
    change(project, "README.md", "## Run it\n", f"## Run it\n\n{text}\n")
    findings = found(project)
    assert set(findings) <= {"stale"}
    return findings["stale"].details if findings else ()


def test_a_project_that_is_ready_has_nothing_left(run: Run, project: Path) -> None:
    result = run("doctor", "my-proj")

    assert result.out == "My Proj is ready to be shown\n"
    assert result.err == "scaffold: running `pytest`, which may take a minute\n"
    assert result.code == 0


def test_without_its_check_it_says_so(run: Run, project: Path) -> None:
    program(project, "pytest", "exit 1")
    result = run("doctor", "my-proj", "--no-check")

    assert result.out == ("My Proj is ready to be shown; its own check was left out\n")
    assert (result.code, result.err) == (0, "")


def test_says_what_why_and_how(run: Run, project: Path, git: Git) -> None:
    (project / "LICENSE").unlink()
    change(project, "README.md", "[the licence](LICENSE)", "the licence")
    result = run("doctor", "my-proj")

    assert result.out == (
        "My Proj: 2 things to do before it is shown\n"
        "\n"
        "licence: it has no licence\n"
        "  why: without one, nobody may use or even run what you show\n"
        "  fix: add a LICENSE; https://choosealicense.com helps to choose\n"
        "\n"
        "commit: not everything is committed\n"
        "    LICENSE\n"
        "    README.md\n"
        "  why: others see only what is\n"
        "  fix: commit it, or name in .gitignore what is for you alone\n"
    )
    assert result.code == 1


def test_says_it_in_json(run: Run, project: Path) -> None:
    write(project, "new.txt", "")
    result = run("doctor", "my-proj", "--json", "--no-check")

    said = json.loads(result.out)
    (finding,) = said.pop("findings")
    assert said == {
        "framework": "bottle",
        "name": "My Proj",
        "path": str(project),
        "checked": False,
    }
    assert list(finding) == ["name", "what", "why", "fix", "details"]
    assert (finding["name"], finding["details"]) == ("commit", ["new.txt"])
    assert result.code == 1


def test_looks_at_the_folder_one_is_in(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)

    assert run("doctor").out == "My Proj is ready to be shown\n"


@pytest.mark.parametrize(
    ("path", "content", "err"),
    [
        (
            "nowhere",
            None,
            "{folder}/nowhere is no project: it has no pyproject.toml\n"
            "help: name the folder of a project that scaffold made",
        ),
        (
            "other",
            "[project]\n",
            "{folder}/other/pyproject.toml has no table [tool.scaffold]\n"
            "help: the pyproject.toml of a generated project has one",
        ),
        (
            "rails",
            '[tool.scaffold]\nframework = "rails"\n',
            'there is no framework called "rails"\n'
            "help: choose from bottle; `scaffold list` tells more",
        ),
    ],
)
def test_what_is_no_project_is_a_usage_error(
    run: Run, folder: Path, path: str, content: str | None, err: str
) -> None:
    if content is not None:
        write(folder, f"{path}/pyproject.toml", content)
    result = run("doctor", path)

    assert result.err == f"scaffold: {err.format(folder=folder)}\n"
    assert (result.code, result.out) == (2, "")


def test_changes_nothing(run: Run, project: Path, git: Git) -> None:
    os.utime(project / "LICENSE", (1, 1))  # So that git would refresh its index.
    change(project, "README.md", "docs/list.png", "docs/none.png")
    before = contents(project), (project / ".git/index").read_bytes()

    assert run("doctor", "my-proj").code == 1
    assert (contents(project), (project / ".git/index").read_bytes()) == before


@pytest.mark.parametrize("name", [".env", ".env.local", "app.sqlite3", "keys/id_rsa"])
def test_secrets_in_git(project: Path, git: Git, name: str) -> None:
    write(project, name, "x")
    git("add", "--force", name)

    assert found(project)["secrets"].details == (name,)
    git("rm", "--cached", name)
    assert not found(project)


def test_a_secret_in_use_that_was_once_committed(project: Path, git: Git) -> None:
    write(project, "notes.txt", "the key is abcdefghijklmnopqrstuvwxyz!")
    git("add", "notes.txt")
    git("commit", "--quiet", "--message=Note")
    git("rm", "--quiet", "notes.txt")
    git("commit", "--quiet", "--message=Oops")

    assert found(project)["secrets"].details == (".env: SECRET_KEY",)
    assert "abcdef" not in str(found(project))
    write(project, ".env", "SECRET_KEY=zyxwvutsrqponmlkjihgfedcba\n")
    assert not found(project)


def test_the_values_of_the_example_are_no_secrets(project: Path, git: Git) -> None:
    for name in (".env", ".env.example"):
        write(project, name, "DATABASE_URL=sqlite:///database.sqlite3\n")
    git("add", ".env.example")
    git("commit", "--quiet", "--message=Say where the data is")

    assert not found(project)


@pytest.mark.parametrize("name", ["LICENCE.txt", "copying"])
def test_a_licence_by_any_name(project: Path, name: str) -> None:
    (project / "LICENSE").unlink()
    change(project, "README.md", "(LICENSE)", f"({name})")

    assert set(found(project)) == {"licence", "stale"}
    write(project, name, "Do what you want.")
    assert not found(project)


def test_what_scaffold_wrote_where_its_owner_said_nothing(project: Path) -> None:
    change(project, "LICENSE", "Ada Lovelace", "The My Proj authors")
    change(
        project, "README.md", "Lends the", "Keeps track of books and notes.\nLends the"
    )
    change(
        project,
        "pyproject.toml",
        "Lends the books of our club.",
        "Keeps track of books and notes.",
    )

    findings = found(project)

    assert findings["author"].details == ("LICENSE:3",)
    assert findings["author"].what == 'the author is still "The My Proj authors"'
    assert findings["description"].details == ("README.md:3", "pyproject.toml:2")
    assert len(findings) == 2


def test_a_missing_description(project: Path) -> None:
    change(project, "pyproject.toml", "[project]\ndescription = ", "[project]\n# ")
    assert set(found(project)) == {"description"}

    change(
        project, "pyproject.toml", "[project]", '[project]\ndynamic = ["description"]'
    )
    assert not found(project)


@pytest.mark.parametrize(
    ("picture", "is_one"),
    [
        ("![x](docs/list.png#gh-dark-mode-only)", True),
        ('<img alt="x" src="docs/list.png">', True),
        ('<picture><source srcset="docs/list.png"></picture>', True),
        ("[![CI](https://example.com/badge.svg)](https://example.com)", False),
        ("![x](docs/icon.svg)", False),
        ("<!-- ![x](docs/list.png) -->", False),
        ("    ![x](docs/list.png)", False),
    ],
)
def test_a_picture_of_the_app(project: Path, picture: str, is_one: bool) -> None:
    write(project, "docs/icon.svg", "<svg/>")
    change(project, "README.md", "![A list of books](docs/list.png)", picture)

    assert set(found(project)) == (set() if is_one else {"picture"})


def test_a_picture_that_is_not_there(project: Path) -> None:
    (project / "docs/list.png").unlink()

    findings = found(project)
    assert set(findings) == {"picture", "stale"}
    assert findings["stale"].details == ("docs/list.png",)


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        ("purpose", "## Why I built it\n", "The club lost its list.\n"),
        ("hindsight", "## What I'd change\n", "### Next\n\nSearch.\n"),
    ],
)
def test_what_its_owner_alone_can_write(
    project: Path, name: str, title: str, text: str
) -> None:
    change(project, "README.md", text, "<!-- Write here. -->\n")
    assert "nothing under" in found(project)[name].what

    change(project, "README.md", title, "")
    findings = found(project)
    assert set(findings) == {name}
    assert "no section" in findings[name].what


def test_no_readme(project: Path) -> None:
    (project / "README.md").unlink()

    assert set(found(project)) == {"readme"}


def test_what_is_still_to_be_written(project: Path) -> None:
    change(project, "README.md", "Search.", "TODO: more")

    findings = found(project)
    assert set(findings) == {"unfinished"}
    assert findings["unfinished"].details == ("README.md:29",)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("See `my_proj/old.py` and `other/`.", ("my_proj/old.py", "other/")),
        ("See [how](docs/how.md#top) and [here](#run-it).", ("docs/how.md",)),
        ("    python manage.py migrate", ("manage.py",)),
        ("```sh\n$ cd x && sh scripts/go.sh\n```", ("scripts/go.sh",)),
        ("`uv run poe deploy` deploys it.", ("uv run poe deploy",)),
        ("`uv run poe` lists them.", ()),
        (
            "    uv run --no-dev gunicorn my_proj.wsgi",
            ("uv run --no-dev gunicorn my_proj.wsgi",) * 1,
        ),
        ("    uv run python -m my_proj.books x", ()),
        ("    python -m my_proj.loans", ("python -m my_proj.loans",)),
        ("`uvx pre-commit install`", ("uvx pre-commit install",)),
        ('    echo "it is not\n    closed.py"', ()),
        ("`main.py`, `*/x.py`, `GET /health`, `https://example.com/a.py`", ()),
    ],
)
def test_what_is_not_there_any_more(
    project: Path, text: str, details: tuple[str, ...]
) -> None:
    assert stale(project, text) == details


def test_docker_without_its_file(project: Path) -> None:
    (project / "compose.yaml").unlink()

    assert found(project)["stale"].details == ("docker compose up",)


def test_a_package_of_another_name(project: Path) -> None:
    (project / "my_proj").rename(project / "club")

    assert found(project)["stale"].details == (
        "my_proj/main.py",
        "uv run python -m my_proj seed ada",
    )


@pytest.mark.parametrize(
    "action",
    ["actions/checkout@v7", "actions/checkout", "docker://alpine:3", '"a/b@1234567"'],
)
def test_actions_that_are_not_pinned(project: Path, action: str) -> None:
    write(project, ".github/workflows/x.yaml", f"jobs:\n  x:\n    uses: {action}\n")

    findings = found(project)
    assert set(findings) == {"actions"}
    assert findings["actions"].details == (
        f".github/workflows/x.yaml: {action.strip(chr(34))}",
    )


def test_a_history_of_one_commit(project: Path, git: Git) -> None:
    git("reset", "--quiet", "--soft", "HEAD~")
    assert found(project)["history"].what == "its history is the first commit alone"

    git("update-ref", "-d", "HEAD")
    assert found(project)["history"].what == "nothing is committed"


def test_a_clone_without_its_history_is_not_judged_by_it(
    project: Path, git: Git, folder: Path
) -> None:
    git("clone", "--quiet", "--depth=1", f"file://{project}", str(folder / "clone"))

    assert not found(folder / "clone")


def test_without_git_all_else_is_looked_at(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".git").rename(project / ".nogit")
    change(project, "LICENSE", "Ada Lovelace", "The My Proj authors")
    write(project, "venv/pyvenv.cfg", "")
    write(project, "venv/lib/x.py", "# The My Proj authors")
    change(project, "README.md", "`.venv/lib/x.py`", "that")
    change(project, "README.md", " | tee log.txt", "")

    findings = found(project)
    assert set(findings) == {"author", "history"}
    assert findings["author"].details == ("LICENSE:3",)


@pytest.mark.parametrize(
    ("script", "details"),
    [
        ("echo 1 failed; echo oh >&2; exit 1", ("1 failed", "oh")),
        ("seq 20; exit 1", tuple(map(str, range(9, 21)))),
        ("sleep 60", ("not done in 0 minutes",)),
    ],
)
def test_a_check_that_fails(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    details: tuple[str, ...],
) -> None:
    program(project, "pytest", script)
    monkeypatch.setattr(doctor, "CHECK_TIMEOUT", 1)

    (finding,) = try_check(Patient(find_project(project)))

    assert finding.what == "its check, `pytest`, fails"
    assert finding.details == details


def test_a_check_runs_in_the_project_and_its_environment(project: Path) -> None:
    program(project, "pytest", 'pwd; echo "$VIRTUAL_ENV"; command -v poe; exit 1')

    (finding,) = try_check(Patient(find_project(project)))

    assert finding.details == (
        str(project),
        f"{project}/.venv",
        f"{project}/.venv/bin/poe",
    )


def test_a_check_that_is_not_installed(project: Path) -> None:
    (project / ".venv/bin/pytest").unlink()

    (finding,) = try_check(Patient(find_project(project)))

    assert "is not installed in .venv" in finding.what


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_check_that_is_interrupted_leaves_nothing_running(
    project: Path, number: signal.Signals
) -> None:
    os.mkfifo(project / "open")
    program(project, "pytest", "exec 3>open; sleep 60 & wait")
    interrupted("doctor", project, number, pipe=project / "open", within=30)


def test_a_broken_line_is_no_command() -> None:
    assert commands_in("echo 'it") == [["echo"]]
    assert commands_in("A=$(x | y) && z") == [["A=$"], ["x"], ["y"], ["z"]]


def test_a_heading_holds_what_is_below_smaller_ones() -> None:
    readme = read("# A\n\n## B\n\n### C\n\ntext\n\n## D\n")

    texts = {title: readme.text_of(title) for title in "ABCDE"}
    assert texts == {"A": "text", "B": "text", "C": "text", "D": "", "E": None}
