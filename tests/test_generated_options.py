"""Projects with other options: each part is whole or gone, and the rest is as good as ever.

Every two values of two options meet in one of these projects (`harness/options.py`); what is
declared decides, so an option that is new joins by itself. The tools that read files of every
sort run in `test_generated_files.py`, over these projects too.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from importlib.metadata import files as files_of
from itertools import combinations, cycle, product
from pathlib import Path, PurePosixPath

import pytest
import yaml
from harness.environments import (
    clean_environment,
    environment_for,
    interpreters,
    own_environment,
    run,
    succeeded,
)
from harness.options import (
    SHAPING,
    TEXT,
    Options,
    cover,
    declared,
    other,
    shapes,
)
from harness.postgres import Postgres, start_postgres
from harness.projects import FRAMEWORKS, TEMPLATES, Project, bake, texts
from packaging.licenses import canonicalize_license_expression

from scaffold import generate
from scaffold.answers import parse_answers
from scaffold.frameworks import load_framework, load_frameworks
from scaffold.render import render, template_values

TOOLS = str(Path(sys.executable).parent)
LICENSES = {
    "mit": "MIT",
    "apache-2.0": "Apache-2.0",
    "bsd-3-clause": "BSD-3-Clause",
    "gpl-3.0-or-later": "GPL-3.0-or-later",
}
Covered = list[tuple[Project, Options]]

# Of a README: answers to why it is like this, which name what was not chosen.
WEIGHED = re.compile(r"^## Why it is built like this\n.*?(?=^## )", re.DOTALL | re.M)

# Words that a project has exactly if its options are among these.
WORDS: dict[str, dict[str, set[str | bool]]] = {
    r"(?i:sqlite|pragma\b|render_as_batch)": {"database": {"sqlite"}},
    r"(?i:postgres|psycopg|pg_dump|\bpg_)": {"database": {"postgres"}},
    r"(?i:docker(?!ComposeFile)|compose\.yaml|(?<!dev)(?<!dev )container(?!env))": {
        "docker": {True}
    },
    r"(?i:pre-commit)": {"pre_commit": {True}},
    r"(?i:github|dependabot)": {"ci": {"github"}},
    r"(?i:gitlab)": {"ci": {"gitlab"}},
    r"\bCI\b": {"ci": {"github", "gitlab"}},
    r"\bMIT\b": {"license": {"mit"}},
    r"Apache": {"license": {"apache-2.0"}},
    r"\bBSD\b": {"license": {"bsd-3-clause"}},
    r"\bGNU\b|\bGPL\b": {"license": {"gpl-3.0-or-later"}},
    r"NOTICE\b": {"license": {"apache-2.0", "gpl-3.0-or-later"}},
    r"(?i:license|copyright)": {"license": {*LICENSES}},
    r"\b3\.11\b": {"python": {"3.11"}},
    r'python = ">=3\.12"': {"python": {"3.12"}},
    r'python = ">=3\.13"': {"python": {"3.13"}},
    r"(?i:dev ?container|codespace|vs ?code)": {"devcontainer": {True}},
    r"AGENTS\.md": {"agents": {"pair", "tutor"}},
    r"(?i:tutor)|to teach": {"agents": {"tutor"}},
    r"(?i:without a warning: `uv run)": {"agents": {"pair", "tutor"}},
    r"(?i:\bapi\b|swagger)": {"interface": {"full", "api"}},
    r"This is no JSON|test_books_api": {"interface": {"full", "api"}},
    # Django's admin, which accounts bring, has forms of its own, protected by its settings.
    r"(?i:jinja|csrf_?token|style\.css|\berror\.html)": {
        "interface": {"full", "pages"}
    },
    r"(?i:(change-?password|create-?user)\b|correct horse|\bowner_id\b|throttl)": {
        "accounts": {True}
    },
    r"(?i:sign(s|ed|ing)? (in|up|out)\b)": {"accounts": {True}},
    r"ALLOW_SIGNUP": {"accounts": {True}, "interface": {"full", "pages"}},
    r"(?i:bearer)": {"accounts": {True}, "interface": {"full", "api"}},
    r"This app has no accounts: whoever": {"accounts": {False}},
    re.escape(TEXT): {"license": {*LICENSES}, "year": {TEXT}},
}

# On 2026-11-29, with several resources: 142 in Django, 158 in FastAPI, 139 in Flask, 166 in Pyramid.
MOST_IFS = 170
# Loops over what is there or not, such as `for _ in cookiecutter.__api | select`: 271 in FastAPI.
MOST_LOOPS = 280


def ifs(source: str) -> list[str]:
    """Return each tag of a template that asks for something, as often as it does."""
    tags = re.findall(
        r"\{!.*?!\}|\{=.*?=\}|^ *#%[^\n]*", source, re.DOTALL | re.MULTILINE
    )
    return [tag for tag in tags for _ in re.findall(r"\b(?:el)?if\b", tag)]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_templates_stay_readable(framework: str) -> None:
    """They have no more conditions than before there were options, and none on an option."""
    starter = load_framework(TEMPLATES, framework)
    keys = "|".join(option.key for option in starter.options)
    found = []
    for path, source in starter.files:
        *folders, _ = path.split("/")
        assert not any("{!" in folder for folder in folders), path
        with suppress(UnicodeDecodeError):
            found += ifs(source.decode())

    assert [tag for tag in found if re.search(rf"cookiecutter\.({keys})\b", tag)] == []
    assert 0 < len(found) <= MOST_IFS


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_templates_are_no_thickets(framework: str) -> None:
    """What belongs to a part stands together, in few blocks, or in a file of its own."""
    lists = load_framework(TEMPLATES, framework).settings
    words = "|".join(
        key
        for key, value in lists.items()
        if isinstance(value, list) and len(value) == 1
    )
    found = 0
    for _, source in load_framework(TEMPLATES, framework).files:
        with suppress(UnicodeDecodeError):
            found += len(
                re.findall(rf"for \w+ in cookiecutter\.({words})\b", source.decode())
            )

    assert 0 < found <= MOST_LOOPS


def said(project: Project) -> str:
    """Every path and text of a project but what it was made from, and what it was weighed against."""
    parts = []
    for file in sorted(project.path.rglob("*")):
        if file.is_file():
            text = file.read_text("utf-8").partition("\n[tool.scaffold]\n")[0]
            text = WEIGHED.sub("", text)
            parts.append(f"{file.relative_to(project.path)}\n{text}")
    return "\n".join(parts)


def test_every_two_values_meet() -> None:
    """No pair of values that one framework can have together is left out."""
    usual = {key: choices[0] for key, choices in declared().items()}
    met = {
        frozenset(pair)
        for framework, options in cover()
        for pair in combinations(
            {"framework": framework, **usual, **options}.items(), 2
        )
    }
    choices = declared() | {"framework": [*FRAMEWORKS]}
    possible = {
        frozenset([(one, a), (two, b)])
        for one, two in combinations(choices, 2)
        for a, b in product(choices[one], choices[two])
    }
    lacking = {
        frozenset([("framework", framework), (key, value)])
        for framework in FRAMEWORKS
        for key in declared().keys() - other(load_framework(TEMPLATES, framework))
        for value in declared()[key][1:]
    }

    assert possible - met == lacking


def test_a_part_is_there_or_leaves_nothing_behind(covered: Covered) -> None:
    """Files, sentences, dependencies: what belongs to a choice comes and goes with it."""
    wrong = []
    usual = {key: choices[0] for key, choices in declared().items()}
    for project, options in covered:
        text = said(project)
        for pattern, wanted in WORDS.items():
            found = [line for line in text.splitlines() if re.search(pattern, line)]
            if bool(found) != all(
                options.get(key, usual[key]) in wanted[key] for key in wanted
            ):
                wrong.append((project.framework, options, pattern, found))

    assert wrong == []


def test_every_option_has_words() -> None:
    """So that no option is forgotten above."""
    assert {key for wanted in WORDS.values() for key in wanted} == declared().keys()


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_option_says_who_wants_it(framework: str) -> None:
    """A sentence of help fits into one line."""
    for option in load_framework(TEMPLATES, framework).options:
        assert 20 < len(option.help) < 90, option.key
        assert " for " in option.help or ": " in option.help, option.help


def test_options_are_recorded(covered: Covered) -> None:
    """A project says what it was made from, defaults too, and so it can be made again."""
    for project, options in covered:
        file = project.path / "pyproject.toml"
        record = tomllib.loads(file.read_text("utf-8"))["tool"]["scaffold"]
        again = generate(project.framework, config=file, dry_run=True)

        assert {key: record[key.replace("_", "-")] for key in options} == options
        for each in again.files:
            name = project.path / each.path
            assert each.secret or name.read_bytes() == each.content, name
        files = {path for path in project.path.rglob("*") if path.is_file()}
        assert len(files) == len(again.files)


def test_ruff_finds_nothing(covered: Covered) -> None:
    """The code is formatted and clean, by each project's own settings."""
    folders = [str(project.path) for project, _ in covered]
    ruff = str(Path(sys.executable).with_name("ruff"))
    for command in (["check"], ["format", "--check"]):
        succeeded(run([ruff, *command, "--no-cache", *folders], cwd=TEMPLATES))


