"""Our own net: faults that somebody could make with options are each caught by a fast test.

Each is made in a copy of the repository, whose copies are then brought in step as ever.
"""

import glob
import shutil
import sys
from pathlib import Path

import pytest
from harness.environments import clean_environment, run, succeeded
from harness.projects import ROOT

pytestmark = pytest.mark.slow

SHARED = "templates/_shared/project/{=cookiecutter.__folder=}"
SETTINGS = "templates/_shared/settings.toml"
IF = "{! if cookiecutter."
README = f"{SHARED}/README.md"
PYPROJECT = "templates/flask/{=cookiecutter.__folder=}/pyproject.toml"
FASTAPI = "templates/fastapi/{=cookiecutter.__folder=}"
PYRAMID = "templates/pyramid/{=cookiecutter.__folder=}"
PACKAGE = "{=cookiecutter.__package=}"
TESTS = [
    "tests/test_generated_options.py",
    "tests/test_generated_files.py",
    "tests/generator/test_docs.py",
]

# Where, what, and what instead; instead of nothing, another name for the file, or none.
FAULTS: dict[str, tuple[str, str, str | None]] = {
    "wrong default, flag": (SETTINGS, "\npre_commit = true", "\npre_commit = false"),
    "wrong default, choice": (
        SETTINGS,
        'ci = ["github", "gitlab", "none"]',
        'ci = ["none", "github", "gitlab"]',
    ),
    "option without help": (
        SETTINGS,
        '\ndocker = "A Dockerfile',
        '\ndoker = "A Dockerfile',
    ),
    "stale command to deploy": (
        README,
        "{! for way in cookiecutter.__deploying | selectattr('text') !}",
        "    docker compose up\n\n{! for way in cookiecutter.__deploying | selectattr('text') !}",
    ),
    "sentence stays": (
        SETTINGS,
        "backup.sqlite3`)' if cookiecutter.docker",
        "backup.sqlite3`)' if true",
    ),
    "hook stays in a sentence": (
        README,
        "{= cookiecutter.__words.formats =}",
        "and `uvx pre-commit install` has git check before each commit",
    ),
    "comment stays": (
        "templates/_shared/wsgi/{=cookiecutter.__folder=}/gunicorn.conf.py",
        "{= cookiecutter.__words.host =}",
        " A container sets HOST.",
    ),
    "task stays": (
        PYPROJECT,
        "{= cookiecutter.__words.check =}",
        "Check what CI checks",
    ),
    "pipeline is missing": (
        f"{SHARED}/{IF}ci == 'gitlab' !}}.gitlab-ci.yml{{! endif !}}",
        "",
        None,
    ),
    "pipeline is no pipeline": (
        f"{SHARED}/{IF}ci == 'gitlab' !}}.gitlab-ci.yml{{! endif !}}",
        "  script:\n",
        "  scripts:\n",
    ),
    "workflow without permissions": (
        f"{SHARED}/.github/workflows/{IF}ci == 'github' !}}ci.yml{{! endif !}}",
        "permissions:\n  contents: read\n",
        "",
    ),
    "image carries the pipeline": (
        SETTINGS,
        "'gitlab': '.gitlab-ci.yml'",
        "'gitlab': ''",
    ),
    "image is not updated": (
        SETTINGS,
        "'docker' if cookiecutter.docker",
        "'' if cookiecutter.docker",
    ),
    "expression of another license": (SETTINGS, '"BSD-3-Clause"', '"BSD-2-Clause"'),
    "license without its holder": (
        f"{SHARED}/{IF}license == 'bsd-3-clause' !}}LICENSE{{! endif !}}",
        "{= cookiecutter.__copyright =}",
        "the authors",
    ),
    "license with a word changed": (
        f"{SHARED}/{IF}license == 'gpl-3.0-or-later' !}}LICENSE{{! endif !}}",
        "Everyone is permitted to copy",
        "Everybody is permitted to copy",
    ),
    "notice is missing": (
        f"{SHARED}/{IF}license == 'apache-2.0' !}}NOTICE{{! endif !}}",
        "",
        None,
    ),
    "license stays without one": (
        README,
        "{! for text in cookiecutter.__license | select !}\n\n## License",
        "{! for text in cookiecutter.__license !}\n\n## License",
    ),
    "year is lost": (
        SETTINGS,
        "{= cookiecutter.year ~ ' ' if cookiecutter.year =}",
        "",
    ),
    "floor is not followed": (PYPROJECT, ">={= cookiecutter.python =}", ">=3.11"),
    "CI checks what is below the floor": (
        SETTINGS,
        "{= '3.12' if cookiecutter.python != '3.13' =}",
        "3.12",
    ),
    "rule that the code does not follow": (
        SETTINGS,
        '"UP046", "UP047", #',
        '"UP046", #',
    ),
    "dev container is no JSON": (
        f"{SHARED}/{IF}devcontainer !}}.devcontainer.json{{! endif !}}",
        '"forwardPorts": [8000],',
        '"forwardPorts": [8000],,',
    ),
    "dev container in every project": (
        f"{SHARED}/{IF}devcontainer !}}.devcontainer.json{{! endif !}}",
        "",
        f"{SHARED}/.devcontainer.json",
    ),
    "options are not recorded": (
        SETTINGS,
        'key[0] != "_" and key != "project_name"',
        'key in ["description", "author", "email"]',
    ),
    "a condition in a template": (
        README,
        "{= cookiecutter.__words.it =} listens",
        "{! if cookiecutter.docker !}Either way it{! else !}It{! endif !} listens",
    ),
    # Of pages, the API, accounts and the database.
    "wrong default, interface": (
        SETTINGS,
        '["full", "api", "pages"]',
        '["pages", "full", "api"]',
    ),
    "import is dropped without pages": (
        f"{FASTAPI}/{PACKAGE}/home.py",
        "{! for _ in cookiecutter.__service | select !}, RedirectResponse{! endfor !}",
        "",
    ),
    "import stays without an API": (
        f"templates/flask/{{=cookiecutter.__folder=}}/{PACKAGE}/__init__.py",
        "{! for _ in cookiecutter.__api | select !}api, {! endfor !}commands",
        "api, commands",
    ),
    "name is dropped without accounts": (
        f"{FASTAPI}/{PACKAGE}/main.py",
        "{! for _ in cookiecutter.__open | select !}\n\n"
        "logger = logging.getLogger(__name__)\n{! endfor !}",
        "",
    ),
    "page stays without pages": (
        f"{FASTAPI}/{PACKAGE}/templates/{IF}__pages[0] !}}error.html{{! endif !}}",
        "",
        f"{FASTAPI}/{PACKAGE}/templates/error.html",
    ),
    "dependency is missing without an API": (
        PYPROJECT,
        '#% for _ in cookiecutter.__pages | select\n  "flask-wtf',
        '#% for _ in cookiecutter.__full | select\n  "flask-wtf',
    ),
    "dependency stays without accounts": (
        f"{PYRAMID}/pyproject.toml",
        '#% for _ in cookiecutter.__accounts | select\n  "limits>=5",\n#% endfor\n',
        '  "limits>=5",\n',
    ),
    "driver is missing with PostgreSQL": (
        f"{PYRAMID}/pyproject.toml",
        '#% for _ in cookiecutter.__postgres | select\n  "psycopg[binary]>=3.2.10",\n#% endfor\n',
        "",
    ),
    "sentence of accounts stays": (
        README,
        "{! for _ in cookiecutter.__logins | select !} and sign in{! endfor !}",
        " and sign in",
    ),
    "command of accounts stays": (
        SETTINGS,
        "cookiecutter.__commands.create_user if cookiecutter.__accounts[0]",
        "'python -m ' ~ cookiecutter.__package ~ ' create-user ada' if true",
    ),
    "command that nobody follows": (
        README,
        "{! for text in cookiecutter.__opening | select !}\n\n",
        "{! for text in cookiecutter.__opening | select !}\n\n    uv run poe start\n\n",
    ),
    "setting that nothing reads is explained": (
        README,
        "{! for _ in cookiecutter.__secret | select !}\n| `SECRET_KEY`",
        "{! for _ in cookiecutter.__data | select !}\n| `SECRET_KEY`",
    ),
    "SQLite's setting stays with PostgreSQL": (
        f"templates/_shared/sqlalchemy/{{=cookiecutter.__folder=}}/{PACKAGE}/base.py",
        "{! for _ in cookiecutter.__sqlite | select !}\n\n\n@sa.event",
        "{! for _ in ['sqlite'] !}\n\n\n@sa.event",
    ),
    "pipeline has no database": (
        f"{SHARED}/.github/workflows/{IF}ci == 'github' !}}ci.yml{{! endif !}}",
        "    env:\n      DATABASE_URL: postgresql://postgres:postgres@localhost/{= cookiecutter.__package =}\n",
        "",
    ),
}


