#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the addresses of {= resource.label_plural =} stand for, and who may do what with it."""

from pyramid.authorization import Allow, Authenticated
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


class {= resource.class_name =}Resource:
    """{= resource.article | capitalize =} {= resource.label =}: everybody may read it, and only its owner may edit it."""

    refusal = "Only its owner may change or delete this {= resource.label =}."

    def __init__(self, request: Request) -> None:
        {= resource.name =}: {= resource.class_name =} | None = request.dbsession.get({= resource.class_name =}, int(request.matchdict["id"]))
        if {= resource.name =} is None:
            raise HTTPNotFound
        self.{= resource.name =} = {= resource.name =}
        self.__acl__ = [(Allow, f"user:{{= resource.name =}.owner_id}", "edit")]


class New{= resource.class_name =}:
    """{= resource.article | capitalize =} {= resource.label =} to be added, by anybody who has an account."""

    __acl__ = ((Allow, Authenticated, "edit"),)

    def __init__(self, request: Request) -> None:
        self.request = request

    @property
    def {= resource.name =}(self) -> {= resource.class_name =}:
        return {= resource.class_name =}(owner=self.request.identity)
