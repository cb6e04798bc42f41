"""Files of answers: what a project records of itself, and what a user sets once for all.

Both are small tables in the words of the command line. They only fill in answers; what is
generated depends on the answers alone.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from scaffold.errors import ConfigError, UsageError
from scaffold.frameworks import Framework, load_frameworks
from scaffold.texts import parse_author, parse_email
from scaffold.version import VERSION

MOST_BYTES = 1_000_000

# What a project records of itself, besides its framework's own options.
RECORDED = ("framework", "name", "resource", "description", "author", "email")
# What a user may set once for all, besides the options of the frameworks.
USER_KEYS = ("author", "email", "git")


def user_file() -> Path:
    """Return the path of the user's own defaults: `SCAFFOLD_CONFIG`, or the platform's place."""
    if chosen := os.environ.get("SCAFFOLD_CONFIG"):
        return Path(chosen)
    from platformdirs import user_config_path

    return user_config_path("scaffold", appauthor=False) / "config.toml"


def has_user_file() -> bool:
    """Tell whether the user has set anything; a file that is named must be there."""
    return bool(os.environ.get("SCAFFOLD_CONFIG")) or os.path.lexists(user_file())


def user_defaults(templates: Path) -> dict[str, Any]:
    """Return what the user has set for every project, by the keys of `generate()`.

    Args:
        templates: The folder of the frameworks, whose options may stand there too.

    Raises:
        ConfigError: The file is broken, or holds what nobody knows.
    """
    if not has_user_file():
        return {}
    path = user_file()
    frameworks = load_frameworks(templates)
    table = {_key(key): value for key, value in _load(path).items()}
    options = {option.key for each in frameworks for option in each.options}
    _check_keys(path, table, {*USER_KEYS, *options})
    if not isinstance(table.get("git", True), bool):
        raise ConfigError(f"{path}: git is true or false", help="write `git = false`")
    for key, parse in (("author", parse_author), ("email", parse_email)):
        if key in table:
            _check_text(path, key, table[key])
            _check(path, parse, table[key])
    for option in (option for each in frameworks for option in each.options):
        if option.key in table:
            _check(path, option.parse, table[option.key])
    return table


def recorded(path: Path, framework: Framework) -> dict[str, Any]:
    """Return the answers in a file, by the keys of `generate()`.

    They stand under `[tool.scaffold]`, as in the `pyproject.toml` of every project.

    Raises:
        ConfigError: The file is broken, newer than this scaffold, or holds no answers.
    """
    answers = {_key(key): value for key, value in _record(path).items()}
    _check_version(path, answers.pop("version", VERSION))
    _check_keys(path, answers, {*RECORDED, *(o.key for o in framework.options)})
    for key in RECORDED:
        if key in answers:
            _check_text(path, key, answers[key], several=key == "resource")
    return answers


def recorded_framework(path: Path) -> str:
    """Return the name of the framework that a project was made with.

    Raises:
        ConfigError: The file is broken, or does not say.
    """
    table = _record(path)
    _check_version(path, table.get("version", VERSION))
    framework = table.get("framework", "")
    _check_text(path, "framework", framework)
    return str(framework)


def _record(path: Path) -> dict[str, Any]:
    """Return what a project records of itself."""
    tool = _load(path).get("tool")
    table = tool.get("scaffold") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise ConfigError(
            f"{path} has no table [tool.scaffold]",
            help="the pyproject.toml of a generated project has one",
        )
    return table


def _load(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file."""
    if not os.path.lexists(path):
        raise ConfigError(f"there is no file {path}", help="name one that is there")
    if not path.is_file():  # A pipe would keep us waiting, a device never end.
        raise ConfigError(f"{path} is no file", help="name a TOML file")
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{path} is too large to hold answers")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()) if str(error) else type(error).__name__
        raise ConfigError(f"{path} is no TOML: {reason[:200]}") from error


def _key(key: str) -> str:
    """Return the key that the command line's word stands for."""
    return key.replace("-", "_")


def _check_keys(path: Path, table: dict[str, Any], known: Collection[str]) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise ConfigError(
                f'{path}: nobody knows the key "{key[:50]}"',
                help=f'did you mean "{near[0]}"?'
                if near
                else f"the keys are {', '.join(sorted(known))}",
            )


def _check_text(path: Path, key: str, value: object, *, several: bool = False) -> None:
    """Refuse what is no text, and no list of texts where there may be several."""
    texts = value if several and isinstance(value, list) and value else [value]
    if not all(isinstance(text, str) for text in texts):
        what = "a text, or a list of texts" if several else "a text"
        raise ConfigError(f'{path}: {key} is {what}, such as {key} = "…"')


def _check(path: Path, parse: Callable[[Any], object], value: object) -> None:
    """Refuse a value, and say in which file it stands."""
    try:
        parse(value)
    except UsageError as error:
        raise ConfigError(f"{path}: {error.message}", help=error.help) from error


def _check_version(path: Path, version: object) -> None:
    """Refuse answers that a newer scaffold has written."""
    if not isinstance(version, str) or not re.fullmatch(
        r"\d{1,5}(\.\d{1,5}){2}", version
    ):
        raise ConfigError(f"{path}: version is three numbers, such as {VERSION}")
    if _numbers(version) > _numbers(VERSION):
        raise ConfigError(
            f"{path} was written by scaffold {version}, and this is {VERSION}",
            help="install the newer one: pip install --upgrade scaffold",
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