def make(fault: str, copy: Path) -> None:
    """Change a copy of the repository, and bring what is generated in it in step."""
    where, old, new = FAULTS[fault]
    file = copy / where
    if old:
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{fault}: {text.count(old)} times in {where}"
        file.write_text(text.replace(old, new or ""), "utf-8")
    else:
        _, folder, inside = where.partition("{=cookiecutter.__folder=}/")
        copies = [*copy.glob(f"templates/*/{folder}{glob.escape(inside)}"), file]
        for each in copies if "_shared" in where else [file]:
            each.unlink(missing_ok=True)
        if new:
            shutil.copy(ROOT / where, copy / new)
    variables = clean_environment(PYTHONPATH=str(copy / "src"))
    succeeded(run([sys.executable, "scripts/sync.py"], cwd=copy, env=variables))


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_seeded_fault_is_caught(fault: str, tmp_path: Path) -> None:
    """The fast tests of options fail with it, and pass without."""
    copy = tmp_path / "scaffold"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", "__pycache__", "*.lock"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    if fault:
        make(fault, copy)

    said = run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *TESTS],
        cwd=copy,
        # Without a repository, one test is skipped, which CI would not allow.
        env=clean_environment(PYTHONPATH=str(copy / "src"), CI=""),
    )

    assert said.returncode == (1 if fault else 0), said.stdout
    assert (" failed" in said.stdout or " error" in said.stdout) == bool(fault)
