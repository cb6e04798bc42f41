#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the addresses of {= resource.label_plural =} stand for{! for _ in cookiecutter.__accounts | select !}, and who may do what with it{! endfor !}."""

#% for _ in cookiecutter.__accounts | select
from pyramid.authorization import Allow, Authenticated
#% endfor
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


class {= resource.class_name =}Resource:
    """{= resource.article | capitalize =} {= resource.label =}: everybody may read it, and {= cookiecutter.__texts.editors =} may edit it."""

#% for _ in cookiecutter.__accounts | select
    refusal = "Only its owner may change or delete this {= resource.label =}."

{! endfor !}
    def __init__(self, request: Request) -> None:
        {= resource.name =}: {= resource.class_name =} | None = request.dbsession.get({= resource.class_name =}, int(request.matchdict["id"]))
        if {= resource.name =} is None:
            raise HTTPNotFound
        self.{= resource.name =} = {= resource.name =}
#% for _ in cookiecutter.__accounts | select
        self.__acl__ = [(Allow, f"user:{{= resource.name =}.owner_id}", "edit")]
{! endfor !}


class New{= resource.class_name =}:
#% for _ in cookiecutter.__accounts | select
    """{= resource.article | capitalize =} {= resource.label =} to be added, by anybody who has an account."""

    __acl__ = ((Allow, Authenticated, "edit"),)

    def __init__(self, request: Request) -> None:
        self.request = request

    @property
    def {= resource.name =}(self) -> {= resource.class_name =}:
        return {= resource.class_name =}(owner=self.request.identity)
#% endfor
#% for _ in cookiecutter.__open | select
    """{= resource.article | capitalize =} {= resource.label =} to be added."""

    def __init__(self, request: Request) -> None:
        self.{= resource.name =} = {= resource.class_name =}()
#% endfor
