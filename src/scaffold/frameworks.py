"""Frameworks are data: each is a folder with a `cookiecutter.json`, and found as such."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.errors import TemplateError, UnknownFrameworkError, UsageError

SETTINGS = "cookiecutter.json"
TYPES_FILE = "types.toml"

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
        "preset",
        "quiet",
        "resource",
        "templates",
    ]
)


# Jinja's own delimiters, which a framework may change.
DELIMITERS = {
    "variable_start": "{{",
    "variable_end": "}}",
    "block_start": "{%",
    "block_end": "%}",
}

# What Python, other tools and desktops leave in a folder of templates; `pip install` compiles
# the packaged ones, and what it compiles holds the path of the user's environment.
LITTER = re.compile(
    r"__pycache__|.*\.py[co]|\..*_cache|\.DS_Store|Thumbs\.db|.*~|.*\.swp", re.DOTALL
)


class Option(NamedTuple):
    """A choice that a framework offers: a public key of its `cookiecutter.json`.

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
        from scaffold.texts import parse_text

        if self.choices and value not in self.choices:
            raise UsageError(
                f'{self.flag} cannot be "{value}"',
                help=f"choose from {', '.join(self.choices)}",
            )
        return value if self.choices else parse_text(value, what=self.key)


class Preset(NamedTuple):
    """Several options at once: an entry of `_presets` in `cookiecutter.json`.

    Attributes:
        name: What it is called; the command line has it as a flag, `--minimal`.
        help: Who wants it, in one line.
        values: The options that it sets, by their keys.
    """

    name: str
    help: str
    values: tuple[tuple[str, str | bool], ...]


