"""Take the pictures in docs/pictures from what is really written: an app of each framework, and a terminal.

    uv run python scripts/pictures.py               all of them
    uv run python scripts/pictures.py flask         of one framework's app
    uv run python scripts/pictures.py terminal      of the terminal

It needs an installed Chrome or Chromium, and a few minutes: each app is generated, installed and started.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pexpect
from PIL import Image
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from scaffold import generate
from scaffold.project import find_project
from scaffold.screenshot import take_pictures

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

# What each framework is asked for: a name, and what the app keeps.
APPS = {
    "django": ("Cookbook", "recipe title:str minutes:int:optional vegan:bool"),
    "fastapi": (
        "Bookshelf",
        "book title:str author:str pages:int:optional finished:bool",
    ),
    "flask": ("Film Club", "film title:str director:str year:int seen:bool"),
    "pyramid": ("Wine Cellar", "wine title:str year:int:optional price:decimal"),
}
WIDTH = 1280  # Pixels; twice what a README shows of it.
COLORS = 64
COLUMNS = 92
COMMAND = "scaffold fastapi bookshelf"


def photograph(framework: str, folder: Path) -> None:
    """Save the list of a framework's app, as small as it can be without a loss that shows."""
    name, resource = APPS[framework]
    project = generate(
        framework,
        name,
        resource=resource,
        author="Ada Lovelace",
        email="ada@example.com",
        output_dir=folder,
        git=False,
    )
    # Not in the environment of this script, whatever `uv run` says.
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    subprocess.run(
        ["uv", "sync", "--quiet"],  # noqa: S607 -- beside this Python, by `uv run`
        cwd=project.path,
        env=environment,
        check=True,
    )
    take_pictures(find_project(project.path))
    with Image.open(project.path / "docs/screenshot-light.png") as picture:
        height = picture.height * WIDTH // picture.width
        small = picture.convert("RGB").resize((WIDTH, height))
        small.quantize(COLORS).save(PICTURES / f"{framework}.png", optimize=True)


def draw_terminal(folder: Path) -> None:
    """Save what a terminal shows when a project is made."""
    own = folder / "config.toml"
    own.write_text("", encoding="utf-8")
    environment = os.environ | {
        "GIT_AUTHOR_NAME": "Ada Lovelace",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Ada Lovelace",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
        "NO_COLOR": "",
        "SCAFFOLD_CONFIG": str(own),
        "TERM": "xterm-256color",
    }
    terminal = pexpect.spawn(
        COMMAND, cwd=str(folder), env=environment, encoding="utf-8", timeout=60
    )
    terminal.expect(pexpect.EOF)
    terminal.close()
    said = str(terminal.before)
    if terminal.exitstatus:
        raise SystemExit(said)
    said = said.replace(f"{folder.resolve()}/", "~/").replace("\r\n", "\n")
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(f"\x1b[1m$\x1b[0m {COMMAND}\n{said}"), end="")
    # Rich's SVG asks another site for a font; here the reader's own is good enough.
    form = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = form.replace(
        "Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace"
    )
    svg = console.export_svg(title="scaffold", code_format=form, unique_id="terminal")
    (PICTURES / "terminal.svg").write_text(
        "".join(f"{line.rstrip()}\n" for line in svg.splitlines()), encoding="utf-8"
    )


def main(names: list[str]) -> int:
    """Take the pictures that are asked for, else all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or [*APPS, "terminal"]:
        with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
            if name == "terminal":
                draw_terminal(Path(folder))
            elif name in APPS:
                photograph(name, Path(folder))
            else:
                raise SystemExit(
                    f"pictures: there is no {name}; there are {', '.join(APPS)}"
                )
        print(f"docs/pictures: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