def test_ruff_takes_no_field_for_a_secret(tmp_path: Path) -> None:
    """Whatever its name is, and whatever the tests of the project do without."""
    resources = ("device token:str password:str:unique", "part secret:text device:ref")
    for number, (framework, options) in enumerate(
        [*product(FRAMEWORKS, [{}]), *shapes()]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        generate(
            framework, "P", resource=resources, output_dir=folder, git=False, **options
        )
    ruff = str(Path(sys.executable).with_name("ruff"))

    succeeded(run([ruff, "check", "--no-cache", str(tmp_path)], cwd=TEMPLATES))


@pytest.mark.parametrize("resource", ["book", "cascade"])
@pytest.mark.parametrize(
    ("framework", "options"),
    [*((name, {}) for name in FRAMEWORKS), *shapes()],
    ids=str,
)
def test_modules_import_what_is_there(
    framework: str, options: Options, resource: str
) -> None:
    """No module, and no name of one, is asked for that an option has taken away.

    Before ruff has run, too, which drops what is unused: cookiecutter does not run it.
    """
    starter = load_framework(TEMPLATES, framework)
    answers = parse_answers(
        starter, name="My Project", resource=texts(resource), **options
    )
    files = render(starter, answers, template_values(starter, answers), tidy=False)
    trees = {
        tuple(PurePosixPath(file.path).with_suffix("").parts): ast.parse(file.content)
        for file in files
        if file.path.endswith(".py")
    }
    packages = {path[:end] for path in trees for end in range(1, len(path))}
    defined = {
        path: {name for node in tree.body for name in defines(node)}
        for path, tree in trees.items()
    }

    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom):
                continue
            above = path[: -node.level] if node.level else ()
            module = (*above, *filter(None, (node.module or "").split(".")))
            if (module[:1] or ("",))[0] in {path[0] for path in packages}:
                names = defined.get(module, set()) | defined.get(
                    (*module, "__init__"), set()
                )
                for each in node.names:
                    there = (*module, each.name) in trees.keys() | packages
                    known = there or each.name in {*names, "*"}
                    assert known, (path, module, each.name)


