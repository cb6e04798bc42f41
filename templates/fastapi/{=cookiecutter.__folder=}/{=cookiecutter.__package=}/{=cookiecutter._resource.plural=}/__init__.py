#% set resource = cookiecutter._resource
"""{= resource.title_plural =}: what this project keeps."""
