"""All or nothing: a project is staged beside its target and renamed into place."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from scaffold.errors import InterruptedRunError, TargetError
from scaffold.interrupts import due, held
from scaffold.output import File

try:
    import fcntl
except ImportError:  # On Windows.
    fcntl = None  # type: ignore[assignment]

FOLDER_MODE = 0o755
STALE_AFTER = 60  # Seconds; a run takes one or two.

T = TypeVar("T")


def check_folder(folder: Path) -> None:
    """Refuse a folder to put projects in that is none.

    Raises:
        TargetError: It is not there, or is something else.
    """
    if not folder.is_dir():
        raise TargetError(
            f'there is no folder "{os.path.realpath(folder)}"',
            help="make it first, or choose another with --output-dir",
        )


def check_target(target: Path) -> None:
    """Refuse a target that exists in any form, or that has no folder to be in.

    Raises:
        TargetError: It cannot be written there; nothing was touched.
    """
    check_folder(target.parent)
    if os.path.lexists(target):
        raise _exists(target)


def write(target: Path, fill: Callable[[Path], T]) -> T:
    """Have a new folder filled, make it `target`, and return what filling it returned.

    Whatever else happens, the folder is gone again and `target` is as it was: signals wait until
    it is. Only a kill that no program can catch leaves the folder behind, hidden and in nobody's
    way; the next run for the same target takes it away.

    Raises:
        TargetError: The target exists, or came into being meanwhile.
    """
    check_target(target)
    stage = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
    with held(), contextlib.suppress(InterruptedRunError):
        try:
            _sweep(target)
            stage.mkdir()
            with _claimed(stage):
                # What is in it is nobody else's business until it is complete.
                stage.chmod(0o700)
                result = fill(stage)
                _check_due()
                stage.chmod(FOLDER_MODE)
                _rename(stage, target)
                if due():
                    target.rename(stage)
                    _check_due()
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        return result
    raise InterruptedRunError("a signal came, and nothing was written")


def write_files(files: Iterable[File], folder: Path) -> None:
    """Write files into a new folder, each with its own mode whatever the umask."""
    made = {""}
    for file in files:
        _check_due()
        _make_folder(folder, file.path.rpartition("/")[0], made)
        path = os.path.join(folder, file.path)
        with open(path, "xb") as stream:
            stream.write(file.content)
        os.chmod(path, file.mode)


def _check_due() -> None:
    """End the work where a signal waits for that."""
    if due():
        raise InterruptedRunError("a signal waits")


@contextlib.contextmanager
def _claimed(stage: Path) -> Iterator[None]:
    """Hold a lock on a folder for as long as this process lives and works in it."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(stage, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # A file system may have no locks.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _sweep(target: Path) -> None:
    """Take away what killed runs for the same target have left behind."""
    if fcntl is None:
        return
    name = re.compile(rf"\.{re.escape(target.name)}-[0-9a-f]{{16}}")
    with contextlib.suppress(OSError):
        for stage in target.parent.iterdir():
            if name.fullmatch(stage.name) and _is_stale(stage):
                shutil.rmtree(stage, ignore_errors=True)


def _is_stale(stage: Path) -> bool:
    """Tell whether a folder is the user's own, and nobody has worked in it for a while."""
    try:
        status = stage.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            return False
        if time.time() - status.st_mtime < STALE_AFTER:
            return False
        descriptor = os.open(stage, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _make_folder(base: Path, name: str, made: set[str]) -> None:
    """Make a folder and those above it, unless an earlier file did."""
    if name in made:
        return
    _make_folder(base, name.rpartition("/")[0], made)
    path = os.path.join(base, name)
    os.mkdir(path)
    os.chmod(path, FOLDER_MODE)
    made.add(name)


def _rename(stage: Path, target: Path) -> None:
    """Put the stage into place, where still nothing may be."""
    if os.path.lexists(target):  # An empty folder would be replaced without an error.
        raise _exists(target)
    try:
        stage.rename(target)
    except OSError as error:
        taken = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}
        if error.errno in taken or isinstance(error, FileExistsError):
            raise _exists(target) from error
        raise


def _exists(target: Path) -> TargetError:
    """Return the error for a target that is there already."""
    return TargetError(
        f'"{target}" exists already, and is left as it is',
        help="choose another name, or another folder with --output-dir",
    )
