#% set resource = cookiecutter._resource
"""{= cookiecutter.project_name =}: {= cookiecutter.__words.parts =} for {= resource.label_plural =}."""
