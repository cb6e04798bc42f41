"""Several resources: what is read, what is refused, and what templates get to know of them."""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold import Project, generate
from scaffold.answers import parse_answers
from scaffold.config import recorded
from scaffold.errors import ResourceRefusedError, UsageError
from scaffold.fields import expand_all
from scaffold.frameworks import Framework, framework_names, load_framework
from scaffold.relations import MAX_RESOURCES, parse_resources, references
from scaffold.render import render, template_values
from scaffold.resources import Field, parse_resource

from .conftest import Run
from .starter import FILES, RELATED, write_starter
from .strategies import graphs

REAL = Path(__file__).parents[2] / "templates"
POST = "post title:str"
COMMENT = "comment body:text post:ref"
BLOG = [POST, COMMENT]
LIBRARY = [
    "author name:str born:date:optional",
    "book title:str isbn:str:unique author:ref",
    "loan borrower:str due_on:date book:ref returned:bool",
]
DIAMOND = [
    "country name:str",
    "team name:str country:ref",
    "player name:str country:ref team:ref:optional",
    "goal minute:int team:ref player:ref:cascade",
]
GAMES = ["team name:str", "game day:date home:ref:team away:ref:team"]
PROFILE = ["person name:str", "profile about:text person:ref:unique:cascade"]
WRITER = ["author name:str", "book title:str writer:ref:author:optional"]
GRAPHS = {
    "two": BLOG,
    "chain": LIBRARY,
    "diamond": DIAMOND,
    "two to the same": GAMES,
    "one to one": PROFILE,
    "another name": WRITER,
}


@pytest.fixture(scope="session")
def bottle(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    """Return the made-up framework, with files that show relations."""
    folder = tmp_path_factory.mktemp("related")
    write_starter(folder, files=RELATED)
    return load_framework(folder, "bottle")


def known(*texts: str) -> dict[str, dict[str, Any]]:
    """Return what templates get to know of resources, by their names."""
    return {
        each["name"]: each for each in expand_all(parse_resources(texts), {}, jinja={})
    }


def refusal(*texts: str) -> str:
    with pytest.raises(ResourceRefusedError) as refused:
        parse_resources(texts)
    return refused.value.format_message()


def test_reads_what_refers_to_what() -> None:
    _, book = parse_resources(
        ["author name:str", "book title:str writer:ref:author:optional:cascade"]
    )

    assert book.fields[1] == Field(
        name="writer", type="ref", target="author", optional=True, cascade=True
    )
    assert book.fields[1].column == "writer_id"


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        ("post:ref", "post:ref"),
        ("post:ref:post", "post:ref"),
        ("post:ref:cascade:optional", "post:ref:optional:cascade"),
        ("writer:ref:author:unique", "writer:ref:author:unique"),
    ],
)
def test_writes_down_what_it_reads(written: str, shorter: str) -> None:
    resource = parse_resource(f"comment body:text {written}")

    assert str(resource) == f"comment body:text {shorter}"
    assert parse_resource(str(resource)) == resource


@pytest.mark.parametrize("texts", GRAPHS.values(), ids=GRAPHS)
def test_parents_come_before_their_children_in_whatever_order_they_are_given(
    texts: list[str],
) -> None:
    for written in permutations(texts):
        resources = parse_resources(written)
        names = [resource.name for resource in resources]

        assert sorted(map(str, resources)) == sorted(texts)
        for number, resource in enumerate(resources):
            assert {f.target for f in resource.references} <= set(names[:number])


def test_resources_keep_the_order_in_which_they_are_given_otherwise() -> None:
    resources = parse_resources(["tag name:str", COMMENT, "author name:str", POST])

    assert [r.name for r in resources] == ["tag", "author", "post", "comment"]


@pytest.mark.parametrize(
    ("text", "attribute", "field", "kind"),
    [
        ("thing note:text name:str label:str", "name", "name", "str"),
        ("thing note:text on:date", "title", "note", "text"),
        ("thing title:text", "short_title", "title", "text"),
        ("thing note:text:optional name:str:optional on:date", "title", "on", "date"),
        ("thing at:datetime", "title", "at", "datetime"),
        ("thing count:int", "title", "created_at", "datetime"),
    ],
)
def test_an_entry_without_a_line_of_text_is_called_by_something_else(
    text: str, attribute: str, field: str, kind: str
) -> None:
    thing = known(text)["thing"]

    assert thing["title_attribute"] == attribute
    assert (thing["title_field"], thing["title_kind"]) == (field, kind)


