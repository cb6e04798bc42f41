"""Frameworks are data: each is a folder with a `cookiecutter.json`, and found as such."""

import difflib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scaffold.errors import TemplateError, UnknownFrameworkError, UsageError
from scaffold.texts import parse_text

SETTINGS = "cookiecutter.json"

# Keys that the command line treats alike for every framework; the rest are options.
COMMON_KEYS = ("project_name", "description", "author", "email")
# What the command line and the Python API have besides, so that no option can be called so.
TAKEN_KEYS = frozenset(
    [
        "as_json",
        "dry_run",
        "framework",
        "git",
        "help",
        "json",
        "name",
        "output_dir",
        "quiet",
        "resource",
        "templates",
    ]
)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a starter offers: a public key of its `cookiecutter.json`.

    Attributes:
        key: Its name there, and in Python: `python_version`.
        default: A text (which may be a template), true or false, or the first choice.
        choices: The values to choose from, for a choice.
        help: What it decides, in one line.
    """

    key: str
    default: str | bool
    choices: tuple[str, ...] = ()
    help: str = ""

    @property
    def flag(self) -> str:
        """Return how the command line spells it: `--python-version`."""
        return f"--{self.key.replace('_', '-')}"

    def parse(self, value: object) -> str | bool:
        """Return the value, if it is one that this option can take.

        Raises:
            UsageError: It is not.
            TextRefusedError: It is a text that no file format carries safely.
        """
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
            raise UsageError(f"{self.flag} is on or off", help="pass True or False")
        if not isinstance(value, str):
            raise UsageError(f"{self.flag} takes a text", help="pass a str")
        if self.choices and value not in self.choices:
            raise UsageError(
                f'{self.flag} cannot be "{value}"',
                help=f"choose from {', '.join(self.choices)}",
            )
        return value if self.choices else parse_text(value, what=self.key)


@dataclass(frozen=True)
class Framework:
    """A starter: its folder, and what its `cookiecutter.json` says.

    Attributes:
        name: The folder's name, and the command's: `fastapi`.
        path: The folder.
        settings: The whole of `cookiecutter.json`.
    """

    name: str
    path: Path
    settings: Mapping[str, Any] = field(repr=False)

    @property
    def title(self) -> str:
        """Return the name for people: `FastAPI`."""
        return self._about("title") or self.name

    @property
    def known_for(self) -> str:
        """Return what the framework is known for."""
        return self._about("known_for")

    @property
    def hired_for(self) -> str:
        """Return where people are hired for it."""
        return self._about("hired_for")

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return what the user may choose beyond what every framework asks."""
        return tuple(
            _option(key, value, self.prompt(key))
            for key, value in self.settings.items()
            if not key.startswith("_") and key not in COMMON_KEYS
        )

    @cached_property
    def jinja(self) -> dict[str, Any]:
        """Return the settings of its Jinja environment."""
        return dict(self.settings.get("_jinja2_env_vars", {}))

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Return what it writes for each field type: the tables of `fields.toml`."""
        path = self.path / "fields.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise TemplateError(f"{path}: {error}") from error

    @cached_property
    def reserved_names(self) -> frozenset[str]:
        """Return the names that no project may have: dependencies, and its own files."""
        own = (_stem(entry) for entry in _entries(self._project))
        return self.reserved("packages") | frozenset(filter(None, own))

    @cached_property
    def reserved_resources(self) -> frozenset[str]:
        """Return the names that no resource may have: clashes, and its own modules."""
        packages = (entry for entry in _entries(self._project) if _is_templated(entry))
        own = (_stem(entry) for package in packages for entry in _entries(package))
        return self.reserved("resources") | frozenset(filter(None, own))

    @property
    def reserved_fields(self) -> frozenset[str]:
        """Return the names that no field may have."""
        return self.reserved("fields")

    def reserved(self, kind: str) -> frozenset[str]:
        """Return what `_reserved` lists under `packages`, `resources` or `fields`."""
        return frozenset(self.settings.get("_reserved", {}).get(kind, ()))

    def prompt(self, key: str) -> str:
        """Return the help text of a key, in one line."""
        prompt = self.settings.get("__prompts__", {}).get(key, "")
        if isinstance(prompt, dict):  # cookiecutter's form that labels choices too
            prompt = prompt.get("__prompt__", "")
        return str(prompt)

    @property
    def _project(self) -> Path:
        """Return the folder of the project's own files."""
        folders = filter(Path.is_dir, filter(_is_templated, _entries(self.path)))
        return next(folders, self.path / "project")

    def _about(self, key: str) -> str:
        return str(self.settings.get("_framework", {}).get(key, ""))


def find_templates() -> Path:
    """Return the folder of the frameworks.

    It is `SCAFFOLD_TEMPLATES`, where that is set; else the folder that the wheel brings along;
    else, in an editable install, the repository's.
    """
    if chosen := os.environ.get("SCAFFOLD_TEMPLATES"):
        return Path(chosen)
    here = Path(__file__).resolve().parent
    packaged = here / "templates"
    return packaged if packaged.is_dir() else here.parent.parent / "templates"


def framework_names(templates: Path) -> list[str]:
    """Return the names of the frameworks in a folder, in alphabetical order."""
    return sorted(
        path.parent.name
        for path in templates.glob(f"[!_.]*/{SETTINGS}")
        if path.is_file()
    )


def load_framework(templates: Path, name: str) -> Framework:
    """Return the framework of this name.

    Raises:
        UnknownFrameworkError: There is none; offers the nearest.
        TemplateError: Its `cookiecutter.json` is broken.
    """
    names = framework_names(templates)
    if name not in names:
        raise unknown_framework(name, names)
    path = templates / name
    settings_file = path / SETTINGS
    try:
        settings = json.loads(settings_file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TemplateError(f"{settings_file}: {error}") from error
    return Framework(name=name, path=path, settings=settings)


def load_frameworks(templates: Path) -> list[Framework]:
    """Return all frameworks in a folder.

    Raises:
        TemplateError: There is none, or one is broken.
    """
    names = framework_names(templates)
    if not names:
        raise TemplateError(f"there is no starter in {templates}")
    return [load_framework(templates, name) for name in names]


def unknown_framework(name: str, names: list[str]) -> UnknownFrameworkError:
    """Return the error for a framework that is not there."""
    near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    return UnknownFrameworkError(
        f'there is no starter called "{name}"',
        help=f'did you mean "{near[0]}"?'
        if near
        else f"choose from {', '.join(names)}; `scaffold list` tells more",
    )


def _option(key: str, value: object, help: str) -> Option:
    """Return the option that a public key of `cookiecutter.json` describes."""
    if key in TAKEN_KEYS:
        raise TemplateError(f'{SETTINGS}: "{key}" is an option of the command already')
    if isinstance(value, list):
        choices = tuple(map(str, value))
        return Option(key=key, default=choices[0], choices=choices, help=help)
    default = value if isinstance(value, bool) else str(value)
    return Option(key=key, default=default, help=help)


def _entries(folder: Path) -> list[Path]:
    """Return what a folder holds, or nothing where there is no such folder."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _is_templated(path: Path) -> bool:
    """Tell whether a name is computed when rendering."""
    return "cookiecutter." in path.name


def _stem(path: Path) -> str:
    """Return the name that a file or folder takes up among modules, or nothing."""
    return "" if _is_templated(path) else path.name.partition(".")[0]
