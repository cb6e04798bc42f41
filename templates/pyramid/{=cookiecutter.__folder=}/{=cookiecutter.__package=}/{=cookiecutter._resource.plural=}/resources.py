#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the addresses of {= resource.label_plural =} stand for, and who may do what with it."""

from pyramid.authorization import Allow
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


class {= resource.class_name =}Resource:
    """{= resource.article | capitalize =} {= resource.label =}: everybody may read it, and only its owner may edit it."""

    refusal = "Only its owner may change or delete this {= resource.label =}."

    def __init__(self, {= resource.name =}: {= resource.class_name =}) -> None:
        self.{= resource.name =} = {= resource.name =}

    def __acl__(self) -> list[tuple[str, str, str]]:
        owner = self.{= resource.name =}.owner
        return [(Allow, f"user:{owner.id}", "edit")] if owner else []


def load_{= resource.name =}(request: Request) -> {= resource.class_name =}Resource:
    {= resource.name =} = request.dbsession.get({= resource.class_name =}, int(request.matchdict["id"]))
    if {= resource.name =} is None:
        raise HTTPNotFound
    return {= resource.class_name =}Resource({= resource.name =})


def new_{= resource.name =}(request: Request) -> {= resource.class_name =}Resource:
    """Return {= resource.article =} {= resource.label =} to be saved, which belongs to whoever asks, if to anybody."""
    return {= resource.class_name =}Resource({= resource.class_name =}(owner=request.identity))
