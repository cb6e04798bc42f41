#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""{= resource.title_plural =}: what this project keeps."""

from pyramid.config import Configurator

ID = "{id:[1-9][0-9]{0,8}}"  # of no more digits than a database takes


def includeme(config: Configurator) -> None:
    new, one = ".resources.new_{= resource.name =}", ".resources.load_{= resource.name =}"
    config.add_route("{= resource.plural =}", "/{= resource.url =}")
    config.add_route("{= resource.plural =}.new", "/{= resource.url =}/new", factory=new)
    config.add_route("{= resource.name =}", f"/{= resource.url =}/{ID}", factory=one)
    config.add_route("{= resource.name =}.edit", f"/{= resource.url =}/{ID}/edit", factory=one)
    config.add_route("{= resource.name =}.delete", f"/{= resource.url =}/{ID}/delete", factory=one)
    config.add_route("api.{= resource.plural =}", "/api/{= resource.url =}", factory=new)
    config.add_route("api.{= resource.name =}", f"/api/{= resource.url =}/{ID}", factory=one)
    config.scan()
