"""The git repository, as far as a new project needs it: who the user is, and a first commit.

A project without a repository is still a project, so nothing here fails: it warns, in one line.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scaffold.programs import run

TRAILER = "Scaffold-Tree"
TIMEOUT = 60  # Seconds; a first commit takes a tenth of one.

# What may stay of the user's own: who they are, and which configuration to read.
KEPT = frozenset(
    ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]
    + [
        f"GIT_{role}_{part}"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    ]
)

# Nothing that the user has set up for other repositories may change what is committed here.
OWN_SETTINGS = {
    "commit.gpgSign": "false",
    "core.autocrlf": "false",
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.safecrlf": "false",
    "gc.auto": "0",
    "init.defaultBranch": "main",
    "maintenance.auto": "false",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who git says the user is; either may be empty."""

    name: str = ""
    email: str = ""


class GitError(Exception):
    """Git did not do what it was asked to; says why in one line."""


def identity() -> Identity:
    """Return who git's own configuration says the user is, as far as it does."""
    try:
        lines = git("config", "--get-regexp", r"^user\.(name|email)$").splitlines()
    except GitError:
        return Identity()
    found = dict(line.partition(" ")[::2] for line in lines)
    return Identity(
        found.get("user.name", "").strip(), found.get("user.email", "").strip()
    )


def surrounding(folder: Path) -> Path | None:
    """Return the working tree that a folder lies in, or None."""
    try:
        top = git("rev-parse", "--show-toplevel", cwd=folder).rstrip("\n")
    except GitError:
        return None
    return Path(top) if top else None


def start_repository(folder: Path, *, message: str, author: Identity) -> str:
    """Make a repository in a folder, with everything in one first commit.

    The message ends with the hash of what is committed, which tells later whether the commit is
    still what was generated.

    Args:
        folder: What to commit.
        message: The commit's subject.
        author: Who commits, where git does not know the user.

    Returns:
        A warning in one line, or nothing.
    """
    own = _options(OWN_SETTINGS)
    known = _options({"user.useConfigOnly": "true"})  # Else git guesses from the host.
    stand_in = _options({"user.name": author.name, "user.email": author.email})
    try:
        git(*own, "init", "--quiet", "--template=", cwd=folder)
        git(*own, "add", "--all", cwd=folder)
        tree = git(*own, "write-tree", cwd=folder).strip()
        text = f"{message}\n\n{TRAILER}: {tree}"
        commit = ("commit", "--quiet", "--no-verify", f"--message={text}")
        try:
            git(*own, *known, *commit, cwd=folder)
        except GitError:
            git(*own, *stand_in, *commit, cwd=folder)
            return (
                f'git does not know you, so the first commit is by "{author.name}": '
                "set user.name and user.email for the next"
            )
    except GitError as error:
        shutil.rmtree(folder / ".git", ignore_errors=True)
        return f"no git repository was made: {error}"
    return ""


def _options(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the arguments that set something for one run of git."""
    return tuple(
        part for key, value in settings.items() for part in ("-c", f"{key}={value}")
    )


def git(*arguments: str, cwd: Path | None = None) -> str:
    """Run git and return what it prints.

    Raises:
        GitError: It is not there, failed, or did not come to an end.
    """
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or key in KEPT
    }
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        code, out, errors = run(
            ["git", *arguments], cwd=cwd, environment=environment, timeout=TIMEOUT
        )
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be run ({type(error).__name__})") from error
    if code:
        lines = errors.strip().splitlines() or [f"exit code {code}"]
        raise GitError(f"git {ascii(lines[0])[1:-1]}")
    return out
