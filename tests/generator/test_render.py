"""Rendering: values are never code, and files depend on nothing but them."""

import os
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from scaffold import File, Project, generate
from scaffold.answers import parse_answers
from scaffold.errors import TemplateError
from scaffold.frameworks import framework_names, load_framework
from scaffold.render import render, template_values

from .starter import FILES, PROJECT, write_starter

HOSTILE = 'O\'Brien "Bob" \\ {{7*7}} {= 7*7 =} {% x %} {! set x = 1 !} {# #} #% endif'
PROBE = "{= cycler.__init__.__globals__.os.popen('touch pwned').read() =}"


def bake(templates: Path | None = None, **values: Any) -> Project:
    return generate("bottle", "myproj", dry_run=True, templates=templates, **values)


def content(project: Project, path: str) -> str:
    return next(file for file in project.files if file.path == path).content.decode()


def test_renders_every_file_sorted_by_path(folder: Path) -> None:
    assert [(file.path, oct(file.mode), file.secret) for file in bake().files] == [
        (".env", "0o600", True),
        (".gitignore", "0o644", False),
        ("README.md", "0o644", False),
        ("myproj/__init__.py", "0o644", False),
        ("myproj/books/models.py", "0o644", False),
        ("myproj/settings.py", "0o644", False),
        ("run", "0o755", False),
    ]


def test_values_are_never_code(folder: Path) -> None:
    project = bake(author=HOSTILE, description=PROBE, motto=PROBE)
    namespace: dict[str, str] = {}
    exec(content(project, "myproj/__init__.py"), namespace)  # noqa: S102 -- rendered here

    assert namespace["AUTHOR"] == HOSTILE
    assert namespace["DESCRIPTION"] == PROBE
    assert PROBE in content(project, "README.md")
    assert list(folder.iterdir()) == []


def test_a_secret_is_fresh_each_time_and_the_rest_is_the_same(folder: Path) -> None:
    first, second = bake(), bake()
    changed = [a.path for a, b in zip(first.files, second.files, strict=True) if a != b]

    assert changed == [".env"]
    assert first.files[0].sha256 is None


def test_formats_what_it_generates(folder: Path) -> None:
    models = content(
        bake(resource="day title:str day_off:date"), "myproj/days/models.py"
    )

    assert models == (
        '"""What an entry is."""\n\nfrom datetime import date\n\n\n'
        "class Day:\n    title: str\n    day_off: date\n"
    )


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o777)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_does_not_depend_on_the_umask(folder: Path) -> None:
    project = generate("bottle", "myproj")
    modes = {
        path.relative_to(project.path).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in [project.path, *project.path.rglob("*")]
        if ".git" not in path.parts
    }

    assert modes == {
        ".": 0o755,
        ".env": 0o600,
        ".gitignore": 0o644,
        "README.md": 0o644,
        "myproj": 0o755,
        "myproj/__init__.py": 0o644,
        "myproj/books": 0o755,
        "myproj/books/models.py": 0o644,
        "myproj/settings.py": 0o644,
        "run": 0o755,
    }


