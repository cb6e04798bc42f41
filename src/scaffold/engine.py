"""Templates, compiled: cookiecutter's own Jinja environment, and a cache of what it compiles.

The only module that imports cookiecutter. Its prompting, its hooks and its user configuration
are left out: values reach the templates as variables, and never as templates.
"""

import hashlib
import json
import sys
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from scaffold import cache
from scaffold.interrupts import held

if TYPE_CHECKING:
    from jinja2 import Environment, Template

MOST_TEMPLATES = 2000  # That an engine keeps; far more than any framework has.


class Engine:
    """Renders templates of one framework; several threads may use it at once."""

    def __init__(self, settings: str, folder: Path) -> None:
        # Here and not above: `scaffold list` and `--help` start without it.
        from cookiecutter.utils import create_env_with_context
        from jinja2 import FileSystemLoader

        context = {"cookiecutter": json.loads(settings)}
        self.environment: Environment = create_env_with_context(context)
        # For what a template includes or imports, as cookiecutter looks for it.
        self.environment.loader = FileSystemLoader(
            [folder, folder.parent / "templates"]
        )
        self._templates: dict[str, Template] = {}
        self._cache = f"{folder}\n{settings}\n{_versions()}"
        self._known: dict[str, CodeType] = cache.load(self._cache)
        self._used: dict[str, CodeType] = {}
        self._lock = threading.Lock()

    def template(self, source: str, name: str | None = None) -> "Template":
        """Return a template, compiled only if nobody did before.

        Raises:
            jinja2.TemplateSyntaxError: It is none.
        """
        key = hashlib.sha256(f"{name}\n{source}".encode()).hexdigest()
        if found := self._templates.get(key):
            return found
        code = self._known.get(key)
        if code is None:
            code = self.environment.compile(source, name, name)
        # Copied, as Jinja would copy its chain of maps at each rendering, slowly.
        globals_ = dict(self.environment.make_globals(None))
        template = self.environment.template_class.from_code(
            self.environment, code, globals_
        )
        with self._lock:
            if len(self._templates) >= MOST_TEMPLATES:
                self._templates.clear()
                self._used.clear()
            self._templates[key] = template
            self._used[key] = code
        return template

    def save(self) -> None:
        """Keep what was compiled for the next process, if any of it is new."""
        with self._lock:
            if self._used.keys() <= self._known.keys():
                return
            both = {**self._known, **self._used}
            self._known = both if len(both) <= MOST_TEMPLATES else dict(self._used)
            with held():  # Half a file would stay.
                cache.save(self._cache, self._known)


def engine(settings: Mapping[str, Any], folder: Path) -> Engine:
    """Return the engine for a framework's settings and the folder of its project."""
    own = {
        k: v for k, v in settings.items() if k in {"_jinja2_env_vars", "_extensions"}
    }
    return _engine(json.dumps(own, sort_keys=True), folder)


@lru_cache(maxsize=32)
def _engine(settings: str, folder: Path) -> Engine:
    return Engine(settings, folder)


def _versions() -> str:
    """Return what compiled templates depend on besides themselves."""
    from importlib.metadata import version

    return f"{version('jinja2')} {version('cookiecutter')} {sys.version}"
