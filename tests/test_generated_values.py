"""Whatever the generator accepts makes a project whose own linters and tests are content.

The texts, names and words of ordinary people, of awkward ones, and of Hypothesis.
"""

import itertools
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from generator.strategies import fields, graphs, names
from harness.environments import (
    Environment,
    run,
    succeeded,
    uv,
)
from harness.projects import FRAMEWORKS, RELATING, TEMPLATES, Project
from harness.words import NOUNS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scaffold import generate
from scaffold.answers import parse_answers
from scaffold.errors import ScaffoldError
from scaffold.frameworks import load_framework
from scaffold.resources import MAX_FIELDS, RESERVED_FIELDS

pytestmark = [pytest.mark.slow, pytest.mark.check("odd values")]
EACH = pytest.mark.parametrize("framework", FRAMEWORKS)

FORMS = [
    "str:optional",
    "text:optional",
    "int",
    "date:optional",
    "decimal:optional",
    "bool",
    "choice:new,used:optional",
    "float:optional",
    "datetime:optional",
    "url:optional",
    "email:optional",
    "str:unique:optional",
]

# What forms, linters and templates could take for something else.
AWKWARD_FIELDS = (
    "label:str password:str secret:str:optional token_text:text:optional api_key:str:unique "
    "passphrase:str:optional pwd:str:optional auth_token:str:optional username:str:optional "
    "session_number:int:optional csrf:str:optional action:url:optional method:str:optional "
    "submit:bool input:int:optional i:int:optional o:choice:x,y x:float:optional "
    "match:str:optional case:int:optional type:choice:none,true,null,1,2-3,2_3,mro,name,value:optional "
    "hash:str:optional map:text:optional zip:str:optional min:int:optional max:int:optional "
    "sum:decimal:optional len:int:optional print:bool open:bool range:int:optional "
    "filter:str:optional format:str:optional all:bool any:bool:optional "
    "http_url:url:optional null:bool true:bool no:bool yes:bool:optional "
    "items:int:optional keys:str:optional total:int:optional count:int:optional "
    "index:int:optional a_b:str:optional ab:str:optional a1:str:optional "
    "a_name_as_long_as_names_are_allowed_to_b:str:optional errors:text:optional"
)


# Each with a part of all nouns for its fields.
RESOURCES = (
    "parcel",
    "dish",
    "snapshot",
    "journey",
    "festival",
    "aisle",
    "chore",
    "quarrel",
)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for."""

    resource: str | tuple[str, ...]
    name: str = "My Project"
    description: str = ""
    author: str = ""


WISHES = {
    "quotes": Wish(
        f"test_result {AWKWARD_FIELDS}",
        name="Http-Tools_2",
        description="It's Ada's \"best\" tool: see http://example.com/?a=1&b=2 <b>#1</b> \\o/",
        author="Seán O'Brien",
    ),
    "braces": Wish(
        "testimonial text_of_it:str q:str:optional re:str:optional iterator:int:optional "
        "paginator:bool delete:date:optional",
        name="v",
        description="{{ user }} {% if %} ${HOME} $(x) %(here)s %s `y` '''\"\"\" 0.0.0.0 /tmp/x {= y =} {! z !}",
        author='Dr. "Who", {name} & Söhne',
    ),
    "scripts": Wish(
        f"{'b' * 40}/{'c' * 40} {'d' * 40}:str:unique {'e' * 40}:choice:{'f' * 50},g-1:optional",
        name="A" * 50,
        description="Größe – “naïve” café’s 日本語 🎉 [x](y) # noqa: E501 "  # noqa: RUF001 -- as written
        + "w" * 150,
        author="- @x: *y " + "z" * 90,
    ),
}

# Tests that use the values of a resource, by the names that all starters share.
ABOUT_VALUES = (
    "an_entry or searches or bad_value or faults_beside or taken_value"
    " or migrations_and_models or seeds_once or start_page or description_of_the_api"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for projects; each is in a folder of its own."""
    return tmp_path_factory.mktemp("values")


def make(framework: str, wish: Wish, folder: Path) -> Project:
    """Generate a project."""
    made = generate(
        framework,
        wish.name,
        output_dir=tempfile.mkdtemp(dir=folder),
        resource=wish.resource,
        description=wish.description,
        author=wish.author,
        git=False,
        templates=TEMPLATES,
    )
    return Project(
        framework=framework,
        resource=str(wish.resource),
        path=made.path,
        package=made.package,
        commands=made.commands,
    )


def examine(
    project: Project,
    environment: Environment,
    *,
    tests: str = ABOUT_VALUES,
    types: bool,
) -> None:
    """Run the project's own linters and tests, where it is installed under its name."""
    site = project.path.parent / "site"
    install = [uv(), "pip", "install", "--quiet", "--no-deps", "--target", str(site)]
    python = ["--python", str(environment.path)]
    succeeded(run([*install, *python, "."], cwd=project.path))
    lint(project, environment)
    said = environment.check(
        project,
        f"pytest -q -x -p no:cacheprovider -k '{tests}'",
        PYTHONPATH=f"{project.path}{os.pathsep}{site}",
    )
    assert " passed" in said
    assert "warning" not in said.lower()
    if types:
        environment.check_types(project)


