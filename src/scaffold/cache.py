"""A cache on the disk for compiled templates: safe to lose, and safe to share.

Code comes out of it, so what another user could have written is not read. Whatever goes wrong,
there is just no cache.
"""

import contextlib
import hashlib
import marshal
import os
import secrets
import stat
from pathlib import Path
from types import CodeType

HASH_SIZE = hashlib.sha256().digest_size
MOST_BYTES = 20_000_000


def folder() -> Path:
    """Return the folder of the cache, in the platform's place for such."""
    from platformdirs import user_cache_path

    return user_cache_path("scaffold", appauthor=False)


def load(key: str) -> dict[str, CodeType]:
    """Return what was saved under a key, or nothing."""
    try:
        with _path(key).open("rb") as stream:
            if not _is_ours(os.fstat(stream.fileno())):
                return {}
            data = stream.read(MOST_BYTES)
        content = data[HASH_SIZE:]
        if hashlib.sha256(content).digest() != data[:HASH_SIZE]:
            return {}
        found: dict[str, CodeType] = marshal.loads(content)  # noqa: S302 -- our own, and whole
    except (OSError, ValueError, EOFError, TypeError, RuntimeError):
        return {}
    return found


def save(key: str, codes: dict[str, CodeType]) -> None:
    """Save compiled templates under a key, in place of what is there."""
    temporary = None
    try:
        path = _path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = marshal.dumps(codes)
        temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        with open(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as s:
            s.write(hashlib.sha256(content).digest() + content)
        temporary.replace(path)
    except (OSError, ValueError, RuntimeError):
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _path(key: str) -> Path:
    """Return the file for a key."""
    return folder() / f"templates-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _is_ours(status: os.stat_result) -> bool:
    """Tell whether nobody but the user could have written a file."""
    if not hasattr(os, "geteuid"):  # Windows, where the folder is the user's alone.
        return True
    others = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid == os.geteuid() and not status.st_mode & others
