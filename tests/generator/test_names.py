"""A project's name: the forms it takes, and the names that are refused."""

import keyword
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold import generate
from scaffold.errors import NameRefusedError
from scaffold.frameworks import Framework, load_framework
from scaffold.names import MAX_LENGTH, NAME, ProjectName, parse_name
from scaffold.render import complete

TEMPLATES = Path(__file__).parents[2] / "templates"
FRAMEWORKS = sorted(path.parent.name for path in TEMPLATES.glob("*/cookiecutter.json"))

good_names = st.from_regex(NAME, fullmatch=True).filter(lambda text: len(text) <= 50)


def accepted(text: str, framework: Framework | None = None) -> bool:
    try:
        parse_name(text, reserved=framework.reserved_names if framework else ())
    except NameRefusedError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("myproj", ProjectName("myproj", "myproj", "myproj", "myproj")),
        ("my-proj", ProjectName("my-proj", "my-proj", "my-proj", "my_proj")),
        ("My Proj", ProjectName("My Proj", "My-Proj", "my-proj", "my_proj")),
        ("my_proj", ProjectName("my_proj", "my_proj", "my-proj", "my_proj")),
        (" spaced ", ProjectName("spaced", "spaced", "spaced", "spaced")),
        ("x", ProjectName("x", "x", "x", "x")),
        ("v2", ProjectName("v2", "v2", "v2", "v2")),
        ("a" * 50, ProjectName("a" * 50, "a" * 50, "a" * 50, "a" * 50)),
    ],
)
def test_takes_the_forms_of_a_name(text: str, expected: ProjectName) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("", "it is empty", "my-app"),
        (".", "it stands for a folder that exists", "my-app"),
        ("..", "it stands for a folder that exists", "my-app"),
        ("a/b", "a name is not a path (the folder to put it in is --output-dir)", "b"),
        ("a\\b", "a name is not a path (the folder to put it in is --output-dir)", "b"),
        ("nul", "Windows keeps it for a device", "nul-app"),
        ("con", "Windows keeps it for a device", "con-app"),
        ("COM1", "Windows keeps it for a device", "COM1-app"),
        ("nul.x", "Windows keeps it for a device", "nul-x"),
        (
            "café",
            "it has letters outside ASCII, which imports and URLs handle badly",
            "cafe",
        ),
        (
            "日本",
            "it has letters outside ASCII, which imports and URLs handle badly",
            "my-app",
        ),
        ("a" * 51, "it has 51 characters, and 50 is the most", "a" * 46),
        ("2048", "it begins with a digit, so Python could not import it", "app-2048"),
        ("my.proj", "it may only have letters and digits", "my-proj"),
        ("my--proj", "it may only have letters and digits", "my-proj"),
        ("-proj", "it may only have letters and digits", "proj"),
        ("proj_", "it may only have letters and digits", "proj"),
        ("a\nb", "it may only have letters and digits", "a-b"),
        ("class", "it is a keyword of Python", "class-app"),
        ("Match", "it is a keyword of Python", "Match-app"),
        ("type", "it is a keyword of Python", "type-app"),
        ("true", "configuration files read it as a value", "true-app"),
        ("None", "configuration files read it as a value", "None-app"),
        ("null", "configuration files read it as a value", "null-app"),
        ("NO", "configuration files read it as a value", "NO-app"),
        ("json", "it is a module of the standard library", "json-app"),
        ("test", "it is a module of the standard library", "test-app"),
        ("cgi", "it is a module of the standard library", "cgi-app"),
        (
            "tests",
            "Python projects keep that name for a folder of their own",
            "tests-app",
        ),
        ("pytest", "a tool that the project uses has that name", "pytest-app"),
    ],
)
def test_refuses_a_name_that_breaks_later(
    text: str, reason: str, suggestion: str
) -> None:
    with pytest.raises(NameRefusedError) as refusal:
        parse_name(text)

    shown = text.replace("\n", "\\n")
    assert refusal.value.message.startswith(
        f'cannot name a project "{shown}": {reason}'
    )
    assert refusal.value.help == f'try "{suggestion}"'


@pytest.mark.parametrize("text", ["bottle", "Bottle", "paste-deploy", "Paste Deploy"])
def test_refuses_the_name_of_a_dependency_in_any_spelling(text: str) -> None:
    with pytest.raises(NameRefusedError, match="depends on a package"):
        parse_name(text, reserved={"bottle", "Paste_Deploy"})


def test_never_suggests_a_name_that_is_taken_too() -> None:
    with pytest.raises(NameRefusedError) as refusal:
        parse_name("bottle", reserved={"bottle", "bottle-app"})

    assert refusal.value.help == 'try "app-bottle"'


@given(st.text())
def test_takes_a_name_that_works_everywhere_or_suggests_one(text: str) -> None:
    try:
        name = parse_name(text)
    except NameRefusedError as refusal:
        suggestion = re.fullmatch('try "(.+)"', refusal.help)
        assert suggestion
        name = parse_name(suggestion[1])

    assert name.package.isidentifier()
    assert not keyword.iskeyword(name.package)
    assert name.package not in sys.stdlib_module_names
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name.distribution)
    assert len(name.folder) <= MAX_LENGTH
    assert name.folder.isascii()


@pytest.fixture(scope="module", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> Framework:
    return load_framework(TEMPLATES, request.param)


def test_a_template_computes_the_same_forms(framework: Framework) -> None:
    keys = {
        "project_name",
        "__folder",
        "__distribution",
        "__package",
        "_jinja2_env_vars",
    }
    naming = {key: raw for key, raw in framework.settings.items() if key in keys}
    small = Framework(framework.name, framework.path, naming)

    @settings(max_examples=25)
    @given(good_names.filter(accepted))
    def check(text: str) -> None:
        name = parse_name(text)
        computed: dict[str, Any] = complete(small, {"project_name": name.text})

        assert computed["__folder"] == name.folder
        assert computed["__distribution"] == name.distribution
        assert computed["__package"] == name.package

    check()


def test_every_starter_names_what_it_depends_on(
    framework: Framework, tmp_path: Path
) -> None:
    project = generate(
        framework.name, "x", output_dir=tmp_path, dry_run=True, templates=TEMPLATES
    )
    pyproject = next(file for file in project.files if file.path == "pyproject.toml")
    settings = tomllib.loads(pyproject.content.decode())
    wanted = [
        *settings["project"]["dependencies"],
        *settings["dependency-groups"]["dev"],
    ]

    names = {re.split(r"[\[<>=!~; ]", dependency)[0] for dependency in wanted}

    assert {name for name in names if accepted(name, framework)} == set()


@pytest.mark.parametrize(
    "name", ["packaging", "pluggy", "iniconfig", "Pygments", "py", "dotenv", "dmypy"]
)
def test_every_starter_keeps_what_its_dependencies_bring(
    framework: Framework, name: str
) -> None:
    assert not accepted(name, framework)
