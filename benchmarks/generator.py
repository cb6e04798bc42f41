"""How long generating takes, side by side with what it builds on and with its peers.

    uv run python benchmarks/generator.py

Whole commands are run in turn, and compared by the median of their ratios within a round, which
a busy machine disturbs least. Everything is installed as a user would have it, from a wheel, into
an environment of its own. Writes the table in docs/performance.md.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

from scaffold import generate
from scaffold.answers import parse_answers
from scaffold.frameworks import load_framework
from scaffold.render import template_values

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "fastapi"
ROUNDS, PROJECTS = 9, 200
COPIER = {
    "_subdirectory": "template",
    "_templates_suffix": "",
    "_jinja_extensions": ["cookiecutter.extensions.RandomStringExtension"],
}

SAME = f"{PROJECTS} projects in one process"
OTHER = "the same, with other fields in each"
RESOURCE = "item_{0} title:str note_{0}:text:optional day_{0}:date"

# The most that each may take, in runs of what it is compared with.
LIMITS = {
    "scaffold, without git": 0.5,
    "scaffold, with git": 0.75,
    "scaffold --help": 1.5,
    SAME: 4.0,
}


def install(folder: Path) -> Path:
    """Install scaffold and its peers into an environment; return its programs."""
    uv = Path(sys.executable).with_name("uv")
    run = [str(uv), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)]
    subprocess.run(run, check=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    python = environment / "bin" / "python"
    subprocess.run(
        [uv, "venv", "--quiet", "--python", sys.executable, environment], check=True
    )
    packages = [str(wheel), "copier", "django", "uv"]
    command = [uv, "pip", "install", "--quiet", "--compile-bytecode"]
    subprocess.run([*command, "--python", python, *packages], check=True)
    return environment / "bin"


def equal_template(folder: Path) -> Path:
    """Return the FastAPI templates as copier takes them, with the same values."""
    framework = load_framework(TEMPLATE.parent, TEMPLATE.name)
    answers = parse_answers(framework, name="My Project")
    values = template_values(framework, answers)
    shutil.copytree(framework.project, folder / "template" / framework.project.name)
    settings = COPIER | {
        "_envops": {**framework.jinja, "keep_trailing_newline": True},
    }
    (folder / "copier.yml").write_text(json.dumps(settings), encoding="utf-8")
    data = json.dumps({"cookiecutter": values})  # Which is YAML too.
    (folder / "values.yml").write_text(data, encoding="utf-8")
    return folder


def commands(programs: Path, base: Path) -> dict[str, list[str]]:
    """Return what is compared, by its name for readers."""
    ready = base / "ready"
    subprocess.run(
        [programs / "scaffold", "fastapi", "x", "--no-git", "-q", "-o", base],
        check=True,
    )
    (base / "x").rename(ready)
    peers = {
        "cookiecutter": ["cookiecutter", "--no-input", str(TEMPLATE)],
        "scaffold, without git": ["scaffold", "fastapi", "x", "--no-git"],
        "scaffold, with git": ["scaffold", "fastapi", "x"],
        "scaffold, other fields": [
            *("scaffold", "fastapi", "x", "--no-git"),
            *("-r", "wine name:str vintage:int:optional price:decimal:optional"),
        ],
        "scaffold, its first run": ["scaffold", "fastapi", "x", "--no-git"],
        "scaffold --help": ["scaffold", "--help"],
        "import click": ["python", "-c", "import click"],
        "cp -r": ["cp", "-r", str(ready), "x"],
        "uv init": ["uv", "init", "--quiet", "--no-workspace", "x"],
        "django-admin startproject": ["django-admin", "startproject", "x"],
        "copier copy": [
            *("copier", "copy", "--trust", "--defaults", "--quiet", "--data-file"),
            *(
                str(base / "copier/values.yml"),
                str(equal_template(base / "copier")),
                "x",
            ),
        ],
        "cargo new": ["cargo", "new", "--quiet", "x"],
    }
    found = {}
    for name, (program, *arguments) in peers.items():
        own = programs / program
        if path := str(own) if own.exists() else shutil.which(program):
            found[name] = [path, *arguments]
    return found


def measure(commands: Mapping[str, list[str]], base: Path) -> dict[str, list[float]]:
    """Run every command in turn, in empty folders, and return how long each took."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            folder = base / "work"
            folder.mkdir()
            cache = base / ("empty" if name.endswith("first run") else "cache")
            variables = {
                "HOME": str(base),
                "XDG_CACHE_HOME": str(cache),
                "RUSTUP_HOME": str(Path.home() / ".rustup"),
            }
            identity = {
                f"GIT_{role}_{key}": "a@example.com"
                for role in ("AUTHOR", "COMMITTER")
                for key in ("NAME", "EMAIL")
            }
            start = time.perf_counter()
            done = subprocess.run(
                command,
                cwd=folder,
                env=os.environ | variables | identity,
                capture_output=True,
                check=False,
            )
            seconds = time.perf_counter() - start
            if done.returncode:
                raise SystemExit(f"{name} failed: {done.stderr.decode()}")
            if number:  # The first round warms up.
                times[name].append(seconds)
            shutil.rmtree(folder)
            shutil.rmtree(base / "empty", ignore_errors=True)
    return times


