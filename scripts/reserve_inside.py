"""What only a project's own environment knows; `scripts/reserve.py` runs it there.

It imports every module of the package that is named, and prints JSON: what each distribution in this
environment brings, and for each class of the package the names that it has.
"""

import importlib
import importlib.metadata
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def brought() -> dict[str, list[str]]:
    """Return what each distribution brings to import and to run."""
    names: dict[str, list[str]] = {}
    for module, owners in importlib.metadata.packages_distributions().items():
        for owner in owners:
            names.setdefault(owner, []).append(module)
    for command in importlib.metadata.entry_points(group="console_scripts"):
        if (
            command.dist and "." not in command.name
        ):  # coverage has one for each Python.
            names.setdefault(command.dist.name, []).append(command.name)
    return names


def classes(package: str) -> Iterator[type]:
    """Import the modules of a package, and yield their classes."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not module.name.endswith(".__main__"):  # That one is a program.
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, type) and thing.__module__.startswith(package):
                    yield thing


def attributes(thing: type) -> set[str]:
    """Return the names that a class has, those of its metaclass and what is only annotated."""
    annotated: dict[str, Any] = getattr(thing, "model_fields", {})
    return {*dir(thing), *dir(type(thing)), *annotated}


def in_django() -> Iterator[set[str]]:
    """Yield the names of apps, and those of an account with what points to it."""
    account = importlib.import_module("django.contrib.auth").get_user_model()
    apps = importlib.import_module("django.apps").apps
    yield {app.label for app in apps.get_app_configs()}
    yield {field.name for field in account._meta.get_fields()} | attributes(account)


def main(package: str) -> None:
    """Print all of it."""
    scopes: list[set[str]] = []
    if Path("manage.py").exists():
        os.environ["DJANGO_SETTINGS_MODULE"] = f"{package}.settings"
        importlib.import_module("django").setup()
        scopes += in_django()
    scopes += map(attributes, classes(package))
    print(json.dumps({"brought": brought(), "scopes": list(map(sorted, scopes))}))


if __name__ == "__main__":
    main(sys.argv[1])