def test_does_not_depend_on_the_user(
    folder: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = bake().files[1:]
    (user / ".cookiecutterrc").write_text(
        "default_context: {project_name: Mine, author: Eve}"
    )
    (user / ".config/ruff").mkdir(parents=True)
    (user / ".config/ruff/ruff.toml").write_text("line-length = 20")
    monkeypatch.setenv("COOKIECUTTER_CONFIG", str(user / ".cookiecutterrc"))
    monkeypatch.setenv("RUFF_CONFIG", str(user / ".config/ruff/ruff.toml"))
    monkeypatch.setenv("LC_ALL", "tr_TR.ISO-8859-9")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    assert bake().files[1:] == expected


def test_needs_no_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")

    assert generate("bottle", "myproj", author="Ada", email="a@x.org").path.is_dir()


def test_writes_line_feeds_whatever_the_template_has(
    folder: Path, tmp_path: Path
) -> None:
    framework = write_starter(tmp_path / "templates", _new_lines="\r\n")
    (framework / PROJECT / "README.md").write_bytes(b"a\r\nb\r\n")

    assert content(bake(tmp_path / "templates"), "README.md") == "a\nb\n"


def test_renders_read_only_templates(folder: Path, tmp_path: Path) -> None:
    framework = write_starter(tmp_path / "templates")
    for path in framework.rglob("*.py"):
        path.chmod(0o400)

    assert bake(tmp_path / "templates").files[1:] == bake().files[1:]


def test_leaves_empty_folders_and_hooks_out(folder: Path, tmp_path: Path) -> None:
    framework = write_starter(tmp_path / "templates")
    (framework / PROJECT / "empty").mkdir()
    (framework / "hooks").mkdir()
    (framework / "hooks/post_gen_project.py").write_text("open('hooked', 'w')")

    assert len(bake(tmp_path / "templates").files) == len(FILES)


def test_copies_nothing_that_is_no_template(folder: Path, tmp_path: Path) -> None:
    framework = write_starter(tmp_path / "templates")
    for path in (*framework.rglob("*.py"), framework / PROJECT / "run"):
        cache = path.parent / "__pycache__"
        cache.mkdir(exist_ok=True)
        (cache / f"{path.stem}.cpython-311.pyc").write_bytes(b"\xa7\r\r\n\0/home/ada")
    (framework / PROJECT / ".DS_Store").write_bytes(b"\0\0\0\1")
    (framework / PROJECT / ".ruff_cache/0.15").mkdir(parents=True)
    (framework / PROJECT / ".ruff_cache/0.15/1").write_bytes(b"\0")

    assert bake(tmp_path / "templates").files[1:] == bake().files[1:]


IF_DOCKER = "{! if cookiecutter.docker !}"


def test_a_files_name_may_carry_a_condition(folder: Path, tmp_path: Path) -> None:
    files = {
        f"{IF_DOCKER}Dockerfile{{! endif !}}": "FROM {= cookiecutter.__package =}\n",
        "docs/{= 'docker.md' if cookiecutter.docker else '' =}": "Docker\n",
    }
    write_starter(tmp_path / "templates", files=files)
    paths = {file.path for file in bake(tmp_path / "templates").files}

    assert {"Dockerfile", "docs/docker.md"} <= paths
    without = {file.path for file in bake(tmp_path / "templates", docker=False).files}
    assert paths - without == {"Dockerfile", "docs/docker.md"}


def test_plain_cookiecutter_skips_such_a_file_too(folder: Path, tmp_path: Path) -> None:
    from cookiecutter.main import cookiecutter

    files = {f"{IF_DOCKER}Dockerfile{{! endif !}}": "FROM scratch\n"}
    plain: dict[str, Any] = {
        "docker": False,
        "description": "",
        "motto": "",
        "_resource": {
            "plural": "books",
            "class_name": "Book",
            "fields": [],
            "imports": {"models": []},
        },
    }
    framework = write_starter(tmp_path / "templates", files=files, **plain)
    cookiecutter(str(framework), no_input=True, output_dir=str(folder))

    assert (folder / "My-Project/README.md").is_file()
    assert not (folder / "My-Project/Dockerfile").exists()


def test_a_path_that_names_an_item_is_rendered_once_for_each(
    folder: Path, templates: Path
) -> None:
    framework = load_framework(templates, "bottle")
    answers = parse_answers(framework, name="myproj", resource="wine title:str")
    second = parse_answers(framework, name="myproj", resource="grape name:str")
    both = replace(answers, resources=answers.resources + second.resources)
    files = {
        file.path: file.content
        for file in render(framework, both, template_values(framework, both))
    }

    assert b"class Wine:" in files["myproj/wines/models.py"]
    assert b"class Grape:" in files["myproj/grapes/models.py"]
    assert len(files) == len(FILES) + 1


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.txt": "{= cookiecutter.nope =}"}, "Unable to create file 'a.txt': "),
        ({"a.txt": "{= (=}"}, "unexpected"),
        ({"a.txt": "{= cookiecutter._resource.fields.append() =}"}, "TypeError"),
        ({"{=cookiecutter.nope=}/a": ""}, "Unable to create directory"),
        ({"{! if not cookiecutter.docker !}d{! endif !}/a": ""}, 'it is ""'),
        ({"{= '..' =}/a": ""}, 'it is ".."'),
        ({"{= 'README.md' =}": ""}, "two templates write README.md"),
        ({"a.py": "def (:"}, "cannot be formatted: error: Failed to parse a.py:1:5"),
    ],
)
def test_a_broken_template_is_told_in_one_line(
    folder: Path, tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    write_starter(tmp_path / "templates", files=files)

    with pytest.raises(TemplateError) as error:
        generate("bottle", "myproj", templates=tmp_path / "templates")

    assert error.value.message.startswith("the templates of Bottle are broken: ")
    assert reason in error.value.message
    assert "\n" not in error.value.message
    assert len(error.value.message) < 300
    assert list(folder.iterdir()) == []


def test_a_broken_default_is_told_with_its_key(folder: Path, tmp_path: Path) -> None:
    write_starter(tmp_path / "templates", __broken="{= nope =}")

    with pytest.raises(
        TemplateError, match="are broken: __broken: 'nope' is undefined"
    ):
        bake(tmp_path / "templates")


def test_says_so_when_ruff_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ruff.find_ruff_bin", lambda: "/nonexistent/ruff")

    with pytest.raises(
        TemplateError, match="ruff, which formats what is generated"
    ) as error:
        generate("bottle", "myproj")

    assert error.value.help.endswith("-m pip install --force-reinstall ruff")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["--help", "list"])