def ratio(times: Mapping[str, list[float]], name: str, to: str) -> float:
    """Return the median of the ratios within a round."""
    pairs = zip(times[name], times[to], strict=True)
    return statistics.median(one / other for one, other in pairs)


def in_one_process(base: Path, number_of: int, keeps: str | None) -> float:
    """Return how long projects take in one process, against copying each.

    Args:
        base: An empty folder.
        number_of: How many are made.
        keeps: What they keep, with the project's number for `{}`.
    """

    def clock(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    make(base, 0, keeps)
    ratios = []
    for number in range(1, number_of + 1):
        generating = clock(lambda n=number: make(base, n, keeps))  # type: ignore[misc]
        source, target = base / f"project-{number}", base / f"copy-{number}"
        copying = clock(lambda s=source, t=target: shutil.copytree(s, t))  # type: ignore[misc]
        ratios.append(generating / copying)
    return statistics.median(ratios)


def make(base: Path, number: int, keeps: str | None = None) -> None:
    """Generate one of many projects."""
    generate(
        TEMPLATE.name,
        f"project-{number}",
        resource=keeps and keeps.format(number),
        output_dir=base,
        git=False,
        author="A",
    )


def memory(base: Path) -> float:
    """Return how many bytes a project more in the same process keeps."""
    tracemalloc.start()
    for number in range(25):
        make(base, number)
    before, _ = tracemalloc.get_traced_memory()
    for number in range(25, 75):
        make(base, number)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / 50


def by_fields(base: Path) -> dict[int, float]:
    """Return the processor time of rendering, by the number of fields."""
    seconds = {}
    for count in (10, 20, 30, 40, 50):
        fields = " ".join(f"field_{number}:int" for number in range(count - 1))
        runs = []
        for _ in range(7):
            before = processor_time()
            generate(
                TEMPLATE.name,
                "x",
                resource=f"wine name:str {fields}",
                output_dir=base,
                dry_run=True,
                author="A",
                email="a@example.com",
            )
            runs.append(processor_time() - before)
        seconds[count] = min(runs)
    return seconds


def processor_time() -> float:
    """Return the seconds of processor time that this process and its children took."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def new(base: Path, name: str) -> Path:
    """Return a new folder."""
    made = base / name
    made.mkdir()
    return made


def main() -> int:
    """Measure, write the table, and fail where a limit is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        os.environ["XDG_CACHE_HOME"] = str(base / "cache")
        times = measure(commands(install(base), base), base)
        many = {
            SAME: in_one_process(new(base, "same"), PROJECTS, None),
            OTHER: in_one_process(new(base, "other"), PROJECTS // 4, RESOURCE),
        }
        growth = memory(new(base, "memory"))
        fields = by_fields(base)
    against = {"scaffold --help": "import click"}
    ratios = {
        name: ratio(times, name, against.get(name, "cookiecutter"))
        for name in times
        if name not in {"cookiecutter", "import click"}
    }
    ratios |= many
    against |= dict.fromkeys(many, "copying them")
    rows = [
        "| | against | takes | at most |",
        "|---|---|---|---|",
        *(
            f"| {name} | {against.get(name, 'cookiecutter')} | {value:.2f} "
            f"| {LIMITS.get(name, '')} |"
            for name, value in ratios.items()
        ),
        "",
        f"A project more in the same process keeps {growth / 1024:.1f} KiB of memory.",
        "Processor time of rendering by the number of fields, ten being 1: "
        + ", ".join(f"{n}: {s / fields[10]:.2f}" for n, s in fields.items())
        + ".",
    ]
    write_table("\n".join(rows))
    print("\n".join(rows))
    late = [name for name, limit in LIMITS.items() if ratios[name] > limit]
    print(f"too slow: {', '.join(late)}" if late else "all within their limits")
    return 1 if late else 0


def write_table(table: str) -> None:
    """Put the numbers between the marks in docs/performance.md."""
    page = ROOT / "docs" / "performance.md"
    start, end = "<!-- generator.py writes this -->\n", "<!-- generator.py to here -->"
    before, _, rest = page.read_text("utf-8").partition(start)
    page.write_text(
        f"{before}{start}\n{table}\n\n{end}{rest.partition(end)[2]}", "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
