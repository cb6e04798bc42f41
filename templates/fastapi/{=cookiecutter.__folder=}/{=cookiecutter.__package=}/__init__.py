#% set resource = cookiecutter._resource
"""{= cookiecutter.project_name =}: pages, a JSON API and accounts for {= resource.label_plural =}."""