def lint(project: Project, environment: Environment) -> None:
    """Run ruff as the project does."""
    environment.check(project, "ruff check --no-cache")
    environment.check(project, "ruff format --no-cache --check")


def accepted(framework: str, wish: Wish) -> bool:
    """Tell whether the generator takes it."""
    try:
        parse_answers(
            load_framework(TEMPLATES, framework),
            name=wish.name,
            resource=wish.resource,
            description=wish.description,
            author=wish.author,
        )
    except ScaffoldError:
        return False
    return True


def taken(framework: str) -> set[str]:
    """Return the names that no field may have."""
    return {*load_framework(TEMPLATES, framework).reserved_fields, *RESERVED_FIELDS}


def fitting(framework: str, wish: Wish) -> Wish:
    """Return a wish without the fields that the framework refuses."""
    head, *rest = str(wish.resource).split()
    refused = taken(framework)
    kept = [field for field in rest if field.partition(":")[0] not in refused]
    return replace(wish, resource=" ".join((head, *kept)))


def everyday(framework: str, part: int) -> str:
    """Return a resource with a part of all nouns that are free."""
    refused = taken(framework)
    free = [noun for noun in NOUNS if noun not in refused]
    size = MAX_FIELDS - 1
    nouns = free[part * size : (part + 1) * size]
    described = map(":".join, zip(nouns, itertools.cycle(FORMS), strict=False))
    return " ".join((RESOURCES[part], "caption:str", *described))


@EACH
@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_awkward_values(
    framework: str, wish: Wish, environment: Environment, folder: Path
) -> None:
    """Quotes, markup, foreign scripts, secrets and names that linters may mistake."""
    project = make(framework, fitting(framework, wish), folder)

    # What a text can do wrong is anybody's guess; a field goes wrong where it is used.
    tests = "test" if wish == WISHES["braces"] else ABOUT_VALUES
    examine(project, environment, tests=tests, types=True)


@EACH
@pytest.mark.parametrize("part", range(len(RESOURCES)))
def test_everyday_words(
    framework: str, part: int, environment: Environment, folder: Path
) -> None:
    """Hundreds of common nouns as fields: linted everywhere, run in one framework each."""
    project = make(framework, Wish(everyday(framework, part)), folder)

    if part % len(FRAMEWORKS) == FRAMEWORKS.index(framework):
        examine(project, environment, types=True)
    else:
        lint(project, environment)


@EACH
def test_nearly_every_noun_may_be_a_field(framework: str) -> None:
    """So the nouns are not missing above because they are refused."""
    assert len(taken(framework).intersection(NOUNS)) <= 3


@EACH
def test_nearly_every_noun_may_be_a_resource(framework: str) -> None:
    """What starters take for themselves stays small."""
    refused = [
        noun for noun in NOUNS if not accepted(framework, Wish(f"{noun} xx:str"))
    ]

    assert len(refused) <= 30, refused


# The same examples each time.
SAME = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Return what somebody may ask for, more often in ordinary words than in odd ones."""
    awkward = [field.partition(":")[0] for field in AWKWARD_FIELDS.split()]
    word = st.sampled_from(NOUNS) | st.sampled_from(awkward) | names
    resource, title, *others = draw(st.lists(word, min_size=2, max_size=9, unique=True))
    lines = [resource, f"{title}:str", *(draw(fields(other)) for other in others)]
    line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)
    return Wish(
        resource=" ".join(lines),
        name=draw(word).replace("_", draw(st.sampled_from(" -_"))),
        description=draw(line),
        author=draw(line),
    )


@EACH
def test_whatever_is_accepted(
    framework: str, environment: Environment, folder: Path
) -> None:
    """Hypothesis asks, for a few."""

    @settings(SAME, max_examples=2)
    @given(wishes().filter(lambda wish: accepted(framework, wish)))
    def check(wish: Wish) -> None:
        examine(make(framework, wish, folder), environment, types=True)

    check()


@pytest.mark.parametrize("framework", sorted(RELATING))
def test_whatever_belongs_together(
    framework: str, environment: Environment, folder: Path
) -> None:
    """Hypothesis asks for several resources: linted, typed, migrated and seeded."""

    @settings(SAME, max_examples=4)
    @given(
        graphs()
        .filter(lambda texts: len(texts) > 2 and " ".join(texts).count(":ref") > 1)
        .map(lambda texts: Wish(tuple(texts)))
        .filter(lambda wish: accepted(framework, wish))
    )
    def check(wish: Wish) -> None:
        project = make(framework, wish, folder)
        lint(project, environment)
        environment.check_types(project)
        said = environment.check(
            project, "pytest -q -p no:cacheprovider -k 'migrations or seeds_once'"
        )
        assert " passed" in said

    check()
