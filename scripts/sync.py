"""Write what is generated in each framework's folder: shared files, and `cookiecutter.json`.

    python scripts/sync.py            copy and write
    python scripts/sync.py --check    say what differs, and fail if anything does

The one place to edit a shared file is `templates/_shared/GROUP/`. Each framework that names the
group under `_shared` in its `framework.toml` carries a copy, since links do not survive a wheel
or a checkout on Windows. Its `cookiecutter.json` is like a lock file: it comes from
`_shared/settings.toml`, its `framework.toml`, its `reserved.json`, and the default resource.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from keep import File, keep

from scaffold.fields import check_types, expand
from scaffold.frameworks import SETTINGS, TYPES_FILE
from scaffold.resources import DEFAULT_RESOURCE, parse_resource
from scaffold.version import VERSION

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WIDTH = 110


def planned(templates: Path) -> Iterator[File]:
    """Yield every file that must be there: its path, content and mode."""
    for folder in framework_folders(templates):
        own = table(folder / "framework.toml")
        copies = {}
        for group in own.get("_shared", []):
            source = templates / "_shared" / group
            if not source.is_dir():
                raise SystemExit(
                    f'sync: {folder.name} lists the group "{group}": no {source}'
                )
            for file in sorted(source.rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    mode = file.stat().st_mode & 0o777
                    copies[folder / file.relative_to(source)] = file.read_bytes(), mode
        for target, (content, mode) in copies.items():
            yield target, content, mode
        types_file = folder / TYPES_FILE
        shared = copies.get(types_file)
        types = tomllib.loads(shared[0].decode()) if shared else table(types_file)
        yield folder / SETTINGS, written(settings_of(folder, own, types)), 0o644


def framework_folders(templates: Path) -> Iterator[Path]:
    """Yield the folders of the frameworks, and refuse one that is none."""
    for folder in sorted(filter(Path.is_dir, templates.glob("[!_.]*"))):
        if not (folder / "framework.toml").is_file():
            raise SystemExit(
                f"sync: {folder} is no framework, as it has no framework.toml\n"
                "help: write one (CONTRIBUTING.md says what goes in), or remove the folder"
            )
        yield folder


def table(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SystemExit(f"sync: there is no {path}\nhelp: write it") from None
    except ValueError as error:
        raise SystemExit(f"sync: {path}: {error}") from error


def settings_of(
    folder: Path, own: dict[str, Any], types: dict[str, Any]
) -> dict[str, Any]:
    """Return what goes into `cookiecutter.json`: what later keys need comes first.

    Plain cookiecutter reads from top to bottom, so even the resource, which is long, stands
    before the texts that name it.
    """
    shared = folder.parent / "_shared" / "settings.toml"
    common = table(shared) if shared.is_file() else {}
    reserved = folder / "reserved.json"
    known = {
        **common,
        **own,
        "__prompts__": {**common.get("__prompts__", {}), **own.get("__prompts__", {})},
        "_name": folder.name,
        "_version": VERSION,
        "_reserved": json.loads(reserved.read_text("utf-8"))
        if reserved.is_file()
        else own.get("_reserved", {}),
    }
    resource = parse_resource(DEFAULT_RESOURCE)
    check_types(types, folder / TYPES_FILE, only={f.type for f in resource.fields})
    known["_resource"] = expand(
        resource, types, jinja=known.get("_jinja2_env_vars", {})
    )
    known["_several"] = known["_related"] = False
    known["_keeps"] = known["_resource"]["label_plural"]
    raw = [key for key in known if key[0] == "_" and not key.startswith("__")]
    # Lists may use the tables, such as `__commands`, which TOML wants last.
    computed = sorted(
        (key for key in known if key.startswith("__")),
        key=lambda key: (
            isinstance(known[key], list),
            key not in common,
            not isinstance(known[key], dict),
        ),
    )
    public = [key for key in known if key[0] != "_"]
    order = ["project_name", *raw, *public[1:], *computed]
    return {key: known[key] for key in order if key in known}


def written(settings: dict[str, Any]) -> bytes:
    """Return settings as JSON that is short, yet has a line for what changes on its own."""
    lines = (
        f"  {json.dumps(key)}: {pretty(value, 2)}" for key, value in settings.items()
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def pretty(value: Any, indent: int) -> str:
    """Return a value on one line, if it fits or is a list of words; else an item a line."""
    line = json.dumps(value, ensure_ascii=False)
    words = isinstance(value, list) and all(isinstance(v, str) and v for v in value)
    flat = isinstance(value, dict) and indent > 4
    if len(line) <= WIDTH or flat or not isinstance(value, dict | list):
        return line
    if words and len(line) / len(value) < WIDTH / 4:
        return line
    gap = " " * (indent + 2)
    items = (
        [f"{json.dumps(k)}: {pretty(v, indent + 2)}" for k, v in value.items()]
        if isinstance(value, dict)
        else [pretty(v, indent + 2) for v in value]
    )
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    inside = f",\n{gap}".join(items)
    return f"{opening}\n{gap}{inside}\n{' ' * indent}{closing}"


def main(arguments: list[str] | None = None, *, templates: Path = TEMPLATES) -> int:
    """Bring the templates in step, or with `--check` only say where they are not."""
    return keep(
        "sync.py",
        __doc__,
        lambda: planned(templates),
        arguments,
        base=templates.parent,
    )


if __name__ == "__main__":
    sys.exit(main())
