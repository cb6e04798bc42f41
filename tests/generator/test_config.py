"""Files of answers: a project makes itself again, and a user sets once what is always so."""

import dataclasses
import json
import os
import tomllib
from pathlib import Path

import pytest

from scaffold import Answers, generate
from scaffold.errors import ConfigError
from scaffold.frameworks import framework_names
from scaffold.version import VERSION

from .conftest import Run
from .starter import write_starter

TEMPLATES = Path(__file__).parents[2] / "templates"
RECORD = tomllib.loads((TEMPLATES / "_shared/settings.toml").read_text("utf-8"))[
    "__record"
]
HOSTILE = 'O\'Brien "Bob" \\ {{7*7}} {= 7*7 =} # \U0001f600'


@pytest.fixture(autouse=True)
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a framework whose projects record what they were made from."""
    write_starter(
        tmp_path / "templates",
        files={"pyproject.toml": "[tool.scaffold]\n{= cookiecutter.__record =}\n"},
        _name="bottle",
        __record=RECORD,
    )
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(tmp_path / "templates"))


def written(folder: Path, text: str) -> Path:
    path = folder / "answers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_answers_are_a_value(folder: Path) -> None:
    answers = generate("bottle", "myproj", dry_run=True, motto="Hi").answers

    assert isinstance(answers, Answers)
    assert (answers.framework, answers.name.text) == ("bottle", "myproj")
    assert (answers.author, answers.options) == ("Ada", (("motto", "Hi"),))
    assert answers.version == VERSION
    assert len({answers, dataclasses.replace(answers)}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        answers.author = "Eve"  # type: ignore[misc]


def test_a_project_records_its_answers_in_few_lines(folder: Path) -> None:
    path = generate("bottle", "My Proj", resource="wine title:str", docker=False).path

    assert (path / "pyproject.toml").read_text() == (
        "[tool.scaffold]\n"
        f'version = "{VERSION}"\n'
        'framework = "bottle"\n'
        'name = "My Proj"\n'
        'resource = "wine title:str"\n'
        'description = "Keeps track of wines."\n'
        'author = "Ada"\n'
        'email = "ada@example.com"\n'
        'database = "sqlite"\n'
        "docker = false\n"
        'motto = "We keep wines."\n'
    )


def test_a_file_makes_the_same_project_again(
    run: Run, folder: Path, user: Path
) -> None:
    arguments = ["-r", "wine title:str year:int:optional", "--database", "postgres"]
    texts = ["--no-docker", "--author", HOSTILE, "--description", HOSTILE]
    assert run("bottle", "first", *arguments, *texts).code == 0
    (user / ".gitconfig").write_text("[user]\nname = Eve\nemail = eve@example.com\n")

    assert run("bottle", "again", "--config", "first/pyproject.toml").code == 0

    first = generate(
        "bottle",
        "again",
        config="first/pyproject.toml",
        dry_run=True,
        output_dir=folder.parent,
    )
    for path in sorted((folder / "first").rglob("*")):
        name = path.relative_to(folder / "first").as_posix()
        if path.is_file() and name != ".env" and not name.startswith(".git/"):
            again = folder / "again" / name.replace("first", "again")
            expected = path.read_bytes().replace(b"first", b"again")
            assert again.read_bytes() == expected, name
    assert first.answers.author == HOSTILE


@pytest.mark.parametrize("framework", framework_names(TEMPLATES))
def test_every_framework_records_what_makes_it_again(
    folder: Path, tmp_path: Path, framework: str
) -> None:
    first = generate(
        framework,
        "My Proj",
        resource="wine title:str year:int:optional",
        author=HOSTILE,
        templates=TEMPLATES,
        dry_run=True,
    )
    record = next(file for file in first.files if file.path == "pyproject.toml")
    file = tmp_path / "pyproject.toml"
    file.write_bytes(record.content)

    again = generate(framework, config=file, templates=TEMPLATES, dry_run=True)

    for one, other in zip(first.files, again.files, strict=True):
        assert one.secret or one == other, one.path


def test_what_is_said_wins_over_the_file(run: Run, folder: Path) -> None:
    file = written(
        folder, '[tool.scaffold]\nauthor = "Eve"\nmotto = "Hi"\nname = "Mine"\n'
    )

    assert run("bottle", "--config", str(file), "--author", "Bob").code == 0

    record = tomllib.loads((folder / "Mine/pyproject.toml").read_text())["tool"]
    assert record["scaffold"]["author"] == "Bob"
    assert record["scaffold"]["motto"] == "Hi"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool", "is no TOML: "),
        ("a = 1\n", "has no table [tool.scaffold]"),
        ("tool = 1\n", "has no table [tool.scaffold]"),
        ("[tool]\nscaffold = [1]\n", "has no table [tool.scaffold]"),
        ("a = " + "[" * 5000 + "\n", "is no TOML: "),
        ("#" * 1_000_001, "is too large to hold answers"),
        ('[tool.scaffold]\nversion = "99.0.0"\n', "was written by scaffold 99.0.0"),
        ("[tool.scaffold]\nversion = 1\n", "version is three numbers"),
        ('[tool.scaffold]\nversion = "1.x\\u001b[2J"\n', "version is three numbers"),
        ('[tool.scaffold]\ncolour = "red"\n', 'nobody knows the key "colour"'),
        ('[tool.scaffold]\n"a\\u001b[2J" = 1\n', "nobody knows the key"),
        ("[tool.scaffold]\nauthor = 1\n", "author is a text"),
        ("[tool.scaffold]\nresource = []\n", "resource is a text, or a list of texts"),
        ('[tool.scaffold]\nresource = ["wine x:str", 1]\n', "resource is a text, or"),
        ('[tool.scaffold]\nauthor = ["Ada"]\n', "author is a text, such as"),
        ("[tool.scaffold]\ndocker = 1\n", "--docker is on or off"),
        ('[tool.scaffold]\ndatabase = "oracle"\n', '--database cannot be "oracle"'),
        ('[tool.scaffold]\nauthor = "a\\nb"\n', "the author holds a line break"),
        ('[tool.scaffold]\nresource = "wine"\n', 'the resource "wine" has no field'),
        ('[tool.scaffold]\nname = "json"\n', 'cannot name a project "json"'),
    ],
)
def test_a_hostile_or_newer_file_gets_one_clear_line(
    run: Run, folder: Path, text: str, message: str
) -> None:
    name = [] if "name =" in text else ["x"]
    result = run("bottle", *name, "--config", str(written(folder, text)))

    assert result.code == 2
    assert message in result.err.splitlines()[0]
    assert len(result.err.splitlines()) <= (4 if "resource" in message else 2)
    assert "\x1b[2J" not in result.err
    assert [path.name for path in folder.iterdir()] == ["answers.toml"]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "latin"])
def test_what_is_no_file_gets_one_clear_line(run: Run, folder: Path, kind: str) -> None:
    path = folder / "answers.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "latin":
        path.write_bytes(b'[tool.scaffold]\nauthor = "Zo\xeb"\n')
    result = run("bottle", "x", "--config", str(path))

    assert result.code == 2
    assert str(path) in result.err.splitlines()[0]
    assert len(result.err.splitlines()) <= 2


@pytest.fixture
def mine(user: Path) -> Path:
    """The file of the user's own defaults, in the platform's place."""
    path = user / ".config/scaffold/config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_a_user_sets_once_what_is_always_so(run: Run, folder: Path, mine: Path) -> None:
    mine.write_text('author = "Grace"\nmotto = "Hi"\ngit = false\n')
    run("bottle", "myproj", "--motto", "Ho")

    record = tomllib.loads((folder / "myproj/pyproject.toml").read_text())["tool"]
    assert record["scaffold"]["author"] == "Grace"
    assert record["scaffold"]["email"] == "ada@example.com"
    assert record["scaffold"]["motto"] == "Ho"
    assert not (folder / "myproj/.git").exists()
    assert run("bottle", "other", "--git").code == 0
    assert (folder / "other/.git").exists()


def test_a_file_of_answers_wins_over_the_users_own(folder: Path, mine: Path) -> None:
    mine.write_text('author = "Grace"\nmotto = "Hi"\n')
    file = written(folder, '[tool.scaffold]\nauthor = "Eve"\n')

    answers = generate("bottle", "x", config=file, dry_run=True).answers

    assert (answers.author, dict(answers.options)) == ("Eve", {"motto": "Hi"})


def test_an_option_that_one_framework_lacks_is_left_out_there(
    folder: Path, mine: Path, tmp_path: Path
) -> None:
    write_starter(tmp_path / "templates", name="zope", colour="blue")
    mine.write_text('colour = "red"\n')

    assert dict(generate("zope", "x", dry_run=True).answers.options) == {
        "colour": "red"
    }
    assert generate("bottle", "x", dry_run=True).answers.options == ()


def test_shows_what_is_in_force_and_from_where(run: Run, mine: Path) -> None:
    assert run("config").out == (
        f"{mine} (not there yet)\n"
        "\n"
        "setting   value             from\n"
        "-------   ---------------   ----\n"
        "author    Ada               git\n"
        "email     ada@example.com   git\n"
    )
    mine.write_text('author = "Grace"\ngit = false\ndatabase = "postgres"\n')
    assert run("config").out == (
        f"{mine}\n"
        "\n"
        "setting    value             from\n"
        "--------   ---------------   --------\n"
        "author     Grace             the file\n"
        "database   postgres          the file\n"
        "email      ada@example.com   git\n"
        "git        false             the file\n"
    )


def test_a_variable_names_another_file(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAFFOLD_CONFIG", str(folder / "mine.toml"))
    assert run("config").err.startswith(
        f"scaffold: there is no file {folder}/mine.toml"
    )

    (folder / "mine.toml").write_text('email = "g@example.com"\n')
    assert "g@example.com     the file" in " ".join(run("config").out.splitlines()) or (
        "g@example.com   the file" in run("config").out
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("author = [", "is no TOML: "),
        ("author = 1\n", "author is a text"),
        ('author = "a\\tb"\n', "the author holds a control character"),
        ('email = "nobody"\n', '"nobody" is no plain e-mail address'),
        ('git = "no"\n', "git is true or false"),
        ('database = "oracle"\n', '--database cannot be "oracle"'),
        ('autor = "Ada"\n', 'nobody knows the key "autor"'),
        ("[author]\nx = 1\n", "author is a text"),
    ],
)
def test_a_broken_file_is_one_clear_line(
    run: Run, folder: Path, mine: Path, text: str, message: str
) -> None:
    mine.write_text(text)
    for arguments in (["bottle", "x"], ["config"]):
        result = run(*arguments)

        assert result.code == 2
        assert result.err.startswith(f"scaffold: {mine}")
        assert message in result.err
        assert len(result.err.splitlines()) <= 2
    assert list(folder.iterdir()) == []
    assert run("--help").code == run("list").code == 0


def test_the_api_raises_what_the_command_says(folder: Path) -> None:
    with pytest.raises(ConfigError, match="there is no file nowhere"):
        generate("bottle", "x", config="nowhere")


def test_the_record_is_known_to_plain_cookiecutter() -> None:
    for name in framework_names(TEMPLATES):
        settings = json.loads(
            (TEMPLATES / name / "cookiecutter.json").read_text("utf-8")
        )
        assert settings["_version"] == VERSION
        assert settings["_name"] == name
