#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""The addresses; a factory brings what one stands for{! for _ in cookiecutter.__accounts | select !}, and who may do what with it{! endfor !}."""

from pyramid.config import Configurator

ID = "{id:[1-9][0-9]{0,8}}"  # of no more digits than a database takes


def includeme(config: Configurator) -> None:
    # Tried in this order: what is asked for most comes first.
#% if resources | length > 1
#% for each in resources
    config.include(".{= each.plural =}.routes")
#% endfor
#% else
    new = ".{= resource.plural =}.resources.New{= resource.class_name =}"
    one = ".{= resource.plural =}.resources.{= resource.class_name =}Resource"
#% for _ in cookiecutter.__api | select
    config.add_route("api.{= resource.plural =}", "/api/{= resource.url =}", factory=new)
    config.add_route("api.{= resource.name =}", f"/api/{= resource.url =}/{ID}", factory=one)
#% endfor
#% for _ in cookiecutter.__pages | select
    config.add_route("{= resource.plural =}", "/{= resource.url =}")
    config.add_route("{= resource.plural =}.new", "/{= resource.url =}/new", factory=new)
    config.add_route("{= resource.name =}", f"/{= resource.url =}/{ID}", factory=one)
    config.add_route("{= resource.name =}.edit", f"/{= resource.url =}/{ID}/edit", factory=one)
    config.add_route("{= resource.name =}.delete", f"/{= resource.url =}/{ID}/delete", factory=one)
#% endfor
#% endif
    config.add_route("home", "/")
#% for _ in cookiecutter.__logins | select
    config.add_route("login", "/login")
    config.add_route("logout", "/logout")
    config.add_route("signup", "/signup")
#% endfor
#% for _ in cookiecutter.__tokens | select
    config.add_route("api.token", "/api/token")
#% endfor
#% for _ in cookiecutter.__api | select
    config.add_route("api.openapi", "/api/openapi.json")
    config.add_route("api.docs", "/api/docs")
#% endfor
#% for _ in cookiecutter.__full | select
    config.add_view(route_name="api.docs", request_method="GET", renderer="docs.html")
#% endfor
    config.add_route("health", "/health")
    seconds = 0 if config.get_settings()["debug"] else 3600
    config.add_static_view("static", "static", cache_max_age=seconds)
#% for _ in cookiecutter.__api | select
    config.add_static_view("api/docs/assets", "swagger_ui:static")
#% endfor
