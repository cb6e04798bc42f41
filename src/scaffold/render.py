"""From a framework and the finished answers to the files of a project, in memory.

The only module that imports cookiecutter. Its prompting, its hooks and its user configuration
are left out: values reach the templates as variables, and never as templates.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scaffold.errors import TemplateError
from scaffold.frameworks import COMMON_KEYS, Framework

FILE_MODE = 0o644
EXECUTABLE_MODE = 0o755
SECRET_MODE = 0o600

# What Python, other tools and desktops leave in a folder of templates; `pip install` compiles
# the packaged ones, and what it compiles holds the path of the user's environment.
LITTER = (
    "__pycache__",
    "*.py[co]",
    ".*_cache",
    ".DS_Store",
    "Thumbs.db",
    "*~",
    "*.swp",
)


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


def complete(framework: Framework, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value the templates use: what is given, and the rest computed.

    Args:
        framework: Whose `cookiecutter.json` says how to compute the rest.
        given: The user's values by key, and `_resource`.

    Raises:
        TemplateError: A default cannot be computed.
    """
    # Here and not above: it takes longer than everything else that `scaffold list` does.
    from cookiecutter.prompt import render_variable
    from cookiecutter.utils import create_env_with_context

    settings = {**framework.settings, "_new_lines": "\n", **given}
    environment = create_env_with_context({"cookiecutter": settings})
    values: dict[str, Any] = dict.fromkeys(COMMON_KEYS, "")
    values["_resource"] = settings.get(
        "_resource", {}
    )  # All may use it, before its turn.
    for key, raw in settings.items():
        if key in given or (key.startswith("_") and not key.startswith("__")):
            values[key] = raw
        elif key != "__prompts__":
            default = raw[0] if isinstance(raw, list) and key[0] != "_" else raw
            try:
                values[key] = render_variable(environment, default, values)
            except Exception as error:  # Templates are programs: anything may come.
                raise _broken(framework, f"{key}: {error}") from error
    return values


def render(framework: Framework, values: Mapping[str, Any]) -> tuple[File, ...]:
    """Return the files of the project, sorted by path, formatted and lint-clean.

    Nothing is written but in the system's folder for temporary files, which is clean again
    afterwards. The current folder changes meanwhile, as cookiecutter needs it to, so that
    one process renders one project at a time.

    Args:
        framework: Whose templates to render.
        values: What `complete` returned.

    Raises:
        TemplateError: A template is broken.
    """
    with tempfile.TemporaryDirectory(prefix="scaffold-") as folder, _own_umask():
        project = _generate(framework, values, folder)
        for path in project.rglob("*"):
            path.chmod(0o700)  # A template may be read-only, and its mode is copied.
        _tidy(framework, project)
        secrets = frozenset(values.get("_secrets", ()))
        return tuple(_read(project, secrets))


def _generate(framework: Framework, values: Mapping[str, Any], folder: str) -> Path:
    """Have cookiecutter write the project, and return where it is."""
    from cookiecutter.exceptions import UndefinedVariableInTemplate
    from cookiecutter.generate import generate_files

    try:
        project = generate_files(
            repo_dir=str(framework.path),
            context={"cookiecutter": dict(values)},
            output_dir=folder,
            accept_hooks=False,
        )
    except UndefinedVariableInTemplate as error:  # Its text shows every value there is.
        raise _broken(framework, f"{error.message}: {error.error.message}") from error
    except OSError:
        raise
    except Exception as error:  # Templates are programs: anything may come.
        raise _broken(framework, f"{type(error).__name__}: {error}") from error
    return Path(project)


def _broken(framework: Framework, reason: str) -> TemplateError:
    """Return the error for a template that cannot be rendered."""
    return TemplateError(
        f"the starter for {framework.title} is broken: {' '.join(reason.split())}"
    )


def _tidy(framework: Framework, project: Path) -> None:
    """Sort imports and format Python, by the project's own settings for ruff.

    The default resource comes out clean without it; other fields may need fewer imports, longer
    lines, or another order.
    """
    settings = project / "pyproject.toml"
    options = ["--no-cache", "--no-respect-gitignore"]
    options += ["--config", str(settings)] if settings.is_file() else ["--isolated"]
    for command in ("check --fix --exit-zero --select=I,F401", "format"):
        done = _ruff(*command.split(), *options, cwd=project)
        if done.returncode:
            reason = f"it cannot be formatted: {done.stderr or done.stdout}"
            raise _broken(framework, reason)


def _ruff(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ruff over a folder, whatever the user has set for it elsewhere."""
    from ruff import find_ruff_bin

    environment = {k: v for k, v in os.environ.items() if not k.startswith("RUFF_")}
    try:
        return subprocess.run(  # noqa: S603 -- ruff's own binary, fixed arguments
            [find_ruff_bin(), *arguments, "."],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise TemplateError(
            "ruff, which formats what is generated, is not there",
            help=f"install it again: {sys.executable} -m pip install --force-reinstall ruff",
        ) from error


def _read(project: Path, secrets: frozenset[str]) -> Iterator[File]:
    """Yield every file that was rendered."""
    for path in sorted(filter(Path.is_file, project.rglob("*")), key=Path.as_posix):
        if is_litter(path.relative_to(project)):
            continue
        name = path.relative_to(project).as_posix()
        content = path.read_bytes()
        if name in secrets:
            yield File(name, content, SECRET_MODE, secret=True)
        else:
            has_shebang = content.startswith(b"#!")
            yield File(name, content, EXECUTABLE_MODE if has_shebang else FILE_MODE)


def is_litter(path: Path) -> bool:
    """Tell whether a path among the templates is no template, nor in a folder of them."""
    return any(fnmatchcase(part, each) for part in path.parts for each in LITTER)


@contextlib.contextmanager
def _own_umask() -> Iterator[None]:
    """Let cookiecutter and ruff use the files they make, whatever the user's umask."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
