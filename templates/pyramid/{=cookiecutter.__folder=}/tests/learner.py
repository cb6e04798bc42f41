#% set package = cookiecutter.__package
"""Views as somebody might add them next, to see that all else can live with them."""

#% for _ in cookiecutter.__api | select
from enum import StrEnum
#% endfor
from typing import TYPE_CHECKING, Any

#% for _ in cookiecutter.__api | select
from pydantic import BaseModel
#% endfor
#% for _ in cookiecutter.__logins | select
from pyramid.authorization import Allow, Everyone
#% endfor
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.request import Request
#% for _ in cookiecutter.__logins | select
from pyramid.security import Denied
#% endfor
from pyramid.view import view_config, view_defaults

#% for _ in cookiecutter.__api | select
if TYPE_CHECKING:
    from decimal import Decimal
{! endfor !}
{! for _ in cookiecutter.__api | select !}


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Wish(BaseModel):
    colour: Colour
    size: int = 1
{! endfor !}
{! for _ in cookiecutter.__logins | select !}


class Sundays:
    """A context of which somebody may read and nobody may write."""

    refusal = "Closed on Sundays."
    __acl__ = ((Allow, Everyone, "read"),)

    def __init__(self, request: Request) -> None:
        pass
{! endfor !}
{! for _ in cookiecutter.__api | select !}


@view_defaults(route_name="learner.author", renderer="json")
class AuthorAPI:
    def __init__(self, request: Request) -> None:
        self.request = request

    @view_config(request_method="GET", returns=Wish)
    def read(self) -> "dict[str, Decimal]":
        raise HTTPNotFound("No author is called Bob.")

    @view_config(request_method=("PUT", "PATCH"), body=Wish, returns=list[Wish])
    def change(self):  # type: ignore[no-untyped-def]
        return [self.request.validated["body"]]


@view_config(
    route_name="learner.colours", renderer="json", query=Wish, returns=dict[str, Colour]
)
def list_colours(request: Request) -> Any:
    return {"colour": request.validated["query"].colour}


@view_config(route_name="learner.wrong", renderer="json", returns=Wish)
def answer_wrongly(request: Request) -> Any:
    return {"size": "large"}


@view_config(route_name="learner.plain", request_method="GET", renderer="json")
def list_anything(request: Request) -> Any:
    return {"anything": [1, None]}
{! endfor !}


@view_config(route_name="learner.bytes", renderer="json")
def read_bytes(request: Request) -> Any:
    return b"\xff".decode()


#% for _ in cookiecutter.__api | select
@view_config(route_name="learner.winter")
#% endfor
#% for _ in cookiecutter.__pages | select
@view_config(route_name="learner.forbidden")
#% endfor
def forbid(request: Request) -> Any:
    raise HTTPForbidden("Only in winter.")
{! for _ in cookiecutter.__pages | select !}


@view_config(route_name="learner.page")
def show_author(request: Request) -> Any:
    raise HTTPNotFound("No author is called Bob.")
{! endfor !}
{! for _ in cookiecutter.__logins | select !}


@view_config(route_name="learner.denied", renderer="json", permission="write")
def write_on_sunday(request: Request) -> Any:
    return {}


@view_config(route_name="learner.refused")
def refuse(request: Request) -> Any:
    raise HTTPForbidden(result=Denied("Only in summer."))
{! endfor !}


def includeme(config: Configurator) -> None:
#% for _ in cookiecutter.__api | select
    config.add_route("learner.author", "/api/learner/authors/{name}")
    config.add_route("learner.colours", "/api/learner/colours")
    config.add_route("learner.plain", "/api/learner/plain")
    config.add_route("learner.winter", "/api/learner/winter")
    config.add_route("learner.wrong", "/api/learner/wrong")
#% endfor
    config.add_route("learner.bytes", "/learner/bytes")
#% for _ in cookiecutter.__pages | select
    config.add_route("learner.forbidden", "/learner/forbidden")
    config.add_route("learner.page", "/learner/page")
#% endfor
#% for _ in cookiecutter.__logins | select
    config.add_route("learner.denied", "/learner/denied", factory=Sundays)
    config.add_route("learner.refused", "/learner/refused")
#% endfor
    config.scan(__name__)
