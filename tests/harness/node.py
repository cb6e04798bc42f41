"""Tools from npm, in a folder outside the checkout, as Node.js looks for them upwards."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from .environments import TIMEOUT, clean_environment, locked, run, succeeded

JUDGES = Path(__file__).parents[1] / "browser" / "judges"


def judges() -> Path:
    """Install what `judges/package.json` names, once; give the folder.

    Versions are exact and run on the Node.js 18 of Debian 12. No lock file is kept, as it
    would hold the hosts that things came from.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("there is no Node.js with npm here (apt-get install nodejs npm)")
    wanted = JUDGES / "package.json"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    home = user_cache_path("scaffold-tests") / "judges" / digest
    with locked(home):
        if not (home / "done").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            shutil.copy(wanted, home)
            command = ["npm", "install", "--no-package-lock", "--ignore-scripts"]
            command += ["--no-audit", "--no-fund", "--loglevel=error"]
            succeeded(run(command, cwd=home, env=os.environ))  # its own settings too
            (home / "done").touch()
    return home


def node(
    home: Path, script: str, *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a script with the tools; `typed` is what it reads from standard input."""
    return subprocess.run(
        ["node", script, *arguments],
        cwd=home,
        env=clean_environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
