"""How much of a hand-written handler's speed the starters keep.

    uv run python benchmarks/starters.py [FRAMEWORK …]

For each framework, the list page and the list of the API, with 10,000 entries, under the
production server, against the same query written by hand in the same framework
(`minimal/`). Both are asked in turn, in one run, and compared in requests per second of
the server's own processor time, which a busy machine disturbs least. Needs wrk (Debian's
package) and Linux; writes docs/performance.md when it measured all of them.
"""

import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from harness import servers
from harness.environments import Environment, environment_for
from harness.projects import FRAMEWORKS, bake

ENTRIES = 10_000
SECONDS, ROUNDS, CONNECTIONS = 4, 5, 16
PATHS = {"API": "/api/books", "page": "/books"}
LEAST = {"API": 0.85, "page": 0.6}
TICKS = os.sysconf("SC_CLK_TCK")

SETTINGS = """from my_project.settings import *

MIDDLEWARE = []
ROOT_URLCONF = "minimal_app"
"""


def server_command(app: servers.App) -> str:
    """Return the command that serves `minimal_app` as the project is served."""
    if app.project.commands["serve"].startswith("uvicorn"):
        return "uvicorn minimal_app:app --port ${PORT}"
    return "gunicorn minimal_app:app"


@contextmanager
def minimal_server(app: servers.App, code: Path) -> Iterator[tuple[int, str]]:
    """Serve the hand-written app; give the process's number and its base URL."""
    port = servers.free_port()
    variables = app.environment.variables(
        app.project, **app.settings, PYTHONPATH=str(code), PORT=str(port)
    )
    with (app.home / "minimal.log").open("ab") as log:
        process = subprocess.Popen(
            ["sh", "-c", f"exec {server_command(app)}"],
            cwd=app.project.path,
            env=variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process.pid, wait_for(f"http://127.0.0.1:{port}", "/books")
    finally:
        servers.stop(process)


def wait_for(base_url: str, path: str) -> str:
    """Return the base URL once the path answers 200."""
    for _ in range(300):
        try:
            if httpx.get(f"{base_url}{path}").status_code == 200:
                return base_url
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"{base_url}{path} does not answer")


def processor_time(group: int) -> float:
    """Return the processor time of a process group, in seconds."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def measure(group: int, url: str) -> float:
    """Return the requests that a server answers in a second of its processor time."""
    before = processor_time(group)
    said = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in said, said
    requests = int(re.findall(r"(\d+) requests in", said)[0])
    return requests / (processor_time(group) - before)


def fill(app: servers.App) -> None:
    """Give the account as many entries as the benchmark wants."""
    app.check(app.project.commands["seed"])
    with closing(sqlite3.connect(app.database)) as connection:
        table = next(
            name for name in app.tables() if name.split("_")[-1] in ("books", "book")
        )
        columns = [name for name in app.tables()[table] if name != "id"]
        names = ", ".join(f'"{name}"' for name in columns)
        copy = f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{table}" LIMIT ?'  # noqa: S608
        count = 0
        while count < ENTRIES:
            (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
            connection.execute(copy, (min(count, ENTRIES - count),))
        connection.commit()


def compare(framework: str, environment: Environment, folder: Path) -> dict[str, float]:
    """Return, for the API and the page, the ratio of the starter to the minimum."""
    project = bake(framework, "book", folder / "made")
    app = servers.app(project, environment, folder / "home")
    app.prepare()
    fill(app)
    code = folder / "code"
    code.mkdir()
    here = Path(__file__).parent / "minimal"
    shutil.copy(here / f"{framework}.py", code / "minimal_app.py")
    (code / "minimal_settings.py").write_text(SETTINGS)
    for template in here.glob("*.html"):
        shutil.copy(template, code)
    port = str(servers.free_port())
    ratios = {}
    with (
        app.start(PORT=port) as process,
        minimal_server(app, code) as (minimal, minimal_url),
    ):
        base_url = wait_for(f"http://127.0.0.1:{port}", "/health")
        for name, path in PATHS.items():
            measure(process.pid, base_url + path)  # to warm both up
            measure(minimal, minimal_url + path)
            rounds = [
                (
                    measure(process.pid, base_url + path),
                    measure(minimal, minimal_url + path),
                )
                for _ in range(ROUNDS)
            ]
            ratios[name] = statistics.median(ours / theirs for ours, theirs in rounds)
            ours, theirs = map(statistics.median, zip(*rounds, strict=True))
            print(
                f"{framework:8} {name:5} {ours:6.0f} / {theirs:6.0f} = {ratios[name]:.2f}"
            )
    return ratios


def main() -> int:
    """Measure, print, and write the table when all were measured."""
    chosen = sys.argv[1:] or FRAMEWORKS
    if not shutil.which("wrk"):
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        measured = {
            framework: compare(
                framework, environment_for(framework, base), base / framework
            )
            for framework in chosen
        }
    if chosen == FRAMEWORKS:
        write_table(measured)
    return int(
        any(
            ratio < LEAST[name]
            for row in measured.values()
            for name, ratio in row.items()
        )
    )


def write_table(measured: dict[str, dict[str, float]]) -> None:
    """Put the numbers between the marks in docs/performance.md."""
    page = ROOT / "docs" / "performance.md"
    rows = [
        "| | API | page |",
        "|---|---|---|",
        *(
            f"| {framework} | {row['API']:.2f} | {row['page']:.2f} |"
            for framework, row in measured.items()
        ),
    ]
    start, end = "<!-- starters.py writes this -->\n", "<!-- to here -->"
    before, _, rest = page.read_text("utf-8").partition(start)
    table = "\n".join(rows)
    page.write_text(
        f"{before}{start}\n{table}\n\n{end}{rest.partition(end)[2]}", "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