@pytest.mark.parametrize(
    ("texts", "message", "help"),
    [
        (
            ["comment body:text post:ref"],
            'no resource is called "post"',
            'add it, for example -r "post title:str"',
        ),
        (
            [POST, "comment body:text pots:ref"],
            'no resource is called "pots"',
            'did you mean "pots:ref:post"?',
        ),
        (
            ["tag name:str", "post title:str tags:ref"],
            'no resource is called "tags"',
            'an entry refers to one: write "tag:ref"',
        ),
        (
            ["tag name:str", "post title:str label:ref:tags"],
            'no resource is called "tags"',
            'did you mean "label:ref:tag"?',
        ),
        (
            [POST, "comment body:text post:ref:optonal"],
            'no resource is called "optonal"',
            "write `optional`",
        ),
        (
            [POST, "comment body:text wine:ref"],
            'no resource is called "wine"',
            'add it, for example -r "wine title:str"; there is post',
        ),
        (
            ["comment body:text user:ref"],
            'no resource is called "user"',
            "leave it out: each entry has an owner, the account that added it",
        ),
        (
            ["comment body:text reply_to:ref:comment:optional"],
            'the field "reply_to" refers to its own resource "comment"',
            "refer to another resource, or leave it out",
        ),
        (
            ["comment body:text comment:ref"],
            'the field "comment" refers to its own resource "comment"',
            "refer to another resource, or leave it out",
        ),
        (
            ["author name:str book:ref", "book title:str author:ref"],
            "these refer to each other in a circle: author → book → author",
            "leave one of them out: the page of an entry lists what refers to it",
        ),
        (
            ["aa x:str cc:ref", "bb x:str aa:ref", "cc x:str bb:ref"],
            "these refer to each other in a circle: aa → cc → bb → aa",
            "leave one of them out: the page of an entry lists what refers to it",
        ),
        (
            [POST, "post name:str"],
            'the resource "post" is there twice',
            "put its fields into one, or give the other another name",
        ),
        (
            [POST, "letter/posts name:str"],
            '"posts" is the name of two things: of "letter" and of "post/posts"',
            'give one of them another name, or plural: "letter/PLURAL"',
        ),
        (
            [POST, "new_post name:str"],
            '"new_post" is what the code for "post" calls a part of it',
            'try "new_post_item"',
        ),
        (
            ["post_form name:str", POST],
            '"post_form" is what the code for "post" calls a part of it',
            'try "post_item"',
        ),
        (
            [POST, "comment body:text post:ref post_id:int"],
            '"post:ref" brings a field "post_id" along already',
            "leave it out, or give it another name",
        ),
        (
            [POST, "comment body:text post_id:ref:post"],
            'a reference is called by what it refers to, and "post_id" by its id',
            'write "post:ref"',
        ),
        (
            [POST, f"comment body:text {'a' * 38}:ref:post"],
            f'"{"a" * 38}" is 38 characters long, and 37 is the most',
            "choose a shorter name",
        ),
        (
            [POST, "comment body:text post:ref:Post"],
            '"Post" is no name for a resource: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            'try "post"',
        ),
        (
            [POST, "comment body:text post:ref:"],
            'the field "post" has the unknown modifier ""',
            "the modifiers are optional, unique and cascade",
        ),
        (
            [POST, "comment body:text post:ref:cascade:cascade"],
            'the field "post" has the same modifier twice',
            "name each modifier once",
        ),
        (
            ["post title:str:cascade"],
            'the field "title" cannot cascade, because it is a str',
            'leave out "cascade", which is for a field of type `ref`',
        ),
        (
            [POST, "comment body:text post:foreign_key"],
            'the field "post" has the unknown type "foreign_key"',
            "write `ref`",
        ),
        (
            [POST, "link title:str " + " ".join(f"r{n}:ref:post" for n in range(9))],
            'the resource "link" has 9 references, and 8 is the most',
            "let some of what it refers to refer to each other instead",
        ),
        (
            [f"thing{number} name:str" for number in range(MAX_RESOURCES + 1)],
            "there are 13 resources, and 12 is the most",
            "begin with those that everything else refers to",
        ),
        ([POST, ""], "the resource is empty", ""),
    ],
)
def test_refuses_what_does_not_fit_together(
    texts: list[str], message: str, help: str
) -> None:
    with pytest.raises(ResourceRefusedError) as refused:
        parse_resources(texts)

    assert refused.value.message == message
    assert refused.value.help.startswith(help)
    lines = refusal(*texts).splitlines()
    for fault in refused.value.faults:
        _, *shown, advice = lines[: lines.index(f"help: {fault.help}") + 1]
        assert advice != "help: "
        assert fault.text == "" or set(shown[-1].strip()) == {"^"}


