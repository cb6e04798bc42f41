"""Minimal, portfolio-ready web starters for Django, Flask, FastAPI and Pyramid.

The Python API is one function, which does what the command does and prints nothing:

    from scaffold import generate

    project = generate("fastapi", "cookbook", resource="recipe title:str minutes:int")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scaffold.answers import Answers
    from scaffold.errors import ScaffoldError
    from scaffold.output import File, Project
    from scaffold.project import generate

__all__ = ["Answers", "File", "Project", "ScaffoldError", "generate"]

_MODULES = {
    "Answers": "answers",
    "File": "output",
    "Project": "output",
    "ScaffoldError": "errors",
    "generate": "project",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, and only then: `scaffold --help` needs none of it."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"scaffold.{_MODULES[name]}"), name)