def defines(node: ast.stmt) -> Iterator[str]:
    """The names that a statement gives to its module."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
    elif isinstance(node, ast.If | ast.Try | ast.With):
        yield from (name for inner in node.body for name in defines(inner))


def test_files_speak_of_what_is_there(covered: Covered) -> None:
    """The image leaves out the files of other tools; Dependabot looks after all there are."""
    others = (
        ".github/",
        ".gitlab-ci.yml",
        ".devcontainer.json",
        ".devcontainer.yaml",
    )
    for project, _ in covered:
        there = [name for name in others if (project.path / name).exists()]
        ignore = project.path / ".dockerignore"
        updates = project.path / ".github/dependabot.yml"
        if ignore.exists():
            lines = ignore.read_text("utf-8").splitlines()
            assert [name for name in others if name in lines] == there
        if updates.exists():
            known = yaml.safe_load(updates.read_text("utf-8"))["updates"]
            docker = ["docker"] if (project.path / "Dockerfile").exists() else []
            assert [each["package-ecosystem"] for each in known] == [
                *("uv", "github-actions"),
                *docker,
            ]


def test_packages_carry_their_license(covered: Covered) -> None:
    """`pyproject.toml` has the SPDX expression, and names each file that there is."""
    for project, options in covered:
        metadata = tomllib.loads((project.path / "pyproject.toml").read_text("utf-8"))
        there = [n for n in ("LICENSE", "NOTICE") if (project.path / n).exists()]
        expression = metadata["project"].get("license")

        readme = (project.path / "README.md").read_text("utf-8")
        linked = re.findall(r"\]\(([A-Z]+)\)", readme.partition("\n## License\n")[2])

        assert metadata["project"].get("license-files", []) == linked == there
        assert expression == LICENSES.get(options["license"])
        assert not expression or canonicalize_license_expression(expression)


# Dependencies that a project has exactly if its options are among these.
NEEDED: dict[str, dict[str, set[str | bool]]] = {
    r"psycopg": {"database": {"postgres"}},
    r"argon2|pwdlib|limits|zxcvbn": {"accounts": {True}},
    r"jinja2|wtf": {"interface": {"full", "pages"}},
    r"swagger|ninja": {"interface": {"full", "api"}},
}


def test_projects_need_what_their_options_take(covered: Covered) -> None:
    """A dependency comes and goes with what it is for; none of them is forgotten."""
    needed: dict[str, list[tuple[set[str], Options]]] = {}
    for project, options in covered:
        metadata = tomllib.loads((project.path / "pyproject.toml").read_text("utf-8"))
        known = {re.split("[<>=]", e)[0] for e in metadata["project"]["dependencies"]}
        needed.setdefault(project.framework, []).append((known, options))

    for framework, found in needed.items():
        every = set().union(*(known for known, _ in found))
        for pattern, wanted in NEEDED.items():
            of_it = {each for each in every if re.search(pattern, each)}
            # Django brings its own templates and forms.
            assert of_it or "jinja2" in pattern, (framework, pattern)
            for known, options in found:
                fits = all(options[key] in wanted[key] for key in wanted)
                assert known & of_it == (of_it if fits else set()), (framework, options)


# Of texts that nobody may change, as they come with Debian.
SHA256 = {
    "apache-2.0": "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
    "gpl-3.0-or-later": "3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986",
}
# Whose license is the same, but for the name at its top.
LIKE = {"mit": "pytest", "bsd-3-clause": "click"}


@pytest.mark.parametrize("license", LICENSES)
def test_licenses_are_true(license: str) -> None:
    """The text is word for word the license's own; a holder stands where it wants one."""
    author = 'Söhne & "Who", {{ 7*7 }} {= 7*7 =}'
    made = generate(
        FRAMEWORKS[0],
        "My Project",
        license=license,
        author=author,
        description="Minds the gap.",
        year="2026",
        dry_run=True,
    )
    files = {file.path: file for file in made.files}
    text = files["LICENSE"].content.decode()

    if license in SHA256:
        notice = files["NOTICE"].content.decode()
        assert files["LICENSE"].sha256 == SHA256[license]
        assert notice.splitlines()[0].startswith("My Project")
        assert re.match(
            rf"Copyright (\(C\) )?2026 {re.escape(author)}$", notice.splitlines()[1]
        )
        for paragraph in notice.split("\n\n")[1:]:  # GPL's, in the words it asks for
            assert " ".join(paragraph.split()) in " ".join(text.split())
    else:
        (known,) = (f for f in files_of(LIKE[license]) or [] if "LICENSE" in f.name)
        _, holder, terms = text.split("\n\n", 2)
        theirs = known.read_text("utf-8").split()
        assert holder == f"Copyright (c) 2026 {author}"
        assert theirs[-len(terms.split()) :] == terms.split()


