#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""{= cookiecutter.project_name =}, a Pyramid application."""

import logging

from pyramid.config import Configurator
from pyramid.router import Router

from {= package =}.settings import load_settings


def main(global_config: dict[str, str], **ini: str) -> Router:
    """Return the application.

    What the ini file says in [app:main] wins over the environment and .env.
    """
    settings = load_settings(**ini)
    logging.getLogger(__name__).setLevel(settings.log_level)
    with Configurator(settings=ini | settings.model_dump()) as config:
        config.include("pyramid_jinja2")
        config.add_jinja2_renderer(".html")
        config.add_jinja2_search_path("{= package =}:templates", name=".html")
        config.include(".database")
        config.include(".security")
        config.include(".errors")
        config.include(".api")
        config.include(".openapi")
        config.include(".home")
        config.include(".accounts")
        config.include(".{= resource.plural =}")
        return config.make_wsgi_app()
