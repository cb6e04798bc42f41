"""In a terminal: scaffold asks for what is missing, and shows colour."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from .starter import write_starter

Spawn = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def spawn(folder: Path) -> Spawn:
    """Return a function that starts scaffold in a terminal."""

    def spawn(*arguments: str, **environment: str) -> "pexpect.spawn[str]":
        return pexpect.spawn(
            sys.executable,
            ["-m", "scaffold", *arguments],
            env=os.environ
            | {"TERM": "xterm", "PYTHONWARNINGS": "ignore"}
            | environment,
            encoding="utf-8",
            timeout=20,
            dimensions=(24, 200),
        )

    return spawn


def answer(child: "pexpect.spawn[str]", question: str, text: str = "") -> None:
    child.expect_exact(question)
    child.sendline(text)


def test_asks_for_everything_with_defaults(spawn: Spawn, folder: Path) -> None:
    child = spawn()
    child.expect_exact("Framework, by the arrow keys and Enter:")
    child.expect_exact("> bottle  One file and no dependencies")
    child.send("\r")
    answer(child, "Project name [My Project]: ", "json")
    child.expect_exact('cannot name a project "json": it is a module of the standard')
    child.expect_exact('help: try "json-app"')
    answer(child, "Project name [My Project]: ", "Wine Cellar")
    child.expect_exact("Field types: str, text, int")
    answer(child, "What the app keeps [book title:str", "wine title:string")
    child.expect_exact('the field "title" has the unknown type "string"')
    answer(child, "What the app keeps [book title:str", "wine title:str")
    answer(child, "Anything else, or Enter: ")
    answer(child, "Description [Keeps track of wines.]: ")
    answer(child, "Author [Ada]: ", "Grace")
    answer(child, "E-mail [ada@example.com]: ", "nobody")
    child.expect_exact('"nobody" is no plain e-mail address')
    answer(child, "E-mail [ada@example.com]: ")
    answer(child, "Where the data is kept (sqlite, postgres) [sqlite]: ", "oracle")
    answer(child, "Where the data is kept (sqlite, postgres) [sqlite]: ", "postgres")
    answer(child, "Add a Dockerfile [Y/n]: ")
    answer(child, "What it says on the door [We keep wines.]: ")
    child.expect_exact(
        f"Bottle, an app that keeps wines (title), in {folder}/Wine-Cellar"
    )
    assert not (folder / "Wine-Cellar").exists()
    answer(child, "Write it? [Y/n]: ")
    child.expect_exact("Wine Cellar with Bottle, an app that keeps wines: 7 files")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 0
    assert (
        'AUTHOR = "Grace"'
        in (folder / "Wine-Cellar/wine_cellar/__init__.py").read_text()
    )
    settings = (folder / "Wine-Cellar/wine_cellar/settings.py").read_text()
    assert settings == 'DATABASE = "postgres"\n'


def test_asks_for_one_resource_after_another(spawn: Spawn, folder: Path) -> None:
    child = spawn("bottle", "--author", "Ada", "--email", "")
    answer(child, "Project name [My Project]: ")
    child.expect_exact("and ref, as in post:ref, for an entry of another resource")
    answer(child, "What the app keeps [book title:str", "wine title:str")
    answer(child, "Anything else, or Enter: ", "bottle size:int vine:ref")
    child.expect_exact('did you mean "vine:ref:wine"?')
    answer(child, "Anything else, or Enter: ", "flask size:int wine:ref")
    answer(child, "Anything else, or Enter: ")
    answer(child, "Description [Keeps track of wines and flasks.]: ")
    for question in ("Where the data", "Add a Dockerfile", "What it says"):
        answer(child, question)
    child.expect_exact("keeps wines (title) and flasks (size, wine), in")
    answer(child, "Write it? [Y/n]: ")
    child.expect(pexpect.EOF)

    assert (folder / "My-Project/my_project/flasks/models.py").is_file()


def test_asks_only_for_what_is_missing(spawn: Spawn, folder: Path) -> None:
    child = spawn(
        *("bottle", "-r", "wine title:str", "--author", "Ada", "--email", "a@x.org"),
        *(
            "--description",
            "Wines.",
            "--database",
            "sqlite",
            "--docker",
            "--motto",
            "Hi",
        ),
    )
    answer(child, "Project name [My Project]: ")
    answer(child, "Write it? [Y/n]: ")
    child.expect_exact("My Project with Bottle, an app that keeps wines")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 0


def test_a_taken_name_is_asked_for_again(spawn: Spawn, folder: Path) -> None:
    (folder / "taken").mkdir()
    child = spawn("bottle")
    answer(child, "Project name [My Project]: ", "taken")
    child.expect_exact('taken" exists already, and is left as it is')
    child.expect_exact("Project name [My Project]: ")
    child.close(force=True)


def test_a_framework_is_chosen_with_the_arrow_keys(
    spawn: Spawn, folder: Path, tmp_path: Path
) -> None:
    for name in ("anvil", "bottle", "zope"):
        write_starter(tmp_path / "templates", name=name)
    child = spawn(SCAFFOLD_TEMPLATES=str(tmp_path / "templates"))
    for key, chosen in (
        ("", "anvil"),
        ("\x1b[B", "bottle"),
        ("\x1b[A", "anvil"),
        ("\x1b[A", "zope"),
        ("b", "bottle"),
        ("x", "bottle"),
    ):
        child.send(key)
        child.expect_exact(f"> {chosen}")
    child.send("\r")
    child.expect_exact("Project name")
    child.sendcontrol("c")
    child.expect(pexpect.EOF)
    assert list(folder.iterdir()) == []


def test_without_a_terminal_that_can_it_asks_by_name(spawn: Spawn) -> None:
    child = spawn(TERM="dumb")
    answer(child, "Framework (bottle) [bottle]: ", "rails")
    answer(child, "Framework (bottle) [bottle]: ")
    child.expect_exact("Project name")


def test_a_folder_that_is_not_there_is_told_once(spawn: Spawn, folder: Path) -> None:
    child = spawn("bottle", "-o", "nope")
    said = child.read()
    child.close()

    assert said.count(f'there is no folder "{folder}/nope"') == 1
    assert "Project name" not in said
    assert child.exitstatus == 1


def test_a_summary_may_be_declined(spawn: Spawn, folder: Path) -> None:
    child = spawn("bottle", "-r", "wine title:str", "--author", "A", "--email", "")
    answer(child, "Project name [My Project]: ", "Mine")
    for question in (
        "Description",
        "Where the data",
        "Add a Dockerfile",
        "What it says",
    ):
        answer(child, question)
    answer(child, "Write it? [Y/n]: ", "n")
    child.expect_exact("stopped, and nothing was written")
    child.expect(pexpect.EOF)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 1)])
def test_ends_when_the_user_does(
    spawn: Spawn, folder: Path, key: str, code: int
) -> None:
    child = spawn("bottle")
    child.expect_exact("Project name [My Project]: ")
    child.send(key)
    rest = child.read()
    child.close()

    assert child.exitstatus == code
    assert "Traceback" not in rest
    assert rest.endswith("\r\n")  # The shell's prompt begins a line.
    assert list(folder.iterdir()) == []


def test_shows_colour_unless_it_is_unwanted(spawn: Spawn) -> None:
    shown = spawn("bottle", "one").read()

    assert "\x1b[32m\x1b[1mCreated\x1b[0m one with Bottle" in shown
    assert "\x1b[" not in spawn("rails", "x", NO_COLOR="1").read()
