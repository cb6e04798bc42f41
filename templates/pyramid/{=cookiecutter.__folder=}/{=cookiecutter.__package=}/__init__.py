#% set resource = cookiecutter._resource
"""{= cookiecutter.project_name =}, a Pyramid application."""

from pyramid.config import Configurator
from pyramid.router import Router

from {= cookiecutter.__package =}.request import Request
from {= cookiecutter.__package =}.settings import Settings, load_settings


def main(
    global_config: dict[str, str], settings: Settings | None = None, **ini: str
) -> Router:
    """Return the application; `pserve` passes what the ini file says in [app:main]."""
    settings = settings or load_settings()
    with Configurator(
        settings=ini | settings.model_dump(), request_factory=Request
    ) as config:
        config.include("pyramid_jinja2")
        config.include(".database")
        config.include(".security")
        config.include(".errors")
        config.include(".api")
        config.include(".openapi")
        config.include(".home")
        config.include(".accounts")
        config.include(".{= resource.plural =}")
        return config.make_wsgi_app()