class Framework:
    """A framework: its folder, and what its `cookiecutter.json` says.

    Attributes:
        name: The folder's name, and the command's: `fastapi`.
        path: The folder.
        settings: The whole of `cookiecutter.json`.
    """

    def __init__(self, name: str, path: Path, settings: Mapping[str, Any]) -> None:
        self.name = name
        self.path = path
        self.settings = settings

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

    @property
    def relations(self) -> bool:
        """Tell whether its templates take several resources, which refer to each other."""
        return bool(self.settings.get("_relations"))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return what the user may choose beyond what every framework asks."""
        return tuple(
            _option(key, value, self.prompt(key))
            for key, value in self.settings.items()
            if not key.startswith("_") and key not in COMMON_KEYS
        )

    @cached_property
    def presets(self) -> tuple[Preset, ...]:
        """Return what sets several options at once.

        Raises:
            TemplateError: One of them sets what is no option, or its name is taken.
            UsageError: One of them sets an option to what it cannot be.
        """
        options = {option.key: option for option in self.options}
        presets = []
        for name, table in self.settings.get("_presets", {}).items():
            values = {key: value for key, value in table.items() if key != "help"}
            if name in options or name in TAKEN_KEYS or not values.keys() <= {*options}:
                raise TemplateError(
                    f"{self.path / SETTINGS}: the preset {name} sets what is no option, "
                    "or is called as something else is"
                )
            parsed = tuple((key, options[key].parse(v)) for key, v in values.items())
            presets.append(Preset(name, table.get("help", ""), parsed))
        return tuple(presets)

    def preset(self, name: str) -> Preset:
        """Return the preset of this name.

        Raises:
            UsageError: There is none.
        """
        for preset in self.presets:
            if preset.name == name:
                return preset
        names = ", ".join(preset.name for preset in self.presets)
        raise UsageError(
            f'{self.title} has no preset "{name}"',
            help=f"its presets are {names}" if names else "it has none; leave it out",
        )

    @cached_property
    def jinja(self) -> dict[str, Any]:
        """Return the settings of its Jinja environment."""
        return dict(self.settings.get("_jinja2_env_vars", {}))

    @cached_property
    def types(self) -> dict[str, Any]:
        """Return what it writes for each field type: the tables of `types.toml`."""
        import tomllib

        path = self.path / TYPES_FILE
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise TemplateError(f"{path}: {error}") from error

    @cached_property
    def reserved_names(self) -> frozenset[str]:
        """Return the names that no project may have: dependencies, and its own files."""
        return self.reserved("packages") | self._stems(self.project)

    @cached_property
    def reserved_resources(self) -> frozenset[str]:
        """Return the names that no resource may have: clashes, and its own modules."""
        computed = (
            entry for entry in _entries(self.project) if not self._literals(entry.name)
        )
        return self.reserved("resources").union(*map(self._stems, computed))

    @property
    def reserved_fields(self) -> frozenset[str]:
        """Return the names that no field may have."""
        return self.reserved("fields")

    @property
    def reserved_references(self) -> frozenset[str]:
        """Return the names that no field may have which refers to another resource."""
        return self.reserved("references")

    def reserved(self, kind: str) -> frozenset[str]:
        """Return what `_reserved` lists of `packages`, `resources`, `fields` or `references`."""
        return frozenset(self.settings.get("_reserved", {}).get(kind, ()))

    def prompt(self, key: str) -> str:
        """Return the help text of a key, in one line."""
        prompt = self.settings.get("__prompts__", {}).get(key, "")
        if isinstance(prompt, dict):  # cookiecutter's form that labels choices too
            prompt = prompt.get("__prompt__", "")
        return str(prompt)

    @cached_property
    def project(self) -> Path:
        """Return the folder of the templates, as cookiecutter finds it.

        Raises:
            TemplateError: There is none.
        """
        start = self.jinja.get("variable_start_string", "{{")
        for folder in _entries(self.path):
            if (
                "cookiecutter" in folder.name
                and start in folder.name
                and folder.is_dir()
            ):
                return folder
        raise TemplateError(
            f"{self.path} has no folder of templates",
            help=f"it is named {start}cookiecutter.…, in these delimiters",
        )

    @property
    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the templates: path in the project's folder, with `/`, and content."""
        base = str(self.project)
        for folder, folders, names in os.walk(base):
            folders[:] = sorted(name for name in folders if not _is_litter(name))
            inside = folder[len(base) + 1 :].replace(os.sep, "/")
            for name in sorted(names):
                if not _is_litter(name):
                    with open(os.path.join(folder, name), "rb") as stream:
                        yield f"{inside}/{name}" if inside else name, stream.read()

    def _stems(self, folder: Path) -> frozenset[str]:
        """Return the names that what is in a folder may take up among modules."""
        names = (
            name for each in _entries(folder) for name in self._literals(each.name)
        )
        return frozenset(stem for name in names if (stem := name.partition(".")[0]))

    def _literals(self, name: str) -> list[str]:
        """Return what the name of a template may come out as, as far as it says so.

        `{! if … !}Dockerfile{! endif !}` and `{= "Dockerfile" if … else "" =}` may both be
        a Dockerfile; `{= cookiecutter.__package =}` tells nothing.
        """
        edge = {
            key: re.escape(self.jinja.get(f"{key}_string", usual))
            for key, usual in DELIMITERS.items()
        }
        plain = re.sub(f"{edge['block_start']}.*?{edge['block_end']}", "", name)
        expression = f"{edge['variable_start']}(.*?){edge['variable_end']}"
        if whole := re.fullmatch(expression, plain):
            return [text for _, text in re.findall(r"([\"'])([\w.-]+)\1", whole[1])]
        return [] if re.search(expression, plain) else [plain]

    def _about(self, key: str) -> str:
        return str(self.settings.get("_framework", {}).get(key, ""))


def in_flags(values: Iterable[tuple[str, str | bool]]) -> str:
    """Return options as the command line has them: `--no-docker --ci none`."""
    return " ".join(
        f"--{'' if value else 'no-'}{key.replace('_', '-')}"
        if isinstance(value, bool)
        else f"--{key.replace('_', '-')} {value}"
        for key, value in values
    )


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
    try:
        names = os.listdir(templates)
    except OSError:
        return []
    return sorted(
        name
        for name in names
        if name[0] not in "_." and os.path.isfile(f"{templates}/{name}/{SETTINGS}")
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
        raise TemplateError(f"there is no framework in {templates}")
    return [load_framework(templates, name) for name in names]


def unknown_framework(
    name: str, names: Sequence[str], *, commands: Sequence[str] = ()
) -> UnknownFrameworkError:
    """Return the error for a framework that is not there.

    Args:
        name: What was asked for.
        names: The frameworks that are there.
        commands: Other commands that may be meant.
    """
    import difflib

    near = difflib.get_close_matches(name.lower(), [*names, *commands], n=1, cutoff=0.5)
    return UnknownFrameworkError(
        f'there is no framework called "{name}"',
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


def _is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name is no template."""
    return LITTER.fullmatch(name) is not None


def _entries(folder: Path) -> list[Path]:
    """Return what a folder holds, or nothing where there is no such folder."""
    return sorted(folder.iterdir()) if folder.is_dir() else []
