"""From a framework and the answers to the files of a project, in memory."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scaffold.answers import Answers
from scaffold.engine import Engine, engine
from scaffold.errors import TemplateError
from scaffold.fields import check_types, expand_all
from scaffold.frameworks import COMMON_KEYS, TYPES_FILE, Framework
from scaffold.interrupts import held
from scaffold.output import EXECUTABLE_MODE, FILE_MODE, SECRET_MODE, File
from scaffold.resources import DEFAULT_RESOURCE, Resource, parse_resource
from scaffold.words import in_words

# A path that names an item of a list, such as `cookiecutter._resource.plural`.
ITEM = re.compile(r"\bcookiecutter\.(_[a-z]\w*)\.")

# A value by its name in a template, or all of them.
NAMED = re.compile(rb"\bcookiecutter\b(?:\.(\w+))?")

# The default project comes out formatted for a package up to this long which sorts before
# `tests` among the imports; tests hold every framework to it.
TIDY_PACKAGE = range(1, 17)


def template_values(framework: Framework, answers: Answers) -> dict[str, Any]:
    """Return every value the templates use: the answers, and the rest computed.

    Raises:
        TemplateError: A default cannot be computed.
    """
    resources = _expanded(framework, answers.resources)
    return complete(
        framework,
        {
            "project_name": answers.name.text,
            **answers.texts,
            **dict(answers.options),
            "_resource": resources[0],
            "_resources": resources,
            "_several": len(resources) > 1,
            "_related": any(each["references"] for each in resources),
            "_keeps": in_words([each["label_plural"] for each in resources]),
            "_version": answers.version,
        },
    )


def complete(framework: Framework, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given, and the rest computed as `cookiecutter.json` says.

    Raises:
        TemplateError: A default cannot be computed.
    """
    machine = engine(framework.settings, framework.project)
    settings = {**framework.settings, "_new_lines": "\n", **given}
    values: dict[str, Any] = dict.fromkeys(COMMON_KEYS, "")
    # What is no template comes first, as all others may use it.
    values |= {
        key: raw
        for key, raw in settings.items()
        if key.startswith("_") and not key.startswith("__")
    }
    for key, raw in settings.items():
        if key in given:
            values[key] = raw
        elif key in COMMON_KEYS or (key not in values and key != "__prompts__"):
            default = raw[0] if isinstance(raw, list) and key[0] != "_" else raw
            try:
                values[key] = _filled(machine, default, values)
            except Exception as error:  # Templates are programs: anything may come.
                raise _broken(framework, f"{key}: {error}") from error
    return values


def render(
    framework: Framework,
    answers: Answers,
    values: Mapping[str, Any],
    *,
    tidy: bool | None = None,
) -> tuple[File, ...]:
    """Return the files of the project, sorted by path, formatted and lint-clean.

    Args:
        framework: Whose templates to render.
        answers: What the user wants.
        values: What `template_values` returned.
        tidy: Whether to format; left out, what may not be formatted already.

    Raises:
        TemplateError: A template is broken.
    """
    machine = engine(framework.settings, framework.project)
    secrets = frozenset(values.get("_secrets", ()))
    settled = _settled(framework, answers, values) if tidy is None else None
    files: dict[str, File] = {}
    loose: list[str] = []
    for path, source in framework.files:
        for item in _items(path, values):
            name = _path(framework, machine, path, item)
            if not name:
                continue
            if name in files:
                raise _broken(framework, f"two templates write {name}")
            content = _content(framework, machine, path, source, item)
            if name in secrets:
                files[name] = File(name, content, SECRET_MODE, secret=True)
            else:
                mode = EXECUTABLE_MODE if content.startswith(b"#!") else FILE_MODE
                files[name] = File(name, content, mode)
            if name.endswith(".py") and not _is_settled(path, source, settled):
                loose.append(name)
    machine.save()
    if loose and tidy is not False:
        files |= {file.path: file for file in _tidy(framework, files, loose)}
    return tuple(files[name] for name in sorted(files))


def _expanded(
    framework: Framework, resources: Sequence[Resource]
) -> list[dict[str, Any]]:
    """Return resources as templates see them; the default one stands in the settings."""
    known: dict[str, Any] = framework.settings.get("_resource", {})
    if [*map(str, resources)] == [DEFAULT_RESOURCE] == [known.get("definition")]:
        return [known]
    types = {field.type for resource in resources for field in resource.fields}
    check_types(framework.types, framework.path / TYPES_FILE, only=sorted(types))
    machine = engine(framework.settings, framework.project)
    return expand_all(
        resources,
        framework.types,
        template=machine.template,
        reserved=framework.reserved_fields,
    )


