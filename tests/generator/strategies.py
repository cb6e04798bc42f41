"""Hypothesis strategies for what users write."""

from hypothesis import strategies as st

from scaffold.errors import ResourceRefusedError
from scaffold.kinds import TYPES
from scaffold.resources import (
    NEVER_UNIQUE,
    Resource,
    parse_resource,
)

words = st.text("abcxyz019", min_size=1, max_size=6)
names = st.lists(words, min_size=1, max_size=3).map(lambda parts: f"a{'_'.join(parts)}")
values = st.text("abc019_-", max_size=6).map(lambda text: f"x{text}")
choices = st.lists(values, min_size=2, max_size=5, unique=True)


@st.composite
def fields(draw: st.DrawFn, name: str) -> str:
    """Return a field as a user writes it."""
    kind = draw(st.sampled_from(TYPES))
    parts = [name, kind]
    if kind == "choice":
        parts.append(",".join(draw(choices)))
    if draw(st.booleans()):
        parts.append("optional")
    if kind not in NEVER_UNIQUE and draw(st.booleans()):
        parts.append("unique")
    return ":".join(parts)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a resource as a user writes it, most often a good one."""
    name = draw(st.sampled_from(["book", "person", "news", "hour"]) | names)
    title, *others = draw(st.lists(names, min_size=1, max_size=8, unique=True))
    plural = draw(st.just("") | names.map(lambda plural: f"/{plural}"))
    lines = [
        f"{name}{plural}",
        f"{title}:str",
        *(draw(fields(other)) for other in others),
    ]
    return " ".join(lines)


def _is_good(text: str) -> bool:
    try:
        parse_resource(text)
    except ResourceRefusedError:
        return False
    return True


def resources() -> st.SearchStrategy[Resource]:
    """Return resources of every kind."""
    return texts().filter(_is_good).map(parse_resource)


NOUNS = ["author", "book", "comment", "country", "loan", "news", "person", "post"]
NOUNS += ["review", "task", "team", "wine", "album", "song"]


@st.composite
def graphs(draw: st.DrawFn) -> list[str]:
    """Return resources as a user writes them, which refer to each other; often good ones."""
    nouns = draw(st.lists(st.sampled_from(NOUNS), min_size=1, max_size=12, unique=True))
    wild = draw(st.booleans())  # Any order of references, so that many are refused.
    written = []
    for number, noun in enumerate(nouns):
        titles = ["name:str", "title:str", "body:text", "day:date", "at:datetime", ""]
        fields = [draw(st.sampled_from(titles))]
        others = draw(
            st.lists(fields_of(nouns if wild else nouns[:number]), max_size=4)
        )
        fields += {other.partition(":")[0]: other for other in others}.values()
        if not any(fields):
            fields.append("count:int")
        written.append(" ".join(filter(None, (noun, *fields))))
    return draw(st.permutations(written))


def fields_of(nouns: list[str]) -> st.SearchStrategy[str]:
    """Return references to these resources, and a few other fields."""
    plain = st.sampled_from(
        [
            "note:text",
            "pages:int:optional",
            "code:str:unique",
            "posts:int",
            "state:bool",
        ]
    )
    if not nouns:
        return plain
    named = st.sampled_from(["", "first", "second", "post"])
    modifiers = st.lists(
        st.sampled_from(["optional", "unique", "cascade"]), max_size=2, unique=True
    )
    return plain | st.builds(
        lambda target, name, parts: ":".join(
            [name or target, "ref", *([target] if name else []), *parts]
        ),
        st.sampled_from(nouns),
        named,
        modifiers,
    )
