#% set resource = cookiecutter._resource
"""What the addresses of {= resource.label_plural =} stand for: route factories."""

import re

from pyramid.httpexceptions import HTTPNotFound

from {= cookiecutter.__package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= cookiecutter.__package =}.request import Request


def load_{= resource.name =}(request: Request) -> {= resource.class_name =}:
    """Return the {= resource.label =} that the address names, or answer 404."""
    id: str = request.matchdict["id"]
    {= resource.name =} = (
        request.dbsession.get({= resource.class_name =}, int(id))
        if re.fullmatch("[0-9]{1,10}", id)
        else None
    )
    if {= resource.name =} is None:
        raise HTTPNotFound
    return {= resource.name =}


def new_{= resource.name =}(request: Request) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} that is yet to be saved."""
    return {= resource.class_name =}()