def test_pythons_follow_the_floor(covered: Covered) -> None:
    """Each push is checked from the floor on, images have it; no older one is spoken of."""
    for project, options in covered:
        text = said(project)
        pythons = ["3.11", "3.12", "3.13", "3.14"]
        supported = pythons[pythons.index(options["python"]) :]
        older = pythons[: pythons.index(options["python"])]
        matrix = json.dumps(supported)

        assert f"With Python {supported[0]} or newer" in text
        assert [v for v in older if re.search(rf"\b{re.escape(v)}\b", text)] == []
        assert text.count(matrix) == (options["ci"] != "none")
        images = re.findall(r"\bpython:(3\.\d+)", text)
        assert set(images) == ({supported[0]} if images else set())
        assert len(images) == 2 * options["docker"] + options["devcontainer"]


def test_django_is_the_newest_that_the_floor_takes(covered: Covered) -> None:
    """Python 3.11 has the LTS; from 3.12 on Django sends a policy for contents by itself."""
    seen = set()
    for project, options in covered:
        if project.framework != "django":
            continue
        seen.add(lts := options["python"] == "3.11")
        metadata = tomllib.loads((project.path / "pyproject.toml").read_text("utf-8"))
        needed = " ".join(metadata["project"]["dependencies"])
        settings = (project.path / project.package / "settings.py").read_text("utf-8")

        assert bool(re.search(r"django(\[argon2\])?>=5\.2,<6", needed)) == lts
        assert bool(re.search(r"django(\[argon2\])?>=6\.1,<7", needed)) != lts
        assert ("django-csp" in needed, "SECURE_CSP" in settings) == (lts, not lts)
    assert seen == {True, False}


