"""`scaffold doctor`, `screenshot` and `show` over real projects: new ones, and one of each framework, mended.

A new project has only what its owner alone can do, whatever its options and resources are.
"""

import json
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from harness.environments import clean_environment, run, succeeded, sync
from harness.options import Options
from harness.projects import FRAMEWORKS, NAME, Project, bake, matrix

from scaffold.doctor import Patient, examine
from scaffold.project import find_project
from scaffold.screenshot import BROWSERS

OWNERS = ["description", "picture", "purpose", "hindsight", "history"]
"""What its owner alone can do; `author` too where nobody knows who that is."""


def found(project: Project) -> set[str]:
    """What is left to do in a new project, by name."""
    names = {each.name for each in examine(Patient(find_project(project.path)))}
    return names - {"author"}


def test_new_projects_have_only_what_is_their_owners(
    covered: list[tuple[Project, Options]],
) -> None:
    """Every option is tried with every value, and nothing names what was left out.

    Who wants no license while the work is private wants one when it is shown.
    """
    for project, options in covered:
        unlicensed = {"licence"} if options["license"] == "none" else set()
        assert found(project) == {*OWNERS} | unlicensed, options


@matrix("all_types", "twenty_fields", "cascade")
def test_new_projects_of_other_resources_too(
    framework: str, resource: str, tmp_path: Path
) -> None:
    """What an app keeps is no reason for a finding."""
    project = bake(framework, resource, tmp_path / "made")

    assert found(project) == {*OWNERS}


def check_copy(site: Path) -> None:
    """The list and its entries are there, and no link leads to what is not."""
    pages = sorted(site.rglob("*.html"))
    assert {site / "index.html", site / "books/index.html"} < {*pages}
    assert len(pages) >= 5
    for page in pages:
        text = page.read_text("utf-8")
        links = re.findall(r'\b(?:href|src)="([^"#]+)', text)
        there = [page.parent / link for link in links if "://" not in link]
        assert text.count('role="note"') == 1
        assert [place for place in there if not place.exists()] == []
        assert not re.search(r'<(?!form)[^>]*="/', text), page
        assert "127.0.0.1" not in text, page


@pytest.mark.slow
@pytest.mark.check("doctor")
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_new_project_is_ready_once_each_fix_is_followed(
    framework: str, tmp_path: Path
) -> None:
    """From the first commit to nothing left to do, by the words of each finding alone."""
    if not any(shutil.which(name) for name in BROWSERS):
        pytest.skip("no Chromium to take pictures with: apt install chromium")
    nobody = clean_environment(
        HOME=str(tmp_path), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1"
    )
    scaffold = str(Path(sys.executable).with_name("scaffold"))
    succeeded(run([scaffold, framework, NAME], cwd=tmp_path, env=nobody))
    project = tmp_path / NAME.replace(" ", "-")

    def git(*arguments: str) -> str:
        ada = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        return succeeded(run(["git", *ada, *arguments], cwd=project, env=nobody))

    def doctor(*options: str) -> tuple[int, dict[str, dict[str, Any]]]:
        done = subprocess.run(
            [scaffold, "doctor", str(project), "--json", *options],
            env=nobody,
            capture_output=True,
            text=True,
            check=False,
        )
        findings = json.loads(done.stdout)["findings"]
        return done.returncode, {each["name"]: each for each in findings}

    code, findings = doctor()
    assert [*findings] == ["author", *OWNERS, "check"]
    assert "not installed in .venv" in findings["check"]["what"]
    assert code == 1

    # "install it as README.md says", "commit what you change, in small steps"
    sync(project, project / ".venv", compiled=False)
    git("add", "uv.lock")
    git("commit", "--quiet", "--message=Pin what it depends on")
    # "write your name there"; "say there, in a sentence of your own, what it does …"
    names = {"author": "Ada Lovelace", "description": "Finds a club's lost books."}
    for name, new in names.items():
        old = findings[name]["what"].split('"')[1]
        for place in findings[name]["details"]:
            path, _, number = place.rpartition(":")
            lines = (project / path).read_text("utf-8").split("\n")
            assert old in lines[int(number) - 1]
            lines[int(number) - 1] = lines[int(number) - 1].replace(old, new)
            (project / path).write_text("\n".join(lines), "utf-8")
    # "let scaffold take one, `scaffold screenshot`"
    succeeded(run([scaffold, "screenshot"], cwd=project, env=nobody))
    pictures = [project / f"docs/screenshot-{name}.png" for name in ("light", "dark")]
    for picture in pictures:
        data = picture.read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == (2048, 1280)
    card = (project / "my_project/static/og.png").read_bytes()
    assert struct.unpack(">II", card[16:24]) == (1200, 630)
    assert (project / "README.md").read_text("utf-8").count("<picture>") == 1
    light, dark = (picture.read_bytes() for picture in pictures)
    assert light != dark
    succeeded(run([scaffold, "show", "--workflow"], cwd=project, env=nobody))
    check_copy(project / "site")
    added = [f"?? docs/screenshot-{name}.png" for name in ("dark", "light")]
    assert git("status", "--porcelain", "--", "docs").splitlines() == added
    text = (project / "README.md").read_text("utf-8")
    # "write “## Why I built it”, and under it in a few lines of your own: …"
    for name in ("purpose", "hindsight"):
        title = findings[name]["fix"].split("“")[1].split("”")[0]
        text += f"\n{title}\n\nWhat its owner says.\n"
    (project / "README.md").write_text(text, "utf-8")
    assert [*doctor("--no-check")[1]] == ["commit"]

    git("add", "--all")
    git("commit", "--quiet", "--message=Say whose it is, and why")
    assert doctor() == (0, {})  # And all tests are still green.
    assert git("status", "--porcelain") == ""
