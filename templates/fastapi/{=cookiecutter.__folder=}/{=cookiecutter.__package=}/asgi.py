#% set package = cookiecutter.__package
from {= package =}.main import create_app

app = create_app()
