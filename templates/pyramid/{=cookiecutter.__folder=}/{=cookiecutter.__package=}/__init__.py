#% set package = cookiecutter.__package
"""{= cookiecutter.project_name =}, a Pyramid application."""

import logging

from pyramid.config import Configurator
from pyramid.router import Router

from {= package =}.settings import load_settings

DESCRIPTION = {= cookiecutter.__description_literal =}


def main(global_config: dict[str, str], **ini: str) -> Router:
    """Return the application; [app:main] of the ini file wins over the environment."""
    settings = load_settings(**ini)
    logging.getLogger(__name__).setLevel(settings.log_level)
#% for text in cookiecutter.__open | select
    logging.getLogger(__name__).warning("{= text =}")
#% endfor
    with Configurator(settings=ini | settings.model_dump()) as config:
        config.add_settings(description=DESCRIPTION)
#% for _ in cookiecutter.__pages | select
        config.include("pyramid_jinja2")
        config.add_jinja2_renderer(".html")
        config.add_jinja2_search_path("{= package =}:templates", name=".html")
#% endfor
        config.include(".database")
        config.include(".security")
#% for _ in cookiecutter.__api | select
        config.include(".api")
#% endfor
        config.include(".routes")
        config.scan()
        return config.make_wsgi_app()