@pytest.mark.parametrize(
    "field",
    [
        *("tags:refs", "tag:many", "tags:m2m", "tags:ManyToManyField", "tags:has_many"),
        *("tags:many-to-many", "tags:ref:many", "tag:ref:tag:many"),
    ],
)
def test_answers_many_to_many_with_a_resource_for_each_pair(field: str) -> None:
    with pytest.raises(ResourceRefusedError) as refused:
        parse_resources([POST + f" {field}", "tag name:str"])

    pair = "post_tag post:ref:cascade tag:ref:cascade"
    assert f'-r "{pair}"' in refused.value.help
    assert len(refused.value.faults) == 1
    assert len(parse_resources([POST, "tag name:str", pair])) == 3


def test_shows_every_fault_in_its_own_text() -> None:
    assert refusal("post title:string", "comment body:text post:ref:post:optonal") == (
        'the field "title" has the unknown type "string"\n'
        "    post title:string\n"
        "               ^^^^^^\n"
        "help: write `str`\n"
        'the field "post" has the unknown modifier "optonal"\n'
        "    comment body:text post:ref:post:optonal\n"
        "                                    ^^^^^^^\n"
        "help: write `optional`"
    )
    assert refusal(POST, " comment body:text  pots:ref") == (
        'no resource is called "pots"\n'
        "     comment body:text  pots:ref\n"
        "                        ^^^^^^^^\n"
        'help: did you mean "pots:ref:post"?'
    )


def test_takes_as_many_as_it_says() -> None:
    chain = ["thing0 name:str"]
    chain += [
        f"thing{n} name:str thing{n - 1}:ref other:ref:thing{n // 2}:optional"
        for n in range(1, MAX_RESOURCES)
    ]

    assert len(parse_resources(chain[::-1])) == MAX_RESOURCES


def test_tells_all_about_a_reference() -> None:
    blog = known(*BLOG)
    (field,) = blog["comment"]["references"]

    assert field == blog["comment"]["fields"][1]
    assert {
        key: field[key]
        for key in ("name", "type", "label", "optional", "unique", "input")
    } == {
        "name": "post_id",
        "type": "ref",
        "label": "Post",
        "optional": False,
        "unique": False,
        "input": "select",
    }
    reference = dict(field["reference"])
    target = reference.pop("target")
    assert reference == {
        "name": "post",
        "collection": "comments",
        "several": False,
        "cascade": False,
        "foreign_key": "fk_comments_post_id_posts",
        "index": "ix_comments_post_id",
        "constraint": "uq_comments_post_id",
    }
    assert {key: blog["post"][key] for key in target} == target


def test_tells_a_parent_of_its_children() -> None:
    (child,) = known(*BLOG)["post"]["children"]

    assert child.pop("child")["class_name"] == "Comment"
    assert child == {
        "name": "post",
        "column": "post_id",
        "collection": "comments",
        "several": False,
        "optional": False,
        "unique": False,
        "cascade": False,
        "title": "Comments",
        "adding": "Add a comment",
    }


def test_two_references_to_one_parent_have_collections_of_their_own() -> None:
    children = known(*GAMES)["team"]["children"]

    assert [child["collection"] for child in children] == ["home_games", "away_games"]
    assert [child["title"] for child in children] == ["Games (home)", "Games (away)"]
    assert children[0]["adding"] == "Add a game (home)"


def test_a_reference_that_is_unique_has_one_child_on_the_other_side() -> None:
    (child,) = known(*PROFILE)["person"]["children"]

    assert (child["collection"], child["title"]) == ("profile", "Profile")


@pytest.mark.parametrize("field", ["comments:int", "comments:text:optional"])
def test_a_collection_is_called_otherwise_where_a_field_has_its_name(
    field: str,
) -> None:
    (child,) = known(f"{POST} {field}", COMMENT)["post"]["children"]

    assert child["collection"] == "post_comments"


