"""{= cookiecutter._resource.title_plural =}: what this project keeps."""
