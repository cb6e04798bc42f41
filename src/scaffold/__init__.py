"""Minimal, portfolio-ready web starters for Django, Flask, FastAPI and Pyramid.

The Python API is one function, which does what the command does and prints nothing:

    from scaffold import generate

    project = generate("fastapi", "cookbook", resource="recipe title:str minutes:int")
"""

from scaffold.answers import Answers
from scaffold.errors import ScaffoldError
from scaffold.output import File, Project
from scaffold.project import generate

__all__ = ["Answers", "File", "Project", "ScaffoldError", "generate"]