def test_a_collection_is_called_otherwise_where_the_framework_has_its_name() -> None:
    (reference,) = references(parse_resources(BLOG), reserved={"comments"})

    assert reference.collection == "post_comments"


def test_tells_what_keeps_an_entry_from_being_deleted() -> None:
    resources = known(
        "author name:str",
        "book title:str author:ref:cascade",
        "loan borrower:str book:ref",
        "note body:text loan:ref:cascade",
    )
    (blocker,) = resources["author"]["blockers"]
    (follower,) = resources["author"]["followers"]
    (way,) = blocker["ways"]

    assert (blocker["child"]["name"], way["lookup"]) == ("loan", "book__author")
    assert (way["model"]["class_name"], way["column"]) == ("Book", "author_id")
    assert [
        f"{join['model']['class_name']}.{join['name']}" for join in way["joins"]
    ] == ["Loan.book"]
    assert (follower["child"]["name"], follower["ways"][0]["joins"]) == ("book", [])
    assert resources["loan"]["blockers"] == []
    assert resources["loan"]["followers"][0]["ways"][0]["lookup"] == "loan"


def test_tells_every_way_to_what_keeps_an_entry() -> None:
    (blocker,) = known(*GAMES)["team"]["blockers"]

    assert [way["column"] for way in blocker["ways"]] == ["home_id", "away_id"]


def test_a_framework_says_what_it_writes_for_a_way() -> None:
    table = {
        "way": {"query": "{{ resource.name }} by {{ way.column }}"},
        "ways": {"query": "{{ ways | map(attribute='query') | join(' or ') }}"},
    }
    team, _game = expand_all(parse_resources(GAMES), table, jinja={})
    (blocker,) = team["blockers"]

    assert blocker["query"] == "team by home_id or team by away_id"


def seeds(*texts: str) -> dict[str, list[dict[str, Any]]]:
    """Return the three entries of each resource, by its plural, as in its `seed.json`."""
    return {
        each["plural"]: [
            {
                field["name"]: json.loads(_json(field["entries"][n]))
                for field in each["fields"]
            }
            for n in range(3)
        ]
        for each in known(*texts).values()
    }


def _json(literal: str) -> str:
    return {"True": "true", "False": "false"}.get(literal, literal)


def test_a_comment_on_dune_speaks_of_dune() -> None:
    made = seeds("book title:str", "comment body:text book:ref")

    for comment in made["comments"]:
        assert made["books"][comment["book_id"] - 1]["title"] in comment["body"]
    assert [comment["book_id"] for comment in made["comments"]] == [1, 2, 1]


def test_a_part_is_called_after_its_whole() -> None:
    made = seeds("book title:str", "chapter title:str book:ref")

    assert [chapter["title"] for chapter in made["chapters"]] == [
        "Chapter 1 of Dune",
        "Chapter 2 of The Dispossessed",
        "Chapter 3 of Dune",
    ]


def test_who_borrows_dune_is_not_a_part_of_it() -> None:
    borrowers = [loan["borrower"] for loan in seeds(*LIBRARY)["loans"]]

    assert borrowers == ["Ada Lovelace", "Alan Turing", "Grace Hopper"]
    made = seeds("book title:str", "copy shelfmark:str book:ref")
    assert made["copies"][0]["shelfmark"] == "A 101"


def test_who_wrote_dune_is_the_author_of_dune() -> None:
    made = seeds(*LIBRARY)

    assert [
        (book["title"], made["authors"][book["author_id"] - 1]["name"])
        for book in made["books"]
    ] == [
        ("Dune", "Frank Herbert"),
        ("The Dispossessed", "Ursula K. Le Guin"),
        ("Frankenstein", "Mary Shelley"),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["author name:str", "book summary:text author:ref"],
        [
            "department title:str",
            "application name:str department:ref",
            "review body:text application:ref",
        ],
    ],
)
def test_what_an_entry_is_called_by_is_never_shortened(texts: list[str]) -> None:
    """As the tests of a project look for all of it, be there a number behind."""
    *_, thing = known(*texts).values()
    field = next(f for f in thing["fields"] if f["name"] == thing["title_field"])

    assert field["type"] == "text"
    assert max(map(len, map(json.loads, field["entries"]))) <= 45


def test_no_team_plays_against_itself() -> None:
    made = seeds(*GAMES)
    pairs = [(game["home_id"], game["away_id"]) for game in made["games"]]

    assert all(home != away for home, away in pairs)
    assert len(set(pairs)) == 3