def test_a_dev_container_is_what_it_should_be(covered: Covered) -> None:
    """Plain JSON, whose settings point to what its commands make; the CI's newest Python."""
    files = [project.path / ".devcontainer.json" for project, _ in covered]
    found = [file for file in files if file.exists()]
    assert found
    for file in found:
        known = json.loads(file.read_text("utf-8"))
        settings = known["customizations"]["vscode"]["settings"]
        venv = known["containerEnv"]["UV_PROJECT_ENVIRONMENT"]

        # Of the properties in the reference of containers.dev.
        compose = file.with_suffix(".yaml")
        made_from = ["image"]
        if compose.exists():
            made_from = ["dockerComposeFile", "service", "workspaceFolder"]
            services = yaml.safe_load(compose.read_text("utf-8"))["services"]
            assert known["dockerComposeFile"] == compose.name
            assert known["service"] in services
            assert f".:{known['workspaceFolder']}" in services["app"]["volumes"]
        assert list(known) == [
            "name",
            *made_from,
            "containerEnv",
            "postCreateCommand",
            "forwardPorts",
            "customizations",
        ]
        assert settings["python.defaultInterpreterPath"] == f"{venv}/bin/python"


def test_agents_are_told_the_truth(covered: Covered) -> None:
    """In AGENTS.md, of 40 lines at most, each path exists and each command is the project's."""
    told = [
        (p, p.path / "AGENTS.md")
        for p, options in covered
        if options["agents"] != "none"
    ]
    assert told
    for project, file in told:
        text = file.read_text("utf-8")
        named = re.findall(r"`([^`]+)`", text)
        commands = {name for name in named if name.startswith("uv run ")}
        kinds = ("check", "test", "make_migration", "migrate")
        secret = {".env"}  # which a clone has not

        assert text.count("\n") <= 40
        assert commands == {f"uv run {project.commands[kind]}" for kind in kinds}
        assert [
            n for n in {*named} - commands - secret if not (project.path / n).exists()
        ] == []


def shape(framework: str, options: Options) -> tuple[str, ...]:
    """What a project has of pages, the API and accounts, whatever else it has."""
    return framework, *(str(options[key]) for key in SHAPING)


PAIRS = [
    (*row, resource)
    for row, resource in zip(cover(), cycle(["all_types", "cascade"]), strict=False)
]


@pytest.mark.slow
@pytest.mark.check("pairs of options")
@pytest.mark.parametrize(
    ("framework", "options", "resource"),
    [
        pytest.param(*each, id=f"{each[0]}-{number}-{each[2]}")
        for number, each in enumerate(PAIRS)
    ],
)
def test_checks_pass_wherever_two_values_meet(
    framework: str,
    options: Options,
    resource: str,
    shared: Path,
    postgres: Postgres,
    tmp_path: Path,
) -> None:
    """Types are right, and the suite passes and covers, on the oldest Python that is asked for.

    The suite runs with what the project itself says that it needs, and nothing else.
    """
    python = interpreters().get(options["python"], sys.executable)
    environment = environment_for(
        framework, shared, python=python, floor=options["python"]
    )
    project = bake(framework, resource, tmp_path / "made", **options)
    server = {}
    if options["database"] == "postgres":
        server = {"DATABASE_URL": postgres.url()}

    environment.check_types(project)
    own = own_environment(project, tmp_path, python=python)
    command = "coverage run -m pytest -q -p no:cacheprovider"
    said = own.check(project, command, **server)

    assert " passed" in said
    assert "warning" not in said.lower()
    own.check(project, "coverage report", **server)


@pytest.mark.parametrize(
    ("framework", "preset"),
    [
        (framework.name, preset.name)
        for framework in load_frameworks(TEMPLATES)
        for preset in framework.presets
    ],
)
def test_presets_set_what_they_say(framework: str, preset: str, tmp_path: Path) -> None:
    """What a preset sets is recorded; the READMEs of `minimal` are followed, checks and all."""
    project = bake(framework, "book", tmp_path / "made", preset=preset)
    metadata = tomllib.loads((project.path / "pyproject.toml").read_text("utf-8"))
    values = dict(load_framework(TEMPLATES, framework).preset(preset).values)
    record = metadata["tool"]["scaffold"]

    assert values
    assert {key: record[key.replace("_", "-")] for key in values} == values


