"""Format the templates, so that the default project needs no formatting when it is generated.

    python scripts/tidy.py            change what stands in a template as it is generated
    python scripts/tidy.py --check    only say what ruff would change

What a loop or a value makes cannot be changed so, and is told: write it another way there. A
framework whose default project comes out clean says `_tidy = true` in its `framework.toml`.
"""

import argparse
import difflib
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from scaffold.answers import parse_answers
from scaffold.frameworks import Framework, framework_names, load_framework
from scaffold.render import TIDY_PACKAGE, render, template_values

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# The shortest and the longest of the names with which the default project is formatted; what is
# right for both is right for all between.
NAMES = ("a", "s" * TIDY_PACKAGE[-1])


def hunks(framework: Framework, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield what ruff changes in a default project: the file, the old and the new lines."""
    answers = parse_answers(framework, name=name)
    values = template_values(framework, answers)
    raw, tidy = (
        {file.path: file.content.decode(errors="replace") for file in files}
        for files in (
            render(framework, answers, values, tidy=False),
            render(framework, answers, values, tidy=True),
        )
    )
    for path, text in raw.items():
        old, new = text.splitlines(True), tidy[path].splitlines(True)
        if not path.endswith(".py") or old == new:
            continue
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                # Lines around it tell where it is.
                yield path, "".join(old[a - 1 : b + 1]), "".join(new[c - 1 : d + 1])


def sources(framework: Framework, templates: Path) -> list[Path]:
    """Return the templates of a framework, shared ones where they are shared from."""
    groups = framework.settings.get("_shared", [])
    folders = [templates / "_shared" / group for group in groups]
    shared = [file for folder in folders for file in folder.rglob("*.py")]
    copied = {
        file.relative_to(folder)
        for folder in folders
        for file in shared
        if file.is_relative_to(folder)
    }
    own = [
        file
        for file in framework.project.rglob("*.py")
        if file.relative_to(framework.path) not in copied
    ]
    return shared + own


def main(arguments: list[str] | None = None, *, templates: Path = TEMPLATES) -> int:
    """Change the templates, or with `--check` only say what is not formatted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("frameworks", nargs="*", help="all of them, when none is named")
    parser.add_argument("--check", action="store_true", help="change nothing")
    given = parser.parse_args(arguments)
    left = 0
    for name in given.frameworks or framework_names(templates):
        framework = load_framework(templates, name)
        told: set[str] = set()
        for path, old, new in chain(*(hunks(framework, each) for each in NAMES)):
            places = [
                file
                for file in sources(framework, templates)
                if file.read_text(encoding="utf-8").count(old) == 1
            ]
            # The same but for space, brackets and commas: another text is a value's.
            same = re.sub(r"[\s(),]", "", old) == re.sub(r"[\s(),]", "", new)
            if len(places) == 1 and same and not given.check:
                (place,) = places
                text = place.read_text(encoding="utf-8").replace(old, new)
                place.write_text(text, encoding="utf-8", newline="\n")
                print(f"{place.relative_to(templates)}: formatted")
            elif diff(old, new) not in told:
                told.add(diff(old, new))
                print(f"{name}: {path}:\n{diff(old, new)}", file=sys.stderr)
        left += len(told)
    return 1 if left else 0


def diff(old: str, new: str) -> str:
    """Return the lines that go and those that come."""
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return "\n".join(f"    {line}" for line in lines if line[0] in "+-")


if __name__ == "__main__":
    sys.exit(main())
