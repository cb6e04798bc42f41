"""What the tests of one worker share: projects, environments, prepared apps, a server."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from . import servers
from .environments import Environment, environment_for
from .projects import Project, bake
from .servers import App

Key = tuple[str, str]


class Workshop:
    """Makes each thing once, when it is first asked for.

    Only the app that was asked for last is served: the tests come app by app.
    """

    def __init__(self, shared: Path, folder: Callable[[str], Path]) -> None:
        """Keep environments in `shared`, all else in folders of this worker's own."""
        self._shared = shared
        self._folder = folder
        self._projects: dict[Key, Project] = {}
        self._apps: dict[Key, App] = {}
        self._served: tuple[Key, str] | None = None
        self._server = ExitStack()

    def project(self, framework: str, resource: str) -> Project:
        """A project that keeps this resource."""
        key = (framework, resource)
        if key not in self._projects:
            folder = self._folder(f"{framework}-{resource}")
            self._projects[key] = bake(framework, resource, folder / "made")
        return self._projects[key]

    def environment(self, framework: str) -> Environment:
        """The environment of all projects of this framework."""
        return environment_for(framework, self._shared)

    def prepared(self, framework: str, resource: str) -> App:
        """The project with production settings, migrated, with an account."""
        key = (framework, resource)
        if key not in self._apps:
            app = servers.app(
                self.project(framework, resource),
                self.environment(framework),
                self._folder(f"{framework}-{resource}-app") / "home",
            )
            app.prepare()
            self._apps[key] = app
        return self._apps[key]

    def base_url(self, framework: str, resource: str) -> str:
        """The prepared app under its production server, seeded."""
        key = (framework, resource)
        if not self._served or self._served[0] != key:
            self.close()
            app = self.prepared(framework, resource)
            app.seed()
            self._served = (key, self._server.enter_context(app.serve()))
        return self._served[1]

    def close(self) -> None:
        """Stop the server."""
        self._served = None
        self._server.close()
