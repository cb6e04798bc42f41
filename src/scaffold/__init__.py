"""Minimal, portfolio-ready web starters for Django, Flask, FastAPI and Pyramid.

The Python API is one function, which does what the command does and prints nothing:

    from scaffold import generate

    project = generate("fastapi", "cookbook", resource="recipe title:str minutes:int")
"""

from scaffold.errors import ScaffoldError
from scaffold.project import Project, generate
from scaffold.render import File

__all__ = ["File", "Project", "ScaffoldError", "generate"]
