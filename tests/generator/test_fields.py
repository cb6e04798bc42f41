"""What templates get to know of a field: examples that hold, imports that merge."""

import ast
import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from scaffold.errors import TemplateError
from scaffold.fields import expand, merged
from scaffold.resources import DEFAULT_RESOURCE, Resource, parse_resource
from scaffold.samples import lexicon

from .strategies import resources

JINJA = {"variable_start_string": "{=", "variable_end_string": "=}"}


def expanded(text: str, table: dict[str, Any] | None = None) -> dict[str, Any]:
    return expand(parse_resource(text), table or {}, jinja=JINJA)


def field(text: str, table: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the second field of a resource whose first is its title."""
    result: dict[str, Any] = expanded(f"thing title:str {text}", table)["fields"][1]
    return result


def conforms(kind: str, value: Any, choices: list[str]) -> bool:
    """Tell whether a JSON value is good by docs/contract.md."""
    match kind:
        case "str":
            return isinstance(value, str) and 1 <= len(value.strip()) <= 200
        case "text":
            return isinstance(value, str) and 1 <= len(value.strip()) <= 10_000
        case "int":
            return type(value) is int and -(2**31) <= value < 2**31
        case "float":
            return type(value) is float and abs(value) <= 1e15
        case "decimal":
            return bool(re.fullmatch(r"-?\d{1,10}\.\d{2}", value)) and bool(
                Decimal(value)
            )
        case "bool":
            return isinstance(value, bool)
        case "date":
            return 1700 <= date.fromisoformat(value).year <= 2999
        case "time":
            return bool(time.fromisoformat(value).isoformat() == value)
        case "datetime":
            return (
                value.endswith("Z")
                and 1700 <= datetime.fromisoformat(value).year <= 2999
            )
        case "url":
            return bool(re.fullmatch(r"https://example\.com/[\w/-]+", value, re.ASCII))
        case "email":
            return bool(re.fullmatch(r"\w+@example\.com", value, re.ASCII))
        case "choice":
            return value in choices
    raise AssertionError(kind)


def test_tells_all_about_the_resource() -> None:
    resource = expanded("shopping_list name:str code:int:unique note:text:optional")
    del resource["fields"]

    assert resource == {
        "definition": "shopping_list name:str code:int:unique note:text:optional",
        "name": "shopping_list",
        "plural": "shopping_lists",
        "class_name": "ShoppingList",
        "constant": "SHOPPING_LIST",
        "prefix": "",
        "url": "shopping-lists",
        "label": "shopping list",
        "label_plural": "shopping lists",
        "title": "Shopping list",
        "title_plural": "Shopping lists",
        "article": "a",
        "title_field": "name",
        "title_kind": "str",
        "title_attribute": "name",
        "search_fields": ["name", "note"],
        "unique_fields": ["code"],
        "types": ["str", "int", "text"],
        "imports": {},
        "references": [],
        "children": [],
        "blockers": [],
        "followers": [],
        "parents": [],
        "dependents": [],
        "counted": [],
        "examples_needed": 2,
    }


def test_tells_all_about_a_field() -> None:
    assert expanded(DEFAULT_RESOURCE)["fields"][3] == {
        "name": "pages",
        "type": "int",
        "label": "Pages",
        "class_name": "Pages",
        "optional": True,
        "unique": False,
        "counted": True,
        "alone": True,
        "choices": [],
        "max_length": None,
        "step": "",
        "input": "number",
        "example": "412",
        "example_json": "412",
        "example_form": '"412"',
        "other": "341",
        "nth": "n + 1",
        "invalid": '"412"',
        "invalid_form": '"many"',
        "entries": ["412", "341", "280"],
    }


def test_labels_the_values_of_a_choice() -> None:
    choice = field("state:choice:to_read,re-read,3d")

    assert choice["choices"] == [
        {"value": "to_read", "label": "To read"},
        {"value": "re-read", "label": "Re read"},
        {"value": "3d", "label": "3d"},
    ]


def test_spells_acronyms_as_readers_do() -> None:
    assert field("isbn:str")["label"] == "ISBN"
    assert field("home_url:url")["label"] == "Home URL"


def test_calls_news_by_its_own_plural() -> None:
    news = expanded("news title:str")

    assert (news["plural"], news["label_plural"]) == ("news_items", "news")
    assert news["url"] == "news-items"


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("book", "a"),
        ("idea", "an"),
        ("umbrella", "an"),
        ("unit", "a"),
        ("euro", "a"),
        ("one_pager", "a"),
        ("house", "a"),
        ("hour", "an"),
        ("honor", "an"),
    ],
)
def test_finds_the_article(name: str, article: str) -> None:
    assert expanded(f"{name} title:str")["article"] == article


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("x:str", "text"),
        ("x:text:optional", "textarea"),
        ("x:int", "number"),
        ("x:float", "number"),
        ("x:decimal:optional", "number"),
        ("x:bool", "checkbox"),
        ("x:bool:optional", "select"),
        ("x:date", "date"),
        ("x:datetime", "datetime-local"),
        ("x:time", "time"),
        ("x:url", "url"),
        ("x:email", "email"),
        ("x:choice:a,b", "select"),
    ],
)
def test_knows_the_form_control(text: str, control: str) -> None:
    assert field(text)["input"] == control


@settings(max_examples=25)
@given(resources())
def test_examples_hold_for_every_field(resource: Resource) -> None:
    for x in expand(resource, {}, jinja=JINJA)["fields"]:
        kind = x["type"]
        choices = [choice["value"] for choice in x["choices"]]
        entries = [ast.literal_eval(entry) for entry in x["entries"]]
        example, other = ast.literal_eval(x["example"]), ast.literal_eval(x["other"])
        values = compile(f"[{x['nth']} for n in range(501)]", "nth", "eval")
        nth = eval(values)  # noqa: S307 -- our own code
        invalid = eval(x["invalid"])  # noqa: S307 -- our own code
        form = ast.literal_eval(x["example_form"])

        assert all(conforms(kind, value, choices) for value in [*entries, *nth])
        assert [example, other] == entries[:2]
        assert example != other
        assert json.loads(x["example_json"]) == example
        assert isinstance(form, str)
        if kind not in {"bool", "choice"}:
            assert len(set(entries)) == 3
            assert len(set(nth)) == 501
        if kind not in {
            "decimal",
            "date",
            "time",
            "datetime",
            "str",
            "text",
            "url",
            "email",
        }:
            assert not conforms(kind, invalid, choices)


def test_the_lexicon_holds_what_its_types_promise() -> None:
    for kind, words in lexicon().words.items():
        for values in words.values():
            assert len(set(values)) == 3
            assert all(conforms(kind, value, []) for value in values)
    for known in lexicon().catalogue.values():
        assert all(len(set(values)) == 3 for values in known.values())


def test_the_lexicon_is_easy_to_carry() -> None:
    """It needs no escape in a page, a shell or code, and fits a line of it."""
    words = lexicon()
    tables = [*words.catalogue.values(), *words.words.values(), words.about]
    for table in [*tables, words.unknown]:
        for values in table.values():
            texts = [value for value in values if isinstance(value, str)]
            assert not [text for text in texts if {*text} & {*"<>&\"'\\"}]
            assert not [text for text in texts if len(text) > 72]
    assert {*words.like.values()} <= words.catalogue.keys()
    assert not words.like.keys() & words.catalogue.keys()


@pytest.mark.parametrize(
    "noun",
    [
        "album", "beer", "board_game", "book", "bug", "chore", "coffee", "course", "event",
        "expense", "film", "game", "habit", "invoice", "issue", "item", "job", "job_application",
        "meal", "movie", "news", "note", "pet", "plant", "post", "product", "project", "recipe",
        "restaurant", "run", "series", "song", "subscription", "task", "ticket", "todo", "trip",
        "wine", "workout", "workshop",
    ],
)  # fmt: skip
def test_knows_what_people_build_apps_about(noun: str) -> None:
    """Its entries have names that such things have, and texts that are about these."""
    text = "" if noun == "album" else " body:text"
    called, *said = expanded(f"{noun} title:str{text}")["fields"]

    for field, usual in zip([called, *said], ("title", "text"), strict=False):
        entries = [ast.literal_eval(entry) for entry in field["entries"]]
        start = str(lexicon().unknown[usual][0]).partition("{}")[0]
        assert not entries[0].startswith(start), entries


def test_texts_and_addresses_of_what_nobody_knows_speak_of_it() -> None:
    fields = expanded("gadget story:text label:str link:url")["fields"]
    story, label, link = ([ast.literal_eval(x) for x in f["entries"]] for f in fields)

    assert label == ["Northwind gadget", "Bluebird gadget", "Fieldstone gadget"]
    assert all(name in text for name, text in zip(label, story, strict=True))
    assert link[1] == "https://example.com/gadgets/bluebird-gadget"


def test_two_texts_do_not_say_the_same() -> None:
    _, one, two = expanded("plant name:str care:text story:text")["fields"]

    assert not {*one["entries"]} & {*two["entries"]}


@pytest.mark.parametrize("kind", ["date", "datetime", "time"])
def test_what_ends_has_begun(kind: str) -> None:
    fields = expanded(f"thing name:str starts:{kind} ends:{kind}")["fields"]
    starts, ends = ([ast.literal_eval(x) for x in f["entries"]] for f in fields[1:])

    assert all(start < end for start, end in zip(starts, ends, strict=True))


def test_people_were_born_when_they_were() -> None:
    assert expanded("person name:str born:date")["fields"][1]["entries"] == [
        '"1815-12-10"',
        '"1912-06-23"',
        '"1906-12-09"',
    ]


@pytest.mark.parametrize(
    ("text", "name", "first"),
    [
        ("book title:str", "title", "Dune"),
        ("person name:str", "name", "Ada Lovelace"),
        ("city_theory name:str", "name", "Northwind city theory"),
        ("city_visitor name:str", "name", "Ada Lovelace"),
        ("wine title:str", "title", "Vinho Verde"),
        ("wine title:str vintage:int", "vintage", 2024),
        ("red_wine label:str", "label", "Vinho Verde"),
        ("thing title:str year:int", "year", 2019),
        ("task title:str due_on:date", "due_on", "2026-12-04"),
        ("task title:str due_at:datetime", "due_at", "2026-12-04T18:30:00Z"),
        ("thing title:str next_due_date:date", "next_due_date", "2026-12-11"),
        ("thing title:str paid_at:datetime", "paid_at", "2026-10-05T18:30:00Z"),
        ("song title:str link:url", "link", "https://example.com/songs/so-what"),
        ("wine title:str lead_author:str", "lead_author", "Ada Lovelace"),
        ("book title:str pages:float", "pages", 2.5),
        ("wine title:str xylem:str", "xylem", "Xylem one"),
    ],
)
def test_invents_believable_entries(text: str, name: str, first: object) -> None:
    fields = {x["name"]: x for x in expanded(text)["fields"]}

    assert ast.literal_eval(fields[name]["entries"][0]) == first


def test_a_framework_adds_what_it_writes_for_a_type() -> None:
    table = {
        "all": {"column": "Any", "nested": {"a": ["{= resource.name =}"]}, "number": 3},
        "int": {"column": "Integer{= '?' if field.optional =}"},
    }

    assert field("x:str", table)["column"] == "Any"
    assert field("x:int:optional", table)["column"] == "Integer?"
    assert field("x:int", table)["nested"] == {"a": ["thing"]}
    assert field("x:int", table)["number"] == 3


def test_imports_are_those_of_the_types_in_use() -> None:
    table = {
        "all": {"imports": {"models": ["from orm import Column"]}},
        "int": {
            "imports": {"models": ["from orm import INT, Integer"], "api": ["{= '' =}"]}
        },
        "date": {"imports": {"models": ["import datetime"], "forms": ["import x"]}},
    }
    imports = expanded("thing title:str n:int", table)["imports"]

    assert imports == {
        "models": ["from orm import INT, Column, Integer"],
        "api": [],
        "forms": [],
    }


def test_merges_imports_in_the_order_of_the_linter() -> None:
    lines = [
        "from b import x, B",
        "import z",
        "from a import C",
        "from b import A_B, x",
    ]

    assert merged(lines) == ["import z", "from a import C", "from b import A_B, B, x"]


def test_a_broken_template_is_told_with_its_text() -> None:
    with pytest.raises(TemplateError, match=r"types\.toml: .*in '\{= nope =\}'"):
        field("x:int", {"int": {"column": "{= nope =}"}})


@pytest.mark.parametrize("section", [{"values": ""}, {"imports": {"values": []}}])
def test_a_key_that_jinja_would_not_find_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(TemplateError, match='"values" is a method of dict'):
        field("x:int", {"int": section})


def test_no_attribute_hides_behind_a_method_of_dict() -> None:
    resource = expanded(DEFAULT_RESOURCE)

    assert not set(dir(dict)) & {*resource, *resource["fields"][0]}
