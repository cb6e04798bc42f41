"""Files that a script writes, like lock files: written anew, or with `--check` only compared."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

File = tuple[Path, bytes, int]
"""Where it stands, its content and its mode."""


def keep(
    script: str,
    about: str,
    planned: Callable[[], Iterable[File]],
    arguments: Sequence[str] | None,
    *,
    base: Path,
) -> int:
    """Run a script that writes files: bring them in step, or say which are not.

    Args:
        script: Its name, for advice.
        about: What it does, of which the first line is shown.
        planned: Computes what the files should be.
        arguments: Of the command line.
        base: The folder that names of files are shown from.
    """
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args(arguments).check
    late = [plan for plan in planned() if differs(*plan)]
    for path, content, mode in late:
        name = path.relative_to(base)
        if check:
            print(f"{name} differs", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
            print(f"{name} written")
    if check and late:
        print(f"help: run `python scripts/{script}`", file=sys.stderr)
    return 1 if check and late else 0


def differs(path: Path, content: bytes, mode: int) -> bool:
    """Tell whether a file is missing, or is not what it should be."""
    if not path.is_file():
        return True
    executable = bool(path.stat().st_mode & 0o100) == bool(mode & 0o100)
    return path.read_bytes() != content or not executable
