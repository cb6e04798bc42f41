"""Dockerfiles, really built and started: by buildah, which needs no Docker and no service.

No image can be pulled here, so Debian's own Python, in a system that debootstrap makes, stands
for the one that the Dockerfile names.
"""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.environments import locked
from harness.postgres import start_postgres
from harness.projects import FRAMEWORKS, bake
from harness.servers import free_port, stop

pytestmark = pytest.mark.slow

PROGRAMS = ("buildah", "debootstrap")
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@dataclass(frozen=True, kw_only=True)
class Buildah:
    """Images and containers in a folder of their own."""

    folder: Path

    def command(self, *arguments: str) -> list[str]:
        """The words of one of its commands."""
        places = ["--root", f"{self.folder}/images", "--runroot", f"{self.folder}/run"]
        return ["buildah", "--storage-driver", "vfs", *places, *arguments]

    def do(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run a command to its end; give what it printed."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-3000:]}{done.stderr}"
        return done.stdout.strip()

    @contextmanager
    def running(self, container: str, *arguments: str) -> Iterator[None]:
        """Run a command in a container while a block runs."""
        log = self.folder / f"{container}.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                self.command("run", *arguments),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield
        except AssertionError as error:
            error.add_note(log.read_text())
            raise
        finally:
            stop(process)


@pytest.fixture(scope="session")
def buildah(shared: Path) -> Buildah:
    """Return a buildah that all workers share, with a system that has Python and pip."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing or os.geteuid():
        reason = f"root, and Debian's packages {' and '.join(PROGRAMS)}, build images"
        pytest.fail(reason) if IN_CI else pytest.skip(reason)
    home = shared / "images"
    base = home / "base"
    with locked(home):
        if not (home / "done").exists():
            packages = "python3,python3-venv,python3-pip,ca-certificates"
            mirror = subprocess.check_output(
                [
                    "apt-get",
                    "indextargets",
                    "--format",
                    "$(REPO_URI)",
                    "Created-By: Packages",
                ],
                text=True,
            ).split()[0]
            release = re.search(
                r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text()
            )
            assert release
            subprocess.run(
                [
                    "debootstrap",
                    "--variant=minbase",
                    f"--include={packages}",
                    release[1],
                    base,
                    mirror,
                ],
                check=True,
                capture_output=True,
            )
            (base / "usr/bin/python").symlink_to("python3")
            for file in base.glob("usr/lib/python3*/EXTERNALLY-MANAGED"):
                file.unlink()
            # What this machine trusts, such as a proxy's certificate.
            shutil.copy(CERTIFICATES, base / CERTIFICATES.lstrip("/"))
            (home / "done").touch()
    return Buildah(folder=home)


def base_image(buildah: Buildah, name: str) -> None:
    """Give the system the name of an image, once."""
    done = buildah.folder / f"{name}.done"
    with locked(done):
        if not done.exists():
            container = buildah.do("from", "scratch")
            buildah.do("add", container, str(buildah.folder / "base"), "/")
            buildah.do("config", "--env", f"SSL_CERT_FILE={CERTIFICATES}", container)
            buildah.do("commit", "--rm", container, f"docker.io/library/{name}")
            done.touch()


@pytest.mark.check("images")
@pytest.mark.parametrize(
    ("framework", "database"),
    [*((name, "sqlite") for name in FRAMEWORKS), (FRAMEWORKS[0], "postgres")],
)
def test_an_image_is_built_and_serves(
    framework: str, database: str, buildah: Buildah, tmp_path: Path
) -> None:
    """The image has the app and no secret; started as it says, it is healthy from inside.

    Its volume is root's at first, as on Fly and Render; what then runs is not.
    """
    project = bake(framework, "book", tmp_path / "made", database=database)
    text = (project.path / "Dockerfile").read_text("utf-8")
    (python,) = {*re.findall(r"^FROM (\S+)", text, re.MULTILINE)}
    probe = json.loads(
        text.partition("HEALTHCHECK")[2].partition("CMD ")[2].splitlines()[0]
    )
    start = json.loads(text.rpartition("CMD ")[2])
    entry = json.loads(*re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE) or ["[]"])
    if database == "sqlite":
        entry = ["sh", "-c", 'chown root /data && exec "$@"', "sh", *entry]
    base_image(buildah, python)
    image, port = f"{framework}-{database}", free_port()
    settings = {"PORT": str(port), "SECRET_KEY": "x" * 50}

    build = ["build", "--isolation", "chroot", "--network", "host", "--pull-never"]
    buildah.do(*build, "--tag", image, ".", cwd=project.path)
    container = buildah.do("from", "--pull-never", f"localhost/{image}")
    inside = ["--isolation", "chroot", "--network", "host"]

    with ExitStack() as stack:
        if database == "postgres":
            server = stack.enter_context(start_postgres(tmp_path / "server"))
            inside += ["--volume", f"{server.socket}:{server.socket}"]
            settings["DATABASE_URL"] = server.url()
        variables = [f"--env={name}={value}" for name, value in settings.items()]
        run = [*variables, *inside, container, "--"]
        look = ["sh", "-c", "id -u; ls -A /app"]
        uid, *there = buildah.do("run", *run, *entry, *look).split()
        stack.enter_context(buildah.running(container, *run, *entry, *start))
        for _ in range(60):
            healthy = subprocess.run(
                buildah.command("run", *run, *probe), capture_output=True, check=False
            )
            if healthy.returncode == 0:
                break
            time.sleep(1)
        assert healthy.returncode == 0, healthy.stderr.decode()
        # What it keeps is in its volume or on the server: it may write nowhere else.
        # Nor does a command that root types in the container take anything away from it.
        add = f"echo 'correct horse battery' | {project.commands['create_user']}"
        buildah.do("run", *run, "sh", "-c", add)
        assert buildah.do("run", *run, "find", "/app", "-user", "1000") == ""
        look = ["sh", "-c", "stat --format '%u %n' /data/* 2>/dev/null || true"]
        kept = buildah.do("run", *run, *look).splitlines()

    buildah.do("rm", container)
    assert uid == "1000"
    owned = {line.partition("-")[0] for line in kept}
    file = "1000 /data/database.sqlite3"
    assert owned == ({file} if database == "sqlite" else set())
    assert {"pyproject.toml", "my_project", ".venv"} <= {*there}
    assert not {".env", ".git", "tests", "Dockerfile"} & {*there}