def test_two_ways_to_one_entry_lead_to_the_same() -> None:
    made = seeds(*DIAMOND)

    for player in made["players"]:
        assert (
            player["country_id"] == made["teams"][player["team_id"] - 1]["country_id"]
        )
    for goal in made["goals"]:
        assert made["players"][goal["player_id"] - 1]["team_id"] == goal["team_id"]


def test_tests_make_as_many_parents_as_their_children_need() -> None:
    assert known(*PROFILE)["person"]["examples_needed"] == 30
    assert known(*PROFILE)["profile"]["references"][0]["nth"] == "n + 1"
    assert known(*BLOG)["post"]["examples_needed"] == 2
    assert known(*BLOG)["comment"]["references"][0]["nth"] == "n % 2 + 1"


def test_names_of_constants_differ_where_there_are_several() -> None:
    assert known(POST)["post"]["prefix"] == ""
    assert known(*BLOG)["post"]["prefix"] == "POST_"


def find(connection: sqlite3.Connection, each: Mapping[str, Any], id_: int) -> set[int]:
    """Return the ids of the entries at the end of all ways down from an entry."""
    child = each["child"]["plural"]
    found = set()
    for way in each["ways"]:
        query = f'"{way["model"]["plural"]}"."{way["column"]}" = ?'
        table = way["model"]["plural"]
        for join in reversed(way["joins"]):
            query = f'"{join["name"]}_id" IN (SELECT id FROM "{table}" WHERE {query})'  # noqa: S608 -- names of ours
            table = join["model"]["plural"]
        query = f'SELECT id FROM "{child}" WHERE {query}'  # noqa: S608 -- as above
        found |= {row[0] for row in connection.execute(query, (id_,))}
    return found


