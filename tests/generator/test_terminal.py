"""In a terminal: scaffold asks for what is missing, and shows colour."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

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
    answer(child, "Framework (bottle) [bottle]: ")
    answer(child, "Project name [My Project]: ", "json")
    child.expect_exact('cannot name a project "json": it is a module of the standard')
    child.expect_exact('help: try "json-app"')
    answer(child, "Project name [My Project]: ", "Wine Cellar")
    answer(child, "What the app keeps [book title:str", "wine title:string")
    child.expect_exact('the field "title" has the unknown type "string"')
    answer(child, "What the app keeps [book title:str", "wine title:str")
    answer(child, "Description [Keeps track of wines.]: ")
    answer(child, "Author [Ada]: ", "Grace")
    answer(child, "E-mail [ada@example.com]: ", "nobody")
    child.expect_exact('"nobody" is no plain e-mail address')
    answer(child, "E-mail [ada@example.com]: ")
    answer(child, "Where the data is kept (sqlite, postgres) [sqlite]: ", "oracle")
    answer(child, "Where the data is kept (sqlite, postgres) [sqlite]: ", "postgres")
    answer(child, "Add a Dockerfile [Y/n]: ")
    answer(child, "What it says on the door [We keep wines.]: ")
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
    assert list(folder.iterdir()) == []


def test_shows_colour_unless_it_is_unwanted(spawn: Spawn) -> None:
    shown = spawn("bottle", "one").read()

    assert "\x1b[32m\x1b[1mCreated\x1b[0m one with Bottle" in shown
    assert "\x1b[" not in spawn("rails", "x", NO_COLOR="1").read()