def test_listing_and_help_load_only_what_they_need(command: str) -> None:
    code = (
        "import click, sys; before = {*sys.modules}; import scaffold.cli; "
        f"scaffold.cli.run([{command!r}]); print(*{{*sys.modules}} - before, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())

    assert "scaffold.frameworks" in loaded
    assert not loaded & {"jinja2", "cookiecutter", "pluralizer", "ruff"}
    if command == "--help":  # Which should take no longer than click itself does.
        assert not loaded & {"dataclasses", "subprocess", "tempfile", "tomllib"}


def test_a_file_hides_its_content_and_shows_its_hash() -> None:
    file = File("a", b"secret bytes")

    assert repr(file) == "File(path='a', mode=420, secret=False)"
    assert file.sha256 is not None
    assert len(file.sha256) == 64


REAL = Path(__file__).parents[2] / "templates"
EVERY_TYPE = (
    "sample name:str note:text count:int ratio:float price:decimal active:bool "
    "day:date opens:time moment:datetime link:url contact:email state:choice:new,as_new,used"
)


@pytest.mark.parametrize("resource", [None, EVERY_TYPE], ids=["book", "every type"])
@pytest.mark.parametrize("framework", framework_names(REAL))
def test_no_framework_lacks_a_piece(
    folder: Path, framework: str, resource: str | None
) -> None:
    """What is generated is whole: no name in it is undefined, nothing is unused."""
    project = generate(
        framework, "x", resource=resource, git=False, templates=REAL, output_dir=folder
    )
    command = ["ruff", "check", "--no-cache", "--select=E9,F", "--quiet", "."]
    ruff = str(Path(sys.executable).with_name("ruff"))
    done = subprocess.run(
        [ruff, *command[1:]],
        cwd=project.path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == ""
    for file in project.files:
        assert b"cookiecutter." not in file.content, file.path
        assert b"{=" not in file.content or file.path.endswith(".svg"), file.path


def test_ruff_is_pinned_exactly() -> None:
    pyproject = tomllib.loads((REAL.parent / "pyproject.toml").read_text("utf-8"))
    (pin,) = (d for d in pyproject["project"]["dependencies"] if d.startswith("ruff"))

    assert re.fullmatch(r"ruff==\d+\.\d+\.\d+", pin)
    assert pin == f"ruff=={version('ruff')}"