def build(files: Mapping[str, str], resources: Sequence[Mapping[str, Any]]) -> Any:
    """Return a database with the tables and the seeds of a project."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(f"PRAGMA foreign_keys = ON; {files['myproj/schema.sql']}")
    for resource in resources:
        entries = json.loads(files[f"myproj/{resource['plural']}/seed.json"])
        for entry in entries:
            columns = ", ".join(f'"{name}"' for name in entry)
            connection.execute(
                f'INSERT INTO "{resource["plural"]}" ({columns}) '  # noqa: S608 -- as above
                f"VALUES ({', '.join('?' * len(entry))})",
                list(entry.values()),
            )
    return connection


@settings(max_examples=60)
@given(st.sampled_from(list(GRAPHS.values())) | graphs())
def test_resources_are_refused_or_render_compile_and_migrate(
    bottle: Framework, texts: list[str]
) -> None:
    """What keeps an entry, and what goes along with it, is what the database says too."""
    try:
        answers = parse_answers(bottle, name="myproj", resource=texts)
    except ResourceRefusedError:
        return
    values = template_values(bottle, answers)
    resources = values["_resources"]
    rendered = render(bottle, answers, values, tidy=False)
    files = {file.path: file.content.decode() for file in rendered}

    for path, content in files.items():
        if path.endswith(".py"):
            exec(compile(content, path, "exec"), {})  # noqa: S102 -- rendered here
    connection = build(files, resources)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for resource in resources:
        for id_ in (1, 2, 3):
            kept = any(find(connection, each, id_) for each in resource["blockers"])
            gone = {
                (each["child"]["plural"], found)
                for each in resource["followers"]
                for found in find(connection, each, id_)
            }
            connection.execute("BEGIN")
            before = everything(connection, resources)
            delete = f'DELETE FROM "{resource["plural"]}" WHERE id = ?'  # noqa: S608
            try:
                connection.execute(delete, (id_,))
            except sqlite3.IntegrityError:
                assert kept
            else:
                own = (resource["plural"], id_)
                assert before - everything(connection, resources) == {own, *gone}
            connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize(
    "name",
    [name for name in framework_names(REAL) if load_framework(REAL, name).relations],
)
def test_every_framework_refuses_resources_or_writes_whole_code(
    name: str, tmp_path: Path
) -> None:
    """Refused before anything is written; what is written compiles, and lacks no name."""
    written = []

    @settings(max_examples=6)
    @given(st.sampled_from(list(GRAPHS.values())) | graphs())
    def check(texts: list[str]) -> None:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        try:
            project = generate(
                *(name, "x"),
                resource=texts,
                output_dir=folder,
                git=False,
                templates=REAL,
            )
        except ResourceRefusedError:
            assert list(folder.iterdir()) == []
            return
        written.append(project)
        for path in project.path.rglob("*.py"):
            compile(path.read_bytes(), path, "exec")

    check()
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--isolated", "--no-cache", "--select=E9,F", "--quiet"]
    done = subprocess.run(
        [*command, "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert written
    assert done.stdout == ""


def everything(
    connection: sqlite3.Connection, resources: Sequence[Mapping[str, Any]]
) -> set[tuple[str, int]]:
    return {
        (resource["plural"], row[0])
        for resource in resources
        for row in connection.execute(f'SELECT id FROM "{resource["plural"]}"')  # noqa: S608
    }


def bake(bottle: Framework, texts: list[str]) -> Project:
    templates = bottle.path.parent
    return generate(
        "bottle", "myproj", resource=texts, templates=templates, dry_run=True
    )


def test_generates_a_package_for_each(folder: Path, bottle: Framework) -> None:
    project = bake(bottle, BLOG)
    files = {file.path: file.content.decode() for file in project.files}

    assert len(files) == len({**FILES, **RELATED}) + 3
    assert "post_id: int" in files["myproj/comments/models.py"]
    assert "Keeps track of posts and comments." in files["README.md"]
    assert project.keeps == "posts and comments"


def test_what_one_resource_gives_does_not_depend_on_its_form(
    folder: Path, bottle: Framework
) -> None:
    alone = generate("bottle", "myproj", resource="wine title:str", dry_run=True)
    listed = generate("bottle", "myproj", resource=["wine title:str"], dry_run=True)

    assert alone.files[1:] == listed.files[1:]


def test_a_project_records_several(
    run: Run, folder: Path, bottle: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(bottle.path.parent))
    file = folder / "answers.toml"
    file.write_text(
        f"[tool.scaffold]\nresource = {json.dumps(BLOG)}\n", encoding="utf-8"
    )

    assert recorded(file, bottle)["resource"] == BLOG
    assert run("bottle", "one", "--config", str(file)).code == 0
    assert run("bottle", "two", "-r", COMMENT, "-r", POST).code == 0
    same = [
        {
            path.relative_to(folder / name).as_posix().replace(name, "X")
            for path in (folder / name).rglob("*")
            if ".git" not in path.parts
        }
        for name in ("one", "two")
    ]
    assert same[0] == same[1]


@pytest.mark.parametrize("name", framework_names(REAL))
def test_what_a_project_records_is_read_back(name: str, tmp_path: Path) -> None:
    read_as = load_framework(REAL, name)
    able = {**read_as.settings, "_relations": True}
    framework = Framework(name, read_as.path, able)
    texts = ["wine title:str", "grape/grapes name:str"]
    answers = parse_answers(framework, name="myproj", resource=texts)
    record = template_values(framework, answers)["__record"]
    file = tmp_path / "pyproject.toml"
    file.write_text(f"[tool.scaffold]\n{record}", encoding="utf-8")
    read = recorded(file, framework)

    assert read.pop("framework") == name
    assert parse_answers(framework, **read) == replace(
        answers,
        description=read["description"],
        author=read["author"],
        options=tuple((each.key, each.default) for each in framework.options),
    )


def test_says_what_several_are(run: Run) -> None:
    assert "an app that keeps posts and comments: " in run(
        "bottle", "x", "-r", POST, "-r", COMMENT
    ).out.replace("\n", " ")


def test_a_framework_that_keeps_one_says_which_keep_several(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    write_starter(templates)
    write_starter(
        templates,
        name="anvil",
        _relations=False,
        _framework={"title": "Anvil", "known_for": "", "hired_for": ""},
    )
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(templates))

    for arguments in (["-r", POST, "-r", COMMENT], ["-r", COMMENT]):
        result = run("anvil", "x", *arguments)
        assert (result.code, result.err) == (
            2,
            "scaffold: the Anvil starter keeps one resource, and takes no `ref`\n"
            "help: several may be kept with Bottle\n",
        )
    assert run("anvil", "x", "-r", "note body:text").code == 2
    assert list(folder.iterdir()) == []
    assert "FIELD:ref" in " ".join(run("bottle", "--help").out.split())
    assert "FIELD:ref" not in run("anvil", "--help").out
    assert "Several resources, and ref" in run("list").out


def test_no_resource_at_all_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="no resource is given"):
        generate("bottle", "x", resource=[])
