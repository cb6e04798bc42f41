"""docs/tutorial.md can be followed, from its first line to its last."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).resolve().parent.parent / "docs" / "tutorial.md"

# Blocks to type, in their order, each with what stands before it: code, or lines of commands.
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$|((?:^    \S[^\n]*\n)+)", re.M | re.S)

SERVES = "uv run fastapi dev"  # Until it is stopped: not here.
RED = "uv run pytest tests/test_pages.py"  # The first time.
OPEN = "scaffold doctor"  # It finds something to do, so its exit code is 1.


@pytest.mark.slow
def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    folder, schemas = tmp_path, "bookshelf/books/schemas.py"
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"} | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }
    done: list[str] = []
    for language, code, commands in BLOCK.findall(text):
        if language == "python":
            (folder / "tests/test_pages.py").write_text(code, encoding="utf-8")
        elif language == "diff":
            change(folder / schemas, code)
        for command in map(str.strip, commands.splitlines()):
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
            elif command != SERVES:
                ran = subprocess.run(  # noqa: S602 -- as it is typed
                    command.replace("scaffold doctor", "scaffold doctor --no-check"),
                    shell=True,
                    cwd=folder,
                    env=environment,
                    input="correct horse battery\n",
                    capture_output=True,
                    encoding="utf-8",
                )
                fails = command == OPEN or (command == RED and RED not in done)
                assert ran.returncode == fails, f"{command}\n{ran.stdout}{ran.stderr}"
                if command == RED and fails:
                    assert "assert 201 == 422" in ran.stdout
            done.append(command)

    assert {SERVES, OPEN, "uv run poe check"} < {*done}
    assert done.count(RED) == 2


def change(file: Path, diff: str) -> None:
    """Make a change as a reader would: find the old lines, write the new ones."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = file.read_text(encoding="utf-8")

    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
