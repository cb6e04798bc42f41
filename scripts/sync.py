"""Keep what every starter shares, and its expanded default resource, in step.

    python scripts/sync.py            copy and expand
    python scripts/sync.py --check    say what differs, and fail if anything does

The one place to edit a shared file is `templates/_shared/GROUP/`. Each framework that names the
group under `_shared` in its `cookiecutter.json` carries a copy, since links do not survive a
wheel or a checkout on Windows.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from scaffold.fields import expand
from scaffold.frameworks import SETTINGS, Framework, framework_names, load_framework
from scaffold.resources import DEFAULT_RESOURCE, parse_resource

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def planned(templates: Path) -> Iterator[tuple[Path, bytes, int]]:
    """Yield every file that must be there: its path, content and mode."""
    for name in framework_names(templates):
        framework = load_framework(templates, name)
        for group in framework.settings.get("_shared", []):
            source = templates / "_shared" / group
            if not source.is_dir():
                raise SystemExit(f'sync: {name} lists the group "{group}": no {source}')
            for file in sorted(source.rglob("*")):
                if file.is_file():
                    target = framework.path / file.relative_to(source)
                    yield target, file.read_bytes(), file.stat().st_mode & 0o777
        yield framework.path / SETTINGS, expanded(framework), 0o644


def expanded(framework: Framework) -> bytes:
    """Return `cookiecutter.json` with the default resource written out in `_resource`."""
    resource = parse_resource(DEFAULT_RESOURCE)
    known = expand(resource, framework.types, jinja=framework.jinja)
    settings = {**framework.settings, "_resource": known}
    return (json.dumps(settings, ensure_ascii=False, indent=2) + "\n").encode()


def differs(path: Path, content: bytes, mode: int) -> bool:
    """Tell whether a file is missing, or is not what it should be."""
    if not path.is_file():
        return True
    executable = bool(path.stat().st_mode & 0o100) == bool(mode & 0o100)
    return path.read_bytes() != content or not executable


def main(arguments: list[str] | None = None, *, templates: Path = TEMPLATES) -> int:
    """Bring the templates in step, or with `--check` only say where they are not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args(arguments).check
    late = [plan for plan in planned(templates) if differs(*plan)]
    for path, content, mode in late:
        name = path.relative_to(templates.parent)
        if check:
            print(f"{name} differs", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
            print(f"{name} written")
    if check and late:
        print("help: run `python scripts/sync.py`", file=sys.stderr)
    return 1 if check and late else 0


if __name__ == "__main__":
    sys.exit(main())
