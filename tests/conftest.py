"""Options, the fixtures of the slow tests, and the table framework by check.

The contract suite runs below this file too and needs nothing of scaffold: what does
is imported where it is used.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from harness.environments import Environment
    from harness.options import Options
    from harness.postgres import Postgres
    from harness.projects import Project
    from harness.servers import App
    from harness.workshop import Workshop
    from playwright.sync_api import Browser

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the slow tests."""
    group = parser.getgroup("scaffold")
    group.addoption(
        "--screenshots",
        type=Path,
        help="a folder to save the browser tests' screenshots in",
    )
    group.addoption(
        "--framework",
        action="append",
        default=[],
        help="run the slow tests for this framework only (may be repeated)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say what the markers mean."""
    config.addinivalue_line("markers", "browser: drives the system's Chromium")
    config.addinivalue_line(
        "markers", "check(name): a column of the table framework by check"
    )
    config.addinivalue_line(
        "markers", "contract(id, …): the sentences of docs/contract.md that it checks"
    )


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which interpreters the slow tests run."""
    if "not slow" in (config.option.markexpr or "") or config.getoption("base_url", 0):
        return []
    from harness.environments import interpreters

    mine = ".".join(map(str, sys.version_info[:3]))
    others = ", ".join(f"{k} ({v})" for k, v in interpreters().items()) or "none"
    return [f"projects run on Python {mine}; newer ones found: {others}"]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note the framework and the check of a slow test, for the table."""
    marker = item.get_closest_marker("check")
    callspec = getattr(item, "callspec", None)
    if marker and callspec and "framework" in callspec.params:
        item.user_properties.append(("framework", callspec.params["framework"]))
        item.user_properties.append(("check", marker.args[0]))


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out the frameworks not asked for; put what shares a project together.

    So each worker makes few projects and servers: run with `--dist worksteal`.
    """

    def place(item: pytest.Item) -> tuple[str, str]:
        callspec = getattr(item, "callspec", None)
        known = callspec.params if callspec else {}
        return str(known.get("framework", "")), str(known.get("resource", ""))

    wanted = {"", *config.getoption("framework")}
    if len(wanted) > 1:
        left_out = [item for item in items if place(item)[0] not in wanted]
        items[:] = [item for item in items if place(item)[0] in wanted]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Iterator[None]:
    """Fail what would be skipped in CI: there, everything runs."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report  # type: ignore[return-value]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> None:
    """Print the table framework by check: passed of all, and seconds."""
    passed: dict[tuple[str, str], int] = defaultdict(int)
    ran: dict[tuple[str, str], int] = defaultdict(int)
    seconds: dict[tuple[str, str], float] = defaultdict(float)
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            known = dict(getattr(report, "user_properties", ()))
            if "check" not in known or not isinstance(report, pytest.TestReport):
                continue
            cell = (known["framework"], known["check"])
            seconds[cell] += report.duration
            if outcome in {"passed", "failed", "error", "skipped"}:
                ran[cell] += 1
                passed[cell] += outcome == "passed"
    if not ran:
        return
    frameworks = sorted({framework for framework, _ in ran})
    checks = list(dict.fromkeys(check for _, check in ran))
    width = max(map(len, checks)) + 2
    terminalreporter.section("framework by check (passed/run, seconds)")
    lines = [" " * width + "".join(f"{name:>20}" for name in frameworks)]
    for check in checks:
        line = f"{check:<{width}}"
        for framework in frameworks:
            cell = (framework, check)
            sum_ = f"{passed[cell]}/{ran[cell]}  {seconds[cell]:5.0f} s"
            bad = "  FAIL" if passed[cell] < ran[cell] else ""
            line += f"{sum_ + bad if ran[cell] else '-':>20}"
        lines.append(line)
    terminalreporter.write_line("\n".join(lines))


SUITES = pytest.StashKey[tuple["subprocess.Popen[bytes]", Path]]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the starters' own suites, which run beside the fast tests."""
    names = {item.path.name for item in session.items}
    if "test_starters.py" in names and not session.config.option.collectonly:
        folder = Path(tempfile.mkdtemp(prefix="starters-"))
        script = Path(__file__).parent / "harness" / "suites.py"
        # A group of its own, so that all it has started can be ended with it.
        process = subprocess.Popen(
            [sys.executable, str(script), str(folder)], start_new_session=True
        )
        session.config.stash[SUITES] = (process, folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what still runs, and take away what was made."""
    if SUITES in config.stash:
        process, folder = config.stash[SUITES]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def suites(pytestconfig: pytest.Config) -> Path:
    """The folder where the results of the starters' own suites appear."""
    return pytestconfig.stash[SUITES][1]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def postgres(shared: Path) -> Iterator["Postgres"]:
    """A PostgreSQL server that all workers of this run share."""
    from harness.postgres import start_postgres

    with start_postgres(shared) as server:
        yield server


@pytest.fixture(scope="session")
def workshop(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Workshop"]:
    """What the tests of this worker share."""
    from harness.workshop import Workshop

    workshop = Workshop(shared, tmp_path_factory.mktemp)
    yield workshop
    workshop.close()


@pytest.fixture(scope="session")
def covered(
    tmp_path_factory: pytest.TempPathFactory,
) -> list[tuple["Project", "Options"]]:
    """Projects in which every two values of two options meet, for reading only.

    They keep one resource or three that belong together, by turns.
    """
    from harness.options import cover
    from harness.projects import bake

    folder = tmp_path_factory.mktemp("covered")
    kept = cycle(["book", "chain"])
    return [
        (bake(framework, resource, folder / str(number), **options), options)
        for number, ((framework, options), resource) in enumerate(
            zip(cover(), kept, strict=False)
        )
    ]


@pytest.fixture
def project(framework: str, resource: str, workshop: "Workshop") -> "Project":
    """A project that keeps this resource."""
    return workshop.project(framework, resource)


@pytest.fixture
def environment(framework: str, workshop: "Workshop") -> "Environment":
    """The environment of all projects of this framework."""
    return workshop.environment(framework)


@pytest.fixture
def app(project: "Project", environment: "Environment", tmp_path: Path) -> "App":
    """The project with settings for production; nothing is migrated yet."""
    from harness.servers import app

    return app(project, environment, tmp_path / "app")


@pytest.fixture
def prepared(framework: str, resource: str, workshop: "Workshop") -> "App":
    """The project with production settings, migrated, with an account."""
    return workshop.prepared(framework, resource)


@pytest.fixture
def base_url(framework: str, resource: str, workshop: "Workshop") -> str:
    """The project under its production server, with an account and seeded entries."""
    return workshop.base_url(framework, resource)


@pytest.fixture
def origin(base_url: str, prepared: "App") -> str:
    """The app's address; browsers take Secure cookies from localhost over HTTP."""
    import httpx

    path = f"/{prepared.project.definitions[-1]['url']}"
    if not re.search(rf"{path}/\d", httpx.get(base_url + path).text):
        prepared.seed()  # other tests may delete all
    return base_url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The system's Chromium."""
    from harness.browser import ARGUMENTS, executable
    from playwright.sync_api import sync_playwright

    found = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
