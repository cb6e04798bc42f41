"""The script that builds the documentation's site notices what is wrong with it."""

import importlib.util
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from scaffold.cli import cli

ROOT = Path(__file__).resolve().parent.parent

spec = importlib.util.spec_from_file_location("website", ROOT / "scripts/website.py")
assert spec is not None
assert spec.loader is not None
website = importlib.util.module_from_spec(spec)
spec.loader.exec_module(website)


def shown(document: Path) -> list[str]:
    """Return the commands of scaffold's that a document shows as lines to type."""
    text = document.read_text(encoding="utf-8")
    return re.findall(r"^    (scaffold [a-z].*)", text, re.MULTILINE)


DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN = [
    pytest.param(command, id=f"{document.stem}: {command}")
    for document in DOCUMENTS
    if document.stem != "cli"  # Its lines have placeholders.
    for command in shown(document)
]


@pytest.mark.parametrize("command", SHOWN)
def test_every_command_that_is_shown_is_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What writes is asked what it would write; of the rest the name and options count."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "myproj").mkdir()
    record = '[tool.scaffold]\nframework = "fastapi"\nname = "My Project"\n'
    (tmp_path / "myproj/pyproject.toml").write_text(record, encoding="utf-8")
    words = shlex.split(command, comments=True)[1:]
    if words[0] == "FRAMEWORK":
        words[0] = "django"
    last = "--help" if words[0] in cli.commands else "--dry-run"
    if "myproj" in words[1:2] and last == "--dry-run":
        words[1] = "other"

    result = CliRunner().invoke(cli, [*words, last], catch_exceptions=False)

    assert result.exit_code == 0


def test_enough_commands_are_shown() -> None:
    assert len(SHOWN) > 15


@pytest.mark.parametrize(
    "document",
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    """Whoever reads it in the repository finds what it names, too."""
    text = re.sub("```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_a_document_becomes_a_page() -> None:
    """Links lead to pages, and code in tables shows no backslash."""
    text = "[a](../CONTRIBUTING.md#x) [b](docs/cli.md)\n| `a\\|b` | \\| |\n`a\\|b`\n"

    assert website.as_page(text) == (
        "[a](contributing.md#x) [b](cli.md)\n| `a|b` | \\| |\n`a\\|b`\n"
    )


def test_the_reference_has_every_command_and_option() -> None:
    text = website.reference()

    assert "\n## scaffold FRAMEWORK\n" in text
    for name, command in cli.commands.items():
        assert f"\n## scaffold {name}\n" in text
        options = [each for each in command.params if isinstance(each, click.Option)]
        assert all(name in text for option in options for name in option.opts)
    assert "| `--docker / --no-docker` | " in text
    assert " | `--docker` |\n" in text


def test_the_reference_says_which_frameworks_have_an_option() -> None:
    plain = click.Option(["--plain"], help="A [x] | *y*.", show_default=True)
    own = click.Option(["--own"], help="Mine.", default="a", show_default=True)
    rows = website.options(
        {
            "One": click.Command("one", params=[plain, own]),
            "Two": click.Command("two", params=[plain]),
        }
    )

    assert list(rows) == [
        ("`--plain TEXT`", r"A \[x\] \| \*y\*.", ""),
        ("`--own TEXT`", "Mine. (only with One)", "`a`"),
    ]


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    """So are a missing anchor, a missing picture, and what comes from elsewhere."""
    (tmp_path / "in").mkdir()
    (tmp_path / "index.html").write_text(
        '<h1 id="a">A</h1><a href="#a">ok</a><a href="in/b.html#b">ok</a>'
        '<a href="https://example.com/">ok</a><a href="#x">1</a><a href="c.html">2</a>'
        '<source srcset="c.png 2x">',
        encoding="utf-8",
    )
    (tmp_path / "in/b.html").write_text(
        '<p id="b"><a href="../index.html">ok</a><a href="../index.html#y">3</a>'
        '<img src="d.png"><script src="https://cdn.example/x.js"></script>',
        encoding="utf-8",
    )

    assert sorted(website.faults(tmp_path)) == [
        "in/b.html loads https://cdn.example/x.js",
        "in/b.html: nothing is called ../index.html#y",
        "in/b.html: there is no d.png",
        "index.html: nothing is called #x",
        "index.html: there is no c.html",
        "index.html: there is no c.png",
    ]
