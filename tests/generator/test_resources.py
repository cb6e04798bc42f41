"""The resource's grammar: what it reads, and what it refuses with which advice."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scaffold.errors import ResourceRefusedError
from scaffold.kinds import KINDS, TYPES
from scaffold.resources import (
    DEFAULT_RESOURCE,
    OTHER_WORDS,
    RESERVED_RESOURCES,
    Field,
    Resource,
    check_reserved,
    check_title,
    parse_resource,
)
from scaffold.words import plural_of

from .strategies import resources


def test_reads_names_types_and_modifiers() -> None:
    text = "recipe title:str minutes:int:optional code:str:unique:optional"

    assert parse_resource(text) == Resource(
        name="recipe",
        plural="recipes",
        fields=(
            Field(name="title", type="str"),
            Field(name="minutes", type="int", optional=True),
            Field(name="code", type="str", optional=True, unique=True),
        ),
    )


def test_reads_the_values_of_a_choice() -> None:
    resource = parse_resource("task title:str state:choice:to_do,doing,done:optional")

    assert resource.fields[1] == Field(
        name="state", type="choice", optional=True, choices=("to_do", "doing", "done")
    )


def test_reads_a_plural_of_the_users_own() -> None:
    assert parse_resource("person/persons name:str").plural == "persons"


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("book", "books"),
        ("person", "people"),
        ("category", "categories"),
        ("bus", "buses"),
        ("child", "children"),
        ("shopping_list", "shopping_lists"),
        ("todo", "todos"),
        ("news", "news_items"),
        ("series", "series_items"),
        ("sheep", "sheep_items"),
    ],
)
def test_finds_the_plural_and_always_another_word(name: str, plural: str) -> None:
    assert plural_of(name) == plural
    assert parse_resource(f"{name} title:str").plural == plural


def test_calls_an_entry_by_its_first_str() -> None:
    resource = parse_resource("film year:int name:str director:str")

    assert resource.title_field
    assert resource.title_field.name == "name"


@given(resources())
def test_writes_down_what_it_reads(resource: Resource) -> None:
    assert parse_resource(str(resource)) == resource


def test_the_default_is_written_as_it_is_read() -> None:
    assert str(parse_resource(DEFAULT_RESOURCE)) == DEFAULT_RESOURCE


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("", "the resource is empty", f'write for example "{DEFAULT_RESOURCE}"'),
        ("  \n", "the resource is empty", f'write for example "{DEFAULT_RESOURCE}"'),
        (
            "book",
            'the resource "book" has no field',
            'add at least one, for example "book title:str"',
        ),
        (
            "title:str",
            '"title:str" is a field, and a resource begins with its name',
            'write for example "book title:str"',
        ),
        (
            "books title:str",
            '"books" looks like a plural, and a resource is named in the singular',
            'write "book", or "books/PLURAL" if it is one thing',
        ),
        (
            "news/news title:str",
            'the plural of "news" must be another word, as code needs two names',
            'try "news/news_items"',
        ),
        (
            "Book title:str",
            '"Book" is no name for a resource: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            'try "book"',
        ),
        (
            "bookShelf title:str",
            '"bookShelf" is no name for a resource: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            'try "book_shelf"',
        ),
        (
            "book ma\x1bin:str",
            r'"ma\x1bin" is no name for a field: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            'try "ma_in"',
        ),
        (
            "book _:str",
            '"_" is no name for a field: names are snake_case, '
            "lower-case ASCII letters first, then digits and single underscores too",
            'write for example "title"',
        ),
        (
            f"book {'a' * 41}:str",
            f'"{"a" * 41}" is 41 characters long, and 40 is the most',
            "choose a shorter name",
        ),
        (
            "class title:str",
            '"class" is no name for a resource: it is a keyword of Python',
            'try "class_item"',
        ),
        (
            "book from:str",
            '"from" is no name for a field: it is a keyword of Python',
            'try "from_value"',
        ),
        (
            "a title:str",
            '"a" is too short for a resource: its class and its constants would '
            'both be "A"',
            'write a whole word, for example "a_item"',
        ),
        (
            "a_most_unusually_long_name_for_one_photo title:str",
            '"a_most_unusually_long_name_for_one_photos" is 41 characters long, '
            "and 40 is the most",
            "choose a shorter name",
        ),
        (
            "sqlite_file title:str",
            'a resource cannot be called "sqlite_file": SQLite keeps such names',
            'try "file"',
        ),
        (
            "point xmin:float",
            'a field cannot be called "xmin": each table of PostgreSQL has its own',
            'try "xmin_value"',
        ),
        (
            "pet name:str owner:str",
            'a field cannot be called "owner": the app has its own use for it',
            'try "keeper"',
        ),
        (
            "user name:str",
            'a resource cannot be called "user": every app has its own',
            'try "member"',
        ),
        (
            "person/users name:str",
            'a resource cannot be called "users": every app has its own',
            'try "member"',
        ),
        (
            "book id:int title:str",
            'a field cannot be called "id": the app has its own use for it',
            'try "code"',
        ),
        (
            "book created_at:date title:str",
            'a field cannot be called "created_at": the app has its own use for it',
            'try "created_at_value"',
        ),
        (
            "book title",
            'the field "title" has no type',
            f'write "title:str", or another of {", ".join(TYPES)}',
        ),
        (
            "book title:string",
            'the field "title" has the unknown type "string"',
            "write `str`",
        ),
        (
            "book title:str:required",
            'the field "title" has the unknown modifier "required"',
            "the modifiers are optional and unique",
        ),
        (
            "book title:str:",
            'the field "title" has the unknown modifier ""',
            "the modifiers are optional and unique",
        ),
        (
            "book title:str code:str:unique:unique",
            'the field "code" has the same modifier twice',
            "name each modifier once",
        ),
        (
            "book title:str body:text:unique",
            'the field "body" cannot be unique, because it is a text',
            'leave out "unique", or make it "body:str:unique"',
        ),
        (
            "book title:str state:choice",
            'the choice "state" needs two values or more',
            'write for example "state:choice:low,high"',
        ),
        (
            "book title:str state:choice:optional",
            'the choice "state" needs two values or more',
            'write for example "state:choice:low,high"',
        ),
        (
            "book title:str state:choice:a,B",
            'the choice "state" cannot have the value "B"',
            "use lower-case ASCII letters, digits, _ and -, at most 50 characters",
        ),
        (
            "book title:str state:choice:a,b,a",
            'the choice "state" has the same value twice',
            "name each value once",
        ),
        (
            "book title:str title:int",
            'the resource "book" has two fields called "title"',
            "give each field a name of its own",
        ),
        (
            "book title:str book:str",
            'the field "book" has the same name as the resource',
            'try "title" or "name"',
        ),
        (
            "book title:str:optional author:str",
            'the field "title" cannot be optional: '
            "an entry is called by the first field of type str",
            'write "title:str", or put another str before it',
        ),
        (
            "book " + " ".join(f"f{n}:str" for n in range(51)),
            "the resource has 51 fields, and 50 is the most",
            "keep what belongs together, and make the rest a resource of its own",
        ),
    ],
)
def test_refuses_what_cannot_be_generated(text: str, message: str, help: str) -> None:
    with pytest.raises(ResourceRefusedError) as refusal:
        parse_resource(text)

    assert refusal.value.message == message
    assert refusal.value.help == help


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            "book year:int note:text",
            'the resource "book" has no field to call an entry by: '
            "that is the first of type str",
            'add one, for example "title:str", or make "year" a str',
        ),
        (
            "book note:text title:str:optional",
            'the field "title" cannot be optional: '
            "an entry is called by the first field of type str",
            'write "title:str", or put another str before it',
        ),
    ],
)
def test_some_frameworks_call_every_entry_by_a_str(
    text: str, message: str, help: str
) -> None:
    with pytest.raises(ResourceRefusedError) as refusal:
        check_title(parse_resource(text))

    assert refusal.value.message == message
    assert refusal.value.help == help
    check_title(parse_resource("book note:text title:str"))


def test_takes_resources_that_only_look_like_trouble() -> None:
    for name in ("order", "group", "item", "post", "type", "match", "bus", "status"):
        assert parse_resource(f"{name} title:str").name == name


def test_every_suggestion_for_a_resource_is_free() -> None:
    for word in (
        "user",
        "account",
        "token",
        "login",
        "health",
        "api",
        "admin",
        "static",
        "signup",
    ):
        with pytest.raises(ResourceRefusedError) as refusal:
            parse_resource(f"{word} title:str")

        suggestion = refusal.value.help.removeprefix('try "').removesuffix('"')
        assert parse_resource(f"{suggestion} title:str").name == suggestion


@given(st.text(alphabet=string.printable + "é\0\u2028\ud800"))
@example("book title:str \ud800:int")
def test_refuses_whatever_it_cannot_read_in_plain_words(text: str) -> None:
    try:
        parse_resource(text)
    except ResourceRefusedError as refusal:
        lines = refusal.format_message().split("\n")
        faults = refusal.faults
    else:
        return

    assert len(lines) == (4 if text.strip() else 2) * len(faults)
    assert all(line.isprintable() for line in lines)
    assert all(0 <= fault.start <= fault.end <= len(text) for fault in faults)


def refusal(text: str) -> str:
    with pytest.raises(ResourceRefusedError) as refused:
        parse_resource(text)
    return refused.value.format_message()


def test_shows_every_fault_at_its_place() -> None:
    assert refusal("books title:string pages:int:optonal id:int") == (
        '"books" looks like a plural, and a resource is named in the singular\n'
        "    books title:string pages:int:optonal id:int\n"
        "    ^^^^^\n"
        'help: write "book", or "books/PLURAL" if it is one thing\n'
        'the field "title" has the unknown type "string"\n'
        "    books title:string pages:int:optonal id:int\n"
        "                ^^^^^^\n"
        "help: write `str`\n"
        'the field "pages" has the unknown modifier "optonal"\n'
        "    books title:string pages:int:optonal id:int\n"
        "                                 ^^^^^^^\n"
        "help: write `optional`\n"
        'a field cannot be called "id": the app has its own use for it\n'
        "    books title:string pages:int:optonal id:int\n"
        "                                         ^^\n"
        'help: try "code"'
    )


def test_a_long_text_is_shown_around_its_fault() -> None:
    many = " ".join(f"field_{number}:str" for number in range(40))
    _, line, carets, _ = refusal(f"book {many} last:nonsense and:str").split("\n")[:4]

    assert max(len(line), len(carets)) <= 4 + 74
    assert line[carets.index("^") : carets.rindex("^") + 1] == "nonsense"


def test_carets_stand_under_wide_and_unprintable_characters() -> None:
    _, line, carets, _ = refusal("book 日本:str x\x1b[2J:int").split("\n")[:4]
    assert (line, carets) == (
        "    book 日本:str x\\x1b[2J:int",
        "         ^^^^",
    )


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("book title:STR", "write `str`"),
        ("book title:String", "write `str`"),
        ("book title:varchar(200)", "write `str`"),
        ("book title:CharField", "write `str`"),
        ("book title:str pages:integer", "write `int`"),
        ("book title:str pages:bigint", "write `int`"),
        ("book title:str done:boolean", "write `bool`"),
        ("book title:str cost:money", "write `decimal`"),
        ("book title:str seen:timestamp", "write `datetime`"),
        ("photo title:str photo_file:image", "write `url`"),
        ("book title:str state:enum", "write `choice:low,high`"),
        ("book title:str state:choice(a,b)", "write `choice:low,high`"),
        ("book title:str pages:inte", "did you mean `int`?"),
        ("book title:str year:int:Optional", "write `optional`"),
        ("book title:str year:int:nullable", "write `optional`"),
        ("book title:str year:int:uniqe", "write `unique`"),
        ("book title:str, pages:int", 'write "title:str"'),
        ("book title:str,pages:int", 'write "title:str pages:int"'),
        ("book title=str", 'write "title:str"'),
        ("recipe(title:str, minutes:int)", 'write "recipe title:str minutes:int"'),
        ("recipe(title=str)", 'write "recipe title:str"'),
        ('{"recipe": {"title": "str"}}', 'write for example "book title:str'),
        ('["recipe"]', 'write for example "book title:str'),
    ],
)
def test_understands_what_was_meant(text: str, help: str) -> None:
    with pytest.raises(ResourceRefusedError) as refused:
        parse_resource(text)

    assert refused.value.help.startswith(help)
    if refused.value.help.endswith('"') and "example" not in refused.value.help:
        written = refused.value.help.removeprefix('write "').removesuffix('"')
        if " " in written and written.startswith("recipe"):
            assert parse_resource(written)


def test_every_alias_is_one_types_alone() -> None:
    aliases = [alias for kind in KINDS.values() for alias in kind.aliases]

    assert len({*aliases, *KINDS}) == len(aliases) + len(KINDS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("shelf title:str", 'the resource "shelf" has the same name as the project'),
        ("shelve/shelf title:str", 'the resource "shelf" has the same name as'),
        ("plugin title:str", 'a resource cannot be called "plugin": Bottle uses'),
        ("plug/plugin title:str", 'a resource cannot be called "plugin": Bottle uses'),
        ("book title:str hooks:int", 'a field cannot be called "hooks": Bottle uses'),
        ("book data:ref", 'a reference cannot be called "data": Bottle uses this name'),
    ],
)
def test_refuses_what_the_framework_or_the_package_uses(
    text: str, message: str
) -> None:
    resource = parse_resource(text)

    with pytest.raises(ResourceRefusedError) as refusal:
        check_reserved(
            resource,
            framework="Bottle",
            resources={"plugin"},
            fields={"hooks"},
            references={"data", "title"},
            package="shelf",
        )

    assert refusal.value.message.startswith(message)


@pytest.mark.parametrize(
    ("taken", "suggestion"),
    [({"client"}, "customer"), ({"client", "customers"}, "client_item")],
)
def test_suggests_no_resource_that_is_taken_too(
    taken: set[str], suggestion: str
) -> None:
    with pytest.raises(ResourceRefusedError) as refusal:
        check_reserved(
            parse_resource("client name:str"), framework="Bottle", resources=taken
        )

    assert refusal.value.help == f'try "{suggestion}"'


def test_suggestions_are_words_that_every_app_leaves_free() -> None:
    words = [word for word in (RESERVED_RESOURCES | OTHER_WORDS).values() if word]

    assert [parse_resource(f"{word} xx:str").name for word in words] == words
