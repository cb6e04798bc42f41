#% set package = cookiecutter.__package
"""What servers import."""

from {= package =}.main import create_app

app = create_app()
