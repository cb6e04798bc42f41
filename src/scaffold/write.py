"""All or nothing: a project is staged beside its target and renamed into place."""

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from scaffold.errors import TargetError
from scaffold.render import File

FOLDER_MODE = 0o755


def check_target(target: Path) -> None:
    """Refuse a target that exists in any form, or that has no folder to be in.

    Raises:
        TargetError: It cannot be written there; nothing was touched.
    """
    if not target.parent.is_dir():
        raise TargetError(
            f'there is no folder "{target.parent}"',
            help="make it first, or choose another with --output-dir",
        )
    if os.path.lexists(target):
        raise _exists(target)


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a new folder that becomes `target` when the block ends well.

    Whatever else happens, the folder is gone again and `target` is as it was. Only a kill that no
    program can catch leaves the folder behind: hidden, and in nobody's way.

    Raises:
        TargetError: The target exists, or came into being meanwhile.
    """
    check_target(target)
    stage = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
    try:
        stage.mkdir()
        stage.chmod(
            0o700
        )  # What is in it is nobody else's business until it is complete.
        yield stage
        stage.chmod(FOLDER_MODE)
        _rename(stage, target)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def write_files(files: Iterable[File], folder: Path) -> None:
    """Write files into a new folder, each with its own mode whatever the umask."""
    for file in files:
        path = folder / file.path
        for parent in reversed(path.relative_to(folder).parents[:-1]):
            _make_folder(folder / parent)
        with path.open("xb") as stream:
            stream.write(file.content)
        path.chmod(file.mode)


def _make_folder(path: Path) -> None:
    """Make a folder, unless an earlier file did."""
    with contextlib.suppress(FileExistsError):
        path.mkdir()
        path.chmod(FOLDER_MODE)


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
