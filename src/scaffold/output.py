"""What comes out: the files of a project, and the project that they make."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.answers import Answers

FILE_MODE = 0o644
EXECUTABLE_MODE = 0o755
SECRET_MODE = 0o600


@dataclass(frozen=True, slots=True)
class File:
    """One file of a project.

    Attributes:
        path: Its place in the project, with `/` between folders.
        content: Its bytes; text is UTF-8 with LF line ends.
        mode: Its permissions: 0o644, 0o755 with a shebang, 0o600 for a secret.
        secret: Whether it holds a random secret, and so differs from run to run.
    """

    path: str
    content: bytes = field(repr=False)
    mode: int = FILE_MODE
    secret: bool = False

    @property
    def sha256(self) -> str | None:
        """Return the hash of the content, or None where it is never the same."""
        return None if self.secret else hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project that was generated, or that would be.

    Attributes:
        framework: The framework's name: `fastapi`.
        title: The framework's name for people: `FastAPI`.
        name: The project's name as the user wrote it: `My Proj`.
        package: The name to import: `my_proj`.
        keeps: What the app keeps, in the plural: `books`, `posts and comments`.
        path: Where the project is, absolute.
        answers: What it was made from.
        files: Every file of the project, sorted by path.
        commands: What to type in the project, by purpose: `migrate`, `run`, `test`.
        warnings: What is worth knowing although nothing failed, each in one line.
    """

    framework: str
    title: str
    name: str
    package: str
    keeps: str
    path: Path
    answers: Answers = field(repr=False)
    files: tuple[File, ...] = field(repr=False)
    commands: Mapping[str, str] = field(repr=False)
    warnings: tuple[str, ...] = ()
