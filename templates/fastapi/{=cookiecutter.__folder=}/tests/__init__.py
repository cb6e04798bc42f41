"""The tests of {= cookiecutter.project_name =}."""
