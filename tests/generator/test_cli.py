"""The command line: exactly what it says, and how it ends."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, contents
from .starter import SETTINGS, write_starter

SCAFFOLD = [sys.executable, "-m", "scaffold"]


@pytest.mark.usefixtures("uv")
def test_says_what_was_made_and_how_to_go_on(run: Run, folder: Path) -> None:
    result = run("bottle", "My Proj")

    assert result.err == ""
    assert result.out == (
        f"Created My Proj with Bottle, an app that keeps books: 7 files in {folder}/My-Proj\n"
        "\n"
        "Install it, and check it:\n"
        "\n"
        "    cd My-Proj\n"
        "    uv sync\n"
        "    uv run pytest\n"
        "\n"
        "Make its database and your account:\n"
        "\n"
        "    uv run bottle migrate\n"
        "    uv run bottle check\n"
        "    uv run python -m my_proj create-user ada\n"
        "\n"
        "Add some books to look at and start it; "
        "then open http://localhost:8000 and sign in:\n"
        "\n"
        "    uv run python -m my_proj seed ada\n"
        "    uv run python -m my_proj\n"
    )
    assert result.code == 0


@pytest.mark.usefixtures("uv")
def test_an_app_without_accounts_asks_for_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = SETTINGS["__commands"] | {"create_user": ""}
    write_starter(tmp_path / "templates", __commands=commands)
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(tmp_path / "templates"))
    out = run("bottle", "My Proj").out

    assert "Make its database:\n\n    uv run bottle migrate\n" in out
    assert "then open http://localhost:8000:\n" in out
    assert "your account" not in out


def test_without_uv_it_says_how_to_go_on_with_pip(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    out = run("bottle", "myproj").out

    assert (
        "    cd myproj\n"
        "    python3 -m venv .venv\n"
        "    source .venv/bin/activate\n"
        "    python -m pip install --upgrade pip\n"
        "    pip install -e . --group dev\n"
        "    pytest\n"
    ) in out


def test_the_commands_survive_a_shell(run: Run, folder: Path) -> None:
    (folder / "it's here").mkdir()

    assert (
        """    cd 'it'"'"'s here/myproj'\n"""
        in run("bottle", "myproj", "-o", "it's here").out
    )


def test_a_dry_run_shows_the_tree_and_writes_nothing(run: Run, folder: Path) -> None:
    result = run("bottle", "myproj", "--dry-run", "-r", "day title:str")

    assert result.out == (
        "myproj/\n"
        "  .env            62 B\n"
        "  .gitignore       5 B\n"
        "  README.md       31 B\n"
        "  run             32 B\n"
        "  myproj/\n"
        "    __init__.py   71 B\n"
        "    settings.py   20 B\n"
        "    days/\n"
        "      models.py   52 B\n"
        "\n"
        "7 files, 273 B; nothing was written\n"
    )
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("uv")
def test_json_is_the_same_object_with_and_without_dry_run(
    run: Run, folder: Path
) -> None:
    dry = run("bottle", "myproj", "--json", "--dry-run")
    real = run("bottle", "myproj", "--json")
    said = json.loads(real.out)
    files = contents(folder / "myproj")

    assert real.out == dry.out
    assert list(said) == ["framework", "name", "package", "path", "files", "next"]
    assert said["path"] == str(folder / "myproj")
    assert {file["path"] for file in said["files"]} == {
        path for path, content in files.items() if content is not None
    }
    for file in said["files"]:
        content = files[file["path"]]
        mode = (folder / "myproj" / file["path"]).stat().st_mode & 0o777
        assert content is not None
        assert file["mode"] == f"{mode:04o}"
        assert file["secret"] == (file["path"] == ".env")
        secret = None if file["secret"] else hashlib.sha256(content).hexdigest()
        assert file["sha256"] == secret
    assert said["next"][0] == {
        "what": "Install it, and check it",
        "commands": ["cd myproj", "uv sync", "uv run pytest"],
    }


def test_quiet_says_nothing(run: Run, folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    result = run("bottle", "myproj", "-q")

    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_warning_is_one_line_on_stderr(run: Run, folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    result = run("bottle", "myproj", "--json")

    assert result.err == (
        f"scaffold: warning: no git repository was made: {folder} is one already\n"
    )
    assert json.loads(result.out)["name"] == "myproj"


def test_lists_the_frameworks_in_eighty_columns(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    write_starter(templates)
    about = {
        "title": "Zope",
        "known_for": "An object database and through-the-web editing",
        "hired_for": "Intranets",
    }
    prompts = SETTINGS["__prompts__"] | {"treaty": "What it has signed."}
    presets = {"minimal": {"help": "Less of it", "docker": False, "treaty": "none"}}
    more = {"treaty": "", "__prompts__": prompts, "_presets": presets}
    write_starter(templates, name="zope", _framework=about, **more)
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))
    out = run("list").out

    assert out == (
        "framework   known for                              hired for\n"
        "---------   ------------------------------------   -----------------------------\n"
        "bottle      One file and no dependencies           Small services, devices and\n"
        "                                                   prototypes\n"
        "\n"
        "zope        An object database and                 Intranets\n"
        "            through-the-web editing\n"
        "\n"
        "option                       means\n"
        "--------------------------   --------------------------\n"
        "--database sqlite|postgres   Where the data is kept.\n"
        "--docker/--no-docker         Add a Dockerfile.\n"
        "--motto TEXT                 What it says on the door.\n"
        "--treaty TEXT                What it has signed. (Zope)\n"
        "\n"
        "preset      means\n"
        "---------   --------------------------------------------\n"
        "--minimal   Less of it: --no-docker --treaty none (Zope)\n"
        "\n"
        "Field types: str, text, int, float, decimal, bool, date, time, datetime, url,\n"
        "email, choice\n"
        "Modifiers: optional, unique\n"
        "Several resources, and ref[:NAME][:cascade] between them: Bottle, Zope\n"
    )
    assert max(map(len, out.splitlines())) <= 80


def test_help_has_the_frameworks_and_an_example(run: Run) -> None:
    for flag in ("-h", "--help"):
        out = run(flag).out

        listed = "  bottle      One file and no dependencies\n  config      Show your "
        assert listed in out
        assert "  scaffold bottle myproj\n" in out


def test_help_of_a_framework_has_its_own_options(run: Run) -> None:
    out = run("bottle", "-h").out

    assert out.startswith("Usage: scaffold bottle [OPTIONS] NAME\n")
    assert (
        "  --database [sqlite|postgres]  Where the data is kept.  [default: sqlite]"
        in out
    )
    assert "  --docker / --no-docker        Add a Dockerfile.  [default: docker]" in out
    assert "  --motto TEXT                  What it says on the door." in out
    assert "  scaffold bottle cookbook --resource " in out


def test_options_reach_the_templates(run: Run, folder: Path) -> None:
    run("bottle", "myproj", "--database", "postgres", "--motto", "Hi", "--no-docker")

    assert (
        folder / "myproj/myproj/settings.py"
    ).read_text() == 'DATABASE = "postgres"\n'


def test_a_preset_sets_several_options_and_what_is_given_wins(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    presets = {"small": {"help": "Less", "docker": False, "database": "postgres"}}
    write_starter(templates, _presets=presets)
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))
    run("bottle", "one", "--small")
    run("bottle", "two", "--small", "--database", "sqlite")
    record = '[tool.scaffold]\nframework = "bottle"\ndatabase = "sqlite"\n'
    (folder / "answers.toml").write_text(record)
    run("bottle", "three", "--config", "answers.toml", "--small")

    made = {
        name: (
            (folder / name / name / "settings.py").read_text(),
            (folder / name / "Dockerfile").exists(),
        )
        for name in ("one", "two", "three")
    }
    assert made == {
        "one": ('DATABASE = "postgres"\n', False),
        "two": ('DATABASE = "sqlite"\n', False),
        "three": ('DATABASE = "postgres"\n', False),
    }
    assert re.search(r"--small +Less: the same as --no-", run("bottle", "-h").out)


def test_says_its_version(run: Run) -> None:
    assert run("--version").out == "scaffold 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        (
            ["botle", "x"],
            2,
            'there is no framework called "botle"\nhelp: did you mean "bottle"?',
        ),
        (
            ["lst"],
            2,
            'there is no framework called "lst"\nhelp: did you mean "list"?',
        ),
        (
            ["bottle", "x", "-r", "wine title:str", "-r", "wine title:str"],
            2,
            'the resource "wine" is there twice\n'
            "    wine title:str\n"
            "    ^^^^\n"
            "help: put its fields into one, or give the other another name",
        ),
        (
            ["rails", "x"],
            2,
            'there is no framework called "rails"\n'
            "help: choose from bottle; `scaffold list` tells more",
        ),
        (
            ["bottle", "json"],
            2,
            'cannot name a project "json": it is a module of the standard library\n'
            'help: try "json-app"',
        ),
        (
            ["bottle", "x", "-r", ""],
            2,
            "the resource is empty\n"
            'help: write for example "book title:str author:str summary:text:optional '
            'pages:int:optional finished:bool"',
        ),
        (
            ["bottle", "x", "-r", "book"],
            2,
            'the resource "book" has no field\n'
            "    book\n"
            "    ^^^^\n"
            'help: add at least one, for example "book title:str"',
        ),
        (
            ["bottle", "books"],
            2,
            'the resource "books" has the same name as the project\n'
            "    book title:str author:str summary:text:optional pages:int:optional finis…\n"
            "    ^^^^\n"
            "help: give the project another name, or the resource",
        ),
        (
            ["bottle", "x", "--author", "a\x1b[2J"],
            2,
            "the author holds a control character (U+001B)\n"
            "help: leave it out, and write one line",
        ),
        (
            ["bottle", "x", "--email", "nobody"],
            2,
            '"nobody" is no plain e-mail address\n'
            "help: write it as name@example.com, or leave it empty",
        ),
        (
            ["bottle", "x", "--database", "oracle"],
            2,
            "Invalid value for '--database': 'oracle' is not one of 'sqlite', 'postgres'.\n"
            "help: `scaffold bottle --help` shows what there is",
        ),
        (
            ["bottle"],
            2,
            "the project's NAME is missing\n"
            "help: `scaffold bottle --help` shows what there is",
        ),
        (
            [],
            2,
            "no framework is named, and there is nobody to ask\n"
            "help: `scaffold --help` shows what there is",
        ),
        (
            ["bottle", "x", "-o", "nowhere"],
            1,
            'there is no folder "{folder}/nowhere"\n'
            "help: make it first, or choose another with --output-dir",
        ),
    ],
)
def test_an_error_says_what_why_and_what_to_do(
    run: Run, folder: Path, arguments: list[str], code: int, err: str
) -> None:
    result = run(*arguments)

    assert result.err == f"scaffold: {err.format(folder=folder)}\n"
    assert (result.code, result.out) == (code, "")
    assert list(folder.iterdir()) == []


def test_an_unknown_option_is_a_usage_error(run: Run) -> None:
    result = run("bottle", "x", "--nope")

    assert result.code == 2
    assert result.err.startswith("scaffold: No such option")
    assert result.err.endswith("\nhelp: `scaffold bottle --help` shows what there is\n")


def test_a_full_disk_is_one_line(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/somewhere/file")

    monkeypatch.setattr("scaffold.project.write_files", full)
    result = run("bottle", "myproj")

    assert (result.code, result.out) == (1, "")
    assert result.err == "scaffold: No space left on device: /somewhere/file\n"
    assert list(folder.iterdir()) == []


def test_a_closed_pipe_is_silent(folder: Path) -> None:
    script = f'"{sys.executable}" -m scaffold list | true'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False)

    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_full_stdout_is_one_line(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [*SCAFFOLD, "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.stderr.decode() == "scaffold: No space left on device\n"
    assert done.returncode == 1


def test_runs_as_a_module_and_in_any_locale(folder: Path) -> None:
    (folder / "Überraschung").mkdir()
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*SCAFFOLD, "bottle", "myproj", "-o", "Überraschung", "--author", "Zoë"],
        env=environment,
        capture_output=True,
        check=True,
    )

    assert b"berraschung/myproj" in done.stdout
    init = (folder / "Überraschung/myproj/myproj/__init__.py").read_text(
        encoding="utf-8"
    )
    assert 'AUTHOR = "Zoë"' in init


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_offers_completion(folder: Path, shell: str) -> None:
    environment = os.environ | {"_SCAFFOLD_COMPLETE": f"{shell}_source"}
    scaffold = Path(sys.executable).with_name("scaffold")
    done = subprocess.run([scaffold], env=environment, capture_output=True, check=True)

    assert b"_SCAFFOLD_COMPLETE" in done.stdout


def test_completes_frameworks_and_options(folder: Path) -> None:
    def complete(words: str) -> list[str]:
        environment = os.environ | {
            "_SCAFFOLD_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        scaffold = Path(sys.executable).with_name("scaffold")
        done = subprocess.run(
            [scaffold], env=environment, capture_output=True, check=True
        )
        return done.stdout.decode().split()

    assert complete("scaffold bo") == ["plain,bottle"]
    assert complete("scaffold bottle myproj --database p") == ["plain,postgres"]
