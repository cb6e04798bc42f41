"""Keep what every starter shares, and its expanded default resource, in step.

    python scripts/sync.py            copy and expand
    python scripts/sync.py --check    say what differs, and fail if anything does

The one place to edit a shared file is `templates/_shared/GROUP/`. Each framework that names the
group under `_shared` in its `cookiecutter.json` carries a copy, since links do not survive a
wheel or a checkout on Windows (see `docs/architecture.md`).
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from scaffold.fields import expand
from scaffold.resources import DEFAULT_RESOURCE, parse_resource

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def planned(templates: Path) -> Iterator[tuple[Path, bytes, int]]:
    """Yield every file that must be there: its path, content and mode."""
    for settings_file in sorted(templates.glob("*/cookiecutter.json")):
        framework = settings_file.parent
        settings = json.loads(settings_file.read_text(encoding="utf-8"))
        for group in settings.get("_shared", []):
            source = templates / "_shared" / group
            if not source.is_dir():
                raise SystemExit(
                    f"sync: {settings_file.relative_to(templates)} lists the group "
                    f'"{group}", which is not in {source.parent}'
                )
            for file in sorted(source.rglob("*")):
                if file.is_file():
                    target = framework / file.relative_to(source)
                    yield target, file.read_bytes(), file.stat().st_mode & 0o777
        yield settings_file, expanded(framework, settings), 0o644


def expanded(framework: Path, settings: dict[str, object]) -> bytes:
    """Return `cookiecutter.json` with the default resource written out in `_resource`."""
    fields_file = framework / "fields.toml"
    table = tomllib.loads(
        fields_file.read_text(encoding="utf-8") if fields_file.is_file() else ""
    )
    jinja = settings.get("_jinja2_env_vars", {})
    assert isinstance(jinja, dict)  # noqa: S101 -- for mypy; a template's author wrote it
    settings["_resource"] = expand(parse_resource(DEFAULT_RESOURCE), table, jinja=jinja)
    text = json.dumps(settings, ensure_ascii=False, indent=2) + "\n"
    return text.encode()


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
