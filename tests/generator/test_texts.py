"""Free text: what is refused at the door, and that the rest comes back unchanged."""

import ast
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scaffold.errors import TextRefusedError
from scaffold.frameworks import Framework, load_framework
from scaffold.render import complete
from scaffold.texts import parse_author, parse_email, parse_text

TEMPLATES = Path(__file__).parents[2] / "templates"
FRAMEWORKS = sorted(path.parent.name for path in TEMPLATES.glob("*/cookiecutter.json"))


def accepted(text: str) -> bool:
    try:
        return parse_text(text, what="description") == text
    except TextRefusedError:
        return False


good_texts = st.text(max_size=200).filter(accepted)


@pytest.mark.parametrize(
    ("character", "reason"),
    [
        ("\0", "a control character (U+0000)"),
        ("\t", "a control character (U+0009)"),
        ("\n", "a line break (U+000A)"),
        ("\r", "a line break (U+000D)"),
        ("\x1b", "a control character (U+001B)"),
        ("\x7f", "a control character (U+007F)"),
        ("\x85", "a line break (U+0085)"),
        ("\x9b", "a control character (U+009B)"),
        ("\u2028", "a line break (U+2028)"),
        ("\u2029", "a line break (U+2029)"),
        ("\u202e", "a mark that reorders the text around it (U+202E)"),
        ("\ud800", "half of a character (a lone surrogate) (U+D800)"),
        ("\ufdd0", "a code that is no character (U+FDD0)"),
        ("\ufeff", "a code that is no character (U+FEFF)"),
        ("\uffff", "a code that is no character (U+FFFF)"),
        ("\U0010fffe", "a code that is no character (U+10FFFE)"),
    ],
)
def test_refuses_what_no_file_carries_safely(character: str, reason: str) -> None:
    with pytest.raises(TextRefusedError) as refusal:
        parse_text(f"a{character}b", what="description")

    assert refusal.value.message == f"the description holds {reason}"
    assert refusal.value.help == "leave it out, and write one line"


def test_refuses_what_is_too_long() -> None:
    assert parse_text("x" * 200, what="description") == "x" * 200
    assert parse_author("x" * 100) == "x" * 100
    with pytest.raises(
        TextRefusedError, match="has 201 characters, and 200 is the most"
    ):
        parse_text("x" * 201, what="description")
    with pytest.raises(
        TextRefusedError, match="has 101 characters, and 100 is the most"
    ):
        parse_author("x" * 101)


@pytest.mark.parametrize("text", ["", "ada@example.com", "a.b+c@mail.example.co"])
def test_takes_plain_addresses(text: str) -> None:
    assert parse_email(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ada",
        "@x.org",
        "ada@",
        "a b@x.org",
        "ada@localhost",
        "ä@x.org",
        "a@x..org",
        "a@-x.org",
        "<a@x.org>",
        'a"@x.org',
        "a@x.org\n",
        "a@" + "x" * 250 + ".org",
    ],
)
def test_refuses_what_is_no_plain_address(text: str) -> None:
    with pytest.raises(TextRefusedError, match="is no plain e-mail address"):
        parse_email(text)


@pytest.fixture(scope="module", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> Framework:
    return load_framework(TEMPLATES, request.param)


def test_literals_come_back_from_every_format(framework: Framework) -> None:
    keys = ("description", "__description_literal", "_jinja2_env_vars")
    small = Framework(
        "x", framework.path, {key: framework.settings[key] for key in keys}
    )

    @settings(max_examples=50)
    @given(good_texts)
    @example(
        'O\'Brien "Bob" \\ {{7*7}} {= 7*7 =} {% x %} {! x !} {# #} #% if x ${{ x }}'
    )
    @example("\\")
    @example('"\\"')
    @example("\xa0\u3000\U0001f600 e\u0301 \u05d0")
    def check(text: str) -> None:
        values: dict[str, Any] = complete(small, {"description": text})
        literal = values["__description_literal"]

        assert tomllib.loads(f"x = {literal}")["x"] == text
        assert yaml.safe_load(f"x: {literal}")["x"] == text
        assert json.loads(literal) == text
        assert ast.literal_eval(literal) == text

    check()