def _filled(machine: Engine, raw: Any, values: Mapping[str, Any]) -> Any:
    """Render every text in a default, however deep, as cookiecutter's prompts do."""
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, dict):
        return {
            _filled(machine, key, values): _filled(machine, value, values)
            for key, value in raw.items()
        }
    if isinstance(raw, list):
        return [_filled(machine, value, values) for value in raw]
    return machine.template(str(raw)).render(cookiecutter=values)


def _items(path: str, values: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the values to render a file with: once, or once for each item it names."""
    for name in ITEM.findall(path):
        items = values.get(f"{name}s")
        if isinstance(items, list):
            return [{**values, name: item} for item in items]
    return [values]


def _path(
    framework: Framework, machine: Engine, path: str, values: Mapping[str, Any]
) -> str:
    """Return the path of a file in the project; empty where it is not wanted."""
    parts = []
    *folders, _ = path.split("/")
    for number, part in enumerate(path.split("/")):
        is_folder = number < len(folders)
        what = "directory" if is_folder else "file"
        try:
            name = machine.template(part).render(cookiecutter=values)
        except Exception as error:  # Templates are programs: anything may come.
            raise _broken(
                framework, f"Unable to create {what} '{path}': {error}"
            ) from error
        if not name and not is_folder:
            return ""
        if name in {"", ".", ".."} or "/" in name or "\\" in name:
            raise _broken(
                framework, f"Unable to create {what} '{path}': it is \"{name}\""
            )
        parts.append(name)
    return "/".join(parts)


def _content(
    framework: Framework,
    machine: Engine,
    path: str,
    source: bytes,
    values: Mapping[str, Any],
) -> bytes:
    """Return a rendered file; one that is no text is taken as it is."""
    if b"\0" in source:
        return source
    try:
        text = source.decode()
    except UnicodeDecodeError:
        return source
    try:
        return machine.template(text, path).render(cookiecutter=values).encode()
    except Exception as error:  # Templates are programs: anything may come.
        kind = type(error).__name__
        raise _broken(
            framework, f"Unable to create file '{path}': {kind}: {error}"
        ) from error


def _broken(framework: Framework, reason: str) -> TemplateError:
    """Return the error for a template that cannot be rendered."""
    return TemplateError(
        f"the templates of {framework.title} are broken: {' '.join(reason.split())}"
    )


def _settled(
    framework: Framework, answers: Answers, values: Mapping[str, Any]
) -> frozenset[bytes] | None:
    """Return the names of the values that leave a template formatted as it is.

    Those are the ones that the default project of this name has too; None if that is not
    known to come out formatted.
    """
    package = answers.name.package
    if (
        not framework.settings.get("_tidy")
        or len(package) not in TIDY_PACKAGE
        or package >= "tests"
    ):
        return None
    plain = Answers(
        framework=framework.name,
        name=answers.name,
        resources=(parse_resource(DEFAULT_RESOURCE),),
    )
    usual = template_values(framework, plain)

    def same(key: str) -> bool:
        return bool(values.get(key) == usual.get(key))

    # `_resource` is one of `_resources`, whichever it is just then.
    return frozenset(key.encode() for key in values if same(key) and same(f"{key}s"))


def _is_settled(path: str, source: bytes, settled: frozenset[bytes] | None) -> bool:
    """Tell whether a template names no value but those."""
    return settled is not None and settled.issuperset(
        NAMED.findall(path.encode() + source)
    )


def _tidy(
    framework: Framework, files: Mapping[str, File], loose: Sequence[str]
) -> Iterator[File]:
    """Yield the files that change when imports are sorted and code is formatted.

    By the project's own settings for ruff. Other fields than those of the default resource may
    need fewer imports, longer lines, or another order.
    """
    settings = files.get("pyproject.toml")
    # Signals wait, so that the folder is never left behind; ruff takes a moment only.
    with held(), tempfile.TemporaryDirectory(prefix="scaffold-") as folder:
        project = Path(folder)
        # All modules, be they empty, as ruff looks there for what is the project's own to import.
        for name in files:
            if name.endswith(".py"):
                (project / name).parent.mkdir(parents=True, exist_ok=True)
                (project / name).touch()
        for file in [*(files[name] for name in loose), *filter(None, [settings])]:
            (project / file.path).write_bytes(file.content)
        options = ["--no-cache", "--no-respect-gitignore"]
        options += (
            ["--config", str(project / settings.path)] if settings else ["--isolated"]
        )
        for command in ("check --fix --exit-zero --select=I,F401", "format"):
            done = _ruff(*command.split(), *options, cwd=project)
            if done.returncode:
                reason = f"it cannot be formatted: {done.stderr or done.stdout}"
                raise _broken(framework, reason)
        tidied = {name: (project / name).read_bytes() for name in loose}
    for name, content in tidied.items():
        if content != files[name].content:
            yield replace(files[name], content=content)


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
