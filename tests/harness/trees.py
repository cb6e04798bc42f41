"""Generated folders as data, to compare one way of generating with another."""

import json
import stat
from pathlib import Path

from .projects import TEMPLATES


def secrets_of(framework: str) -> set[str]:
    """The files that hold a secret, so differ from one project to the next."""
    settings = json.loads(
        (TEMPLATES / framework / "cookiecutter.json").read_text("utf-8")
    )
    return set(settings.get("_secrets", ()))


def tree(folder: Path, framework: str, *, without: str = "") -> dict[str, object]:
    """Every file's content and mode; of a file with a secret, the names it sets."""
    secret = secrets_of(framework)
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            assert any(path.iterdir()), f"{name} is empty"
            continue
        if name == without:
            continue
        assert not path.is_symlink(), name
        content = path.read_bytes()
        if name in secret:
            lines = content.decode().splitlines()
            content = "\n".join(line.partition("=")[0] for line in lines).encode()
        executable = bool(path.stat().st_mode & stat.S_IXUSR)
        found[name] = (content, executable)
    return found
