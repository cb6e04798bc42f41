"""What the slow tests stand on: baked projects, their environments, their servers.

Nothing here knows a framework by name: what can be done with a project is what its
template's `cookiecutter.json` says (`__commands`).
"""
