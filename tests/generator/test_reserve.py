"""scripts/reserve.py: which words would be a name that the starter has already."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def reserve() -> ModuleType:
    """Return the script."""
    spec = importlib.util.spec_from_file_location(
        "reserve", ROOT / "scripts/reserve.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def word_of(reserve: ModuleType, name: str) -> object:
    """Return the pattern of the word that is in a name."""
    patterns = (reserve.SINGULAR_WORD, reserve.PLURAL_WORD)
    return next(pattern for pattern in patterns if pattern.search(name))


@pytest.mark.parametrize(
    ("ours", "other", "word"),
    [
        ("quokka", "session", "session"),
        ("create_quokka", "create_token", "token"),
        ("quagga_page", "login_page", "login"),
        ("Quokka", "Path", "path"),
        ("QuokkaForm", "SignUpForm", "sign_up"),
        ("QUOKKA_COUNT", "USER_COUNT", "user"),
    ],
)
def test_a_word_that_would_be_another_name_clashes(
    reserve: ModuleType, ours: str, other: str, word: str
) -> None:
    assert set(reserve.clashes([{ours, other}], word_of(reserve, ours))) == {word}


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ("quokka", "Path"),
        ("Quokka", "path"),
        ("Quokka", "URL"),
        ("QuokkaForm", "Form"),
        ("create_quokka", "read_token"),
        ("quokka", "quagga"),
        ("quokka", "numbat3"),
    ],
)
def test_no_word_makes_one_name_of_two_others(
    reserve: ModuleType, ours: str, other: str
) -> None:
    words = set(reserve.clashes([{ours, other}], word_of(reserve, ours))) - {""}

    assert words == set()


def test_names_are_compared_where_they_meet(
    reserve: ModuleType, tmp_path: Path
) -> None:
    package = tmp_path / "wombat"
    (package / "quagga").mkdir(parents=True)
    (package / "accounts").mkdir()
    (package / "views.py").write_text(
        "import far\n"
        "\n"
        "def show(request, quokka):\n"
        "    def inner():\n"
        "        return near(quokka)\n"
        "    return render(page=1, quokka=inner)\n"
        "\n"
        "class Form:\n"
        "    numbat1: Line\n"
        "    def clean(self): return elsewhere\n"
        "\n"
        "def render(template, **values):\n"
        "    return values\n"
    )
    (package / "base.html").write_text("{{ user.name|title }}")
    (package / "list.html").write_text(
        '{% extends "base.html" %}{% for quokka in quagga %}{{ loop.index }}{% endfor %}'
    )
    (package / "django.html").write_text(
        '{% load static %}{% url "x" quokka.pk %}{{ perms }}'
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(
        "import pytest\n\n@pytest.fixture\ndef cash(quokka): ...\n"
        "@pytest.mark.parametrize('case', [1])\n"
        "def test_it(client, case): ...\ndef helper(other): ...\n"
    )
    scopes = list(reserve.scopes(tmp_path))

    resources = set(reserve.clashes(scopes, reserve.SINGULAR_WORD))
    plurals = set(reserve.clashes(scopes, reserve.PLURAL_WORD))
    fields = set(reserve.clashes(scopes, reserve.FIELD_WORD))

    assert resources == {
        *("request", "inner", "near", "render", "page", "template"),  # a function's
        *("block", "forloop", "perms", "static", "user"),  # templates'
        *("loop", "self", "super"),  # Jinja's
        "client",  # a fixture
    }
    assert {"accounts", "views"} < plurals
    assert fields == {"clean"}


def test_a_reference_is_compared_with_what_stands_beside_it(
    reserve: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "service.py").write_text(
        "def save(session, quokka):\n"
        "    quoll1 = session.get(quokka.quoll1_id)\n"
        "    owner_id = None\n"
    )
    (tmp_path / "tests").mkdir()
    scopes = list(reserve.scopes(tmp_path))

    references = set(reserve.clashes(scopes, reserve.REFERENCE_WORD))

    assert references == {"session", "owner_id"}
    assert set(reserve.clashes(scopes, reserve.FIELD_WORD)) == set()


def test_only_what_could_be_a_name_is_kept(reserve: ModuleType) -> None:
    assert reserve.is_name_for_a_project("pluggy")
    assert not reserve.is_name_for_a_project("_pytest")
    assert not reserve.is_name_for_a_project("json")
    assert reserve.is_word("get_object_or_404")
    assert not reserve.is_word("test_nobody_ever_calls_it_so")
    assert not reserve.is_word("__init__")
    assert reserve.normalized("Zope.SQLAlchemy") == "zope_sqlalchemy"


def test_what_a_class_inherits_counts(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        inside = importlib.import_module("reserve_inside")
    finally:
        sys.path.remove(str(ROOT / "scripts"))

    class Base:
        def save(self) -> None: ...

    class Entry(Base):
        title = ""

    assert {"title", "save", "mro"} <= inside.attributes(Entry)
    assert "pytest" in inside.brought()["pytest"]
