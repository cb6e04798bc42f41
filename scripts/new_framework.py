"""Begin a framework: copy one under another name, and say what to change first.

    python scripts/new_framework.py bottle --like flask

What comes out renders, installs and runs as the other did, so that there is always something
that works: change it piece by piece, and let the contract say what is missing.
"""

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

from scaffold.frameworks import framework_names, load_framework

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
NAME = re.compile(r"[a-z][a-z0-9_]*")

NEXT = """\
{folder} is a copy of {like}. Now, in this order:

1. framework.toml: `_framework`, `__commands`, `_shared` (what it can share of the others), and what its README tells.
2. {project}: pyproject.toml's dependencies, then the application. `scaffold {name} x` generates it at any time.
3. types.toml: what it writes for each type of field.
4. python scripts/reserve.py {name}, then python scripts/sync.py: the names that would break it.
5. compare.toml, docs/compare.md (python scripts/compare.py) and docs/stacks.md: what it looks like, and why.

`pytest -m slow --framework {name}` shows where the contract fails.
"""


def main(arguments: list[str] | None = None, *, templates: Path = TEMPLATES) -> int:
    """Copy a framework, as far as it is its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="how the command will call it")
    parser.add_argument("--like", default="flask", help="the framework to begin with")
    given = parser.parse_args(arguments)
    names = framework_names(templates)
    folder = templates / given.name
    if not NAME.fullmatch(given.name) or folder.exists():
        print(f'new_framework: "{given.name}" is no new name', file=sys.stderr)
        print("help: lower-case letters, digits and _, not yet there", file=sys.stderr)
        return 2
    if given.like not in names:
        print(f'new_framework: there is no framework "{given.like}"', file=sys.stderr)
        print(f"help: choose from {', '.join(names)}", file=sys.stderr)
        return 2
    like = load_framework(templates, given.like)
    litter = shutil.ignore_patterns("__pycache__", "*.py[co]", ".*_cache")
    shutil.copytree(like.path, folder, ignore=litter)
    declared = folder / "framework.toml"
    if declared.is_file():
        text = declared.read_text(encoding="utf-8")
        title = f'title = "{like.title}"'
        text = text.replace(title, f'title = "{given.name.capitalize()}"')
        declared.write_text(text, encoding="utf-8", newline="\n")
    settings = folder / "cookiecutter.json"
    values = json.loads(settings.read_text(encoding="utf-8"))
    values["_name"] = given.name
    settings.write_text(
        json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8"
    )
    print(
        NEXT.format(
            folder=folder, like=like.title, name=given.name, project=like.project.name
        ),
        end="",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