@pytest.mark.slow
@pytest.mark.check("other shapes")
@pytest.mark.parametrize(
    ("framework", "options", "resource"),
    [
        pytest.param(*each, resource, id="-".join([*shape(*each), resource]))
        for each in shapes()
        for resource in ("all_types", "cascade")
        if (shape(*each), resource) not in {(shape(*p[:2]), p[2]) for p in PAIRS}
    ],
)
def test_checks_pass_in_every_shape(
    framework: str, options: Options, resource: str, shared: Path, tmp_path: Path
) -> None:
    """Without pages, API or accounts, all is as good: lint, types, the suite, its reach."""
    project = bake(framework, resource, tmp_path / "made", **options)
    environment = environment_for(framework, shared)

    environment.check(
        project, "ruff check --no-cache && ruff format --check --no-cache"
    )
    environment.check_types(project)
    said = environment.check(project, "coverage run -m pytest -q -p no:cacheprovider")
    assert " passed" in said
    assert "warning" not in said.lower()
    environment.check(project, "coverage report")  # which has a least


def steps(file: Path) -> tuple[dict[str, str], list[str]]:
    """Return the variables and the commands of all jobs in a file, or of a dev container."""
    known = yaml.safe_load(file.read_text("utf-8"))  # JSON is YAML too.
    variables: dict[str, str] = {}
    commands: list[str] = []
    if file.suffix == ".json":
        variables |= known["containerEnv"]
        commands += [*known["postCreateCommand"].split(" && "), "uv run poe check"]
    elif "jobs" in known:
        for job in known["jobs"].values():
            variables |= job.get("env", {})
            commands += [step["run"] for step in job["steps"] if "run" in step]
    else:
        for job in (job for name, job in known.items() if name != "workflow"):
            variables |= job["variables"]
            commands += job["script"]
    return variables, commands


JOBS: dict[str, Options] = {
    ".github/workflows/ci.yml": {"ci": "github"},
    ".gitlab-ci.yml": {"ci": "gitlab"},
    ".devcontainer.json": {"devcontainer": True},
}


def test_others_run_the_same_whatever_the_options(
    covered: Covered, tmp_path: Path
) -> None:
    """So each command of a job or a container is among those that are executed below."""
    for number, (file, options) in enumerate(JOBS.items()):
        project = bake(FRAMEWORKS[0], "book", tmp_path / str(number), **options)
        _, executed = steps(project.path / file)
        found = [(p.path / file, o) for p, o in covered if (p.path / file).exists()]

        assert found
        for each, known in found:
            variables, commands = steps(each)
            assert commands == executed
            if file in {".github/workflows/ci.yml", ".gitlab-ci.yml"}:
                served = known["database"] == "postgres"
                assert ("DATABASE_URL" in variables) is served


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize(("file", "options"), JOBS.items())
def test_what_others_run_passes(
    file: str, options: Options, database: str, tmp_path: Path
) -> None:
    """Every command of jobs and containers succeeds in a fresh project; all share them."""
    options = options | {"database": database}
    project = bake(FRAMEWORKS[0], "book", tmp_path / "made", **options)
    variables, commands = steps(project.path / file)
    with ExitStack() as stack:
        if database == "postgres":
            server = stack.enter_context(start_postgres(tmp_path / "server"))
            services = project.path / file.replace("container.json", "container.yaml")
            (address,) = re.findall(r"postgresql://[^ ]+/(.+)", services.read_text())
            if services.name == ".devcontainer.yaml":  # which has it made, for the app
                server.run("createdb", address)
            variables["DATABASE_URL"] = server.url(address)
        else:
            assert "DATABASE_URL" not in variables
        do_as_told(project, variables, commands, tmp_path)


def do_as_told(
    project: Project, variables: dict[str, str], commands: list[str], tmp_path: Path
) -> None:
    """Run commands as in a job's image, with its variables."""
    assert commands[-1] == f"uv run {project.commands['check']}"
    if "UV_PROJECT_ENVIRONMENT" in variables:
        variables["UV_PROJECT_ENVIRONMENT"] = str(tmp_path / "venv")
    # What the job's image brings, or an action sets up: Python, and here uv too.
    image = tmp_path / "image"
    succeeded(run([sys.executable, "-m", "venv", str(image)], cwd=tmp_path))
    path = [str(image / "bin")]
    path += [] if any("pip install" in each for each in commands) else [TOOLS]
    script = "\n".join(["set -eux", *commands])

    succeeded(
        run(
            ["sh", "-c", script],
            cwd=project.path,
            env=clean_environment(PATH=":".join([*path, "/usr/bin:/bin"]), **variables),
        )
    )
