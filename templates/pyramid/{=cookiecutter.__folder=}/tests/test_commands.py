#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""The commands: create-user, change-password and seed."""

import io
from collections.abc import Callable

import pytest
from pyramid.router import Router
from pyramid.scripting import prepare
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import {= package =}.__main__ as commands
from {= package =}.accounts.service import authenticate
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
from tests.browser import PASSWORD

Run = Callable[..., str]


@pytest.fixture
def run(
    app: Router, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return a function that runs a command, and returns what it says."""
    monkeypatch.setattr(
        commands, "bootstrap", lambda uri: prepare(registry=app.registry)
    )

    def run(*arguments: str, given: str = "", typed: tuple[str, ...] = ()) -> str:
        passwords = iter(typed)
        stdin = io.StringIO(given)
        monkeypatch.setattr(stdin, "isatty", lambda: bool(typed))
        monkeypatch.setattr("sys.stdin", stdin)
        monkeypatch.setattr(commands, "getpass", lambda prompt: next(passwords))
        commands.main(arguments)
        return capsys.readouterr().out

    return run


def test_makes_an_account(session: Session, run: Run) -> None:
    said = run("create-user", " ada ", typed=(PASSWORD, PASSWORD))

    assert said == "ada has an account now.\n"
    assert authenticate(session, "ada", PASSWORD)


def test_reads_the_password_from_standard_input(session: Session, run: Run) -> None:
    run("create-user", "ada", given=f"{PASSWORD}\n")

    assert authenticate(session, "ada", PASSWORD)
    with pytest.raises(SystemExit, match=r"^ada has an account already\.$"):
        run("create-user", "ada", given=PASSWORD)


@pytest.mark.parametrize(
    ("name", "passwords", "reason"),
    [
        ("ada", ("short", "short"), "at least 8 characters"),
        ("ada", (PASSWORD, "another one"), "differ"),
        ("ada", ("password1", "password1"), "too easy to guess"),
        ("x" * 151, (PASSWORD, PASSWORD), "at most 150 characters"),
    ],
)
def test_refuses_a_bad_account(
    session: Session, run: Run, name: str, passwords: tuple[str, str], reason: str
) -> None:
    with pytest.raises(SystemExit, match=reason):
        run("create-user", name, typed=passwords)

    assert not authenticate(session, name, passwords[0])


def test_changes_a_password(session: Session, run: Run) -> None:
    run("create-user", "ada", given=PASSWORD)
    said = run("change-password", "ada", given="another horse")

    assert said == "ada has a new password now.\n"
    assert not authenticate(session, "ada", PASSWORD)
    assert authenticate(session, "ada", "another horse")
    with pytest.raises(SystemExit, match=r"^bob has no account\.$"):
        run("change-password", "bob", given=PASSWORD)


def test_seeds_once(session: Session, run: Run) -> None:
    run("create-user", "ada", given=PASSWORD)
#% if resources | length > 1
    said = run("seed", "ada")
    with pytest.raises(SystemExit, match=r"^There are entries already\.$"):
        run("seed", "ada")

    assert said == "{! for each in resources !}{= each.title_plural =} added: 3.\n{! endfor !}"
    for model in ({! for each in resources !}{= each.class_name =}{= ", " if not loop.last =}{! endfor !}):
        assert session.scalar(select(func.count()).select_from(model)) == 3
#% else
    first, second = run("seed", "ada"), run("seed", "ada")
    count = session.scalar(select(func.count()).select_from({= resource.class_name =}))

    assert count
    assert first == f"{= resource.title_plural =} added: {count}.\n"
    assert second == "{= resource.title_plural =} added: 0.\n"
{! endif !}


def test_seeding_needs_an_account(session: Session, run: Run) -> None:
    with pytest.raises(SystemExit, match=r"^ada has no account\.$"):
        run("seed", "ada")


def test_says_to_migrate_first(
    make_app: Callable[..., Router],
    monkeypatch: pytest.MonkeyPatch,
    empty_database: str,
) -> None:
    app = make_app(database_url=empty_database)
    monkeypatch.setattr(
        commands, "bootstrap", lambda uri: prepare(registry=app.registry)
    )
    with pytest.raises(
        SystemExit, match=r"^The database has no tables .* upgrade head$"
    ):
        commands.main(["seed", "ada"])
