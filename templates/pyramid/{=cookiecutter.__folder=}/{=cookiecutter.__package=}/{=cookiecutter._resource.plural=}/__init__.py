#% set resource = cookiecutter._resource
"""{= resource.title_plural =}: what this project keeps."""

from pyramid.config import Configurator

from {= cookiecutter.__package =}.{= resource.plural =}.resources import load_{= resource.name =}, new_{= resource.name =}


def includeme(config: Configurator) -> None:
    """Add the routes and their views."""
    config.add_route("{= resource.plural =}", "/{= resource.url =}")
    config.add_route("{= resource.plural =}.new", "/{= resource.url =}/new", factory=new_{= resource.name =})
    config.add_route("{= resource.name =}", "/{= resource.url =}/{id}", factory=load_{= resource.name =})
    config.add_route("{= resource.name =}.edit", "/{= resource.url =}/{id}/edit", factory=load_{= resource.name =})
    config.add_route("{= resource.name =}.delete", "/{= resource.url =}/{id}/delete", factory=load_{= resource.name =})
    config.add_route("api.{= resource.plural =}", "/api/{= resource.url =}")
    config.add_route("api.{= resource.name =}", "/api/{= resource.url =}/{id}", factory=load_{= resource.name =})
    config.scan()
