#% set resource = cookiecutter._resource
"""The commands: create-user and seed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import {= cookiecutter.__package =}.__main__ as commands
from {= cookiecutter.__package =} import database
from {= cookiecutter.__package =}.accounts.models import User
from {= cookiecutter.__package =}.accounts.service import authenticate
from {= cookiecutter.__package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= cookiecutter.__package =}.database import Base, create_engine
from tests.conftest import PASSWORD

CONFIG = Path(__file__).parent.parent / "production.ini"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Session]:
    """Return a session on the database that the commands use."""
    engine = create_engine(f"sqlite:///{tmp_path}/commands.sqlite3")
    monkeypatch.setattr(database, "create_engine", lambda url: engine)
    monkeypatch.setenv("SECRET_KEY", "0123456789" * 4)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, type: list[str]) -> None:
    """Run a command, and type passwords."""
    passwords = iter(type)
    monkeypatch.setattr(commands, "getpass", lambda prompt: next(passwords))
    monkeypatch.setattr(commands, "setup_logging", lambda config_uri: None)
    commands.main([str(CONFIG), *arguments])


def test_makes_an_account(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The account can sign in."""
    run(monkeypatch, "create-user", "ada", type=[PASSWORD, PASSWORD])

    assert capsys.readouterr().out == "Account made: ada.\n"
    assert authenticate(session, "ada", PASSWORD)


@pytest.mark.parametrize(
    ("name", "passwords", "reason"),
    [
        ("ada", ["short"], "too short"),
        ("ada", [PASSWORD, "another one"], "differ"),
        (" ada", [], "1 to 150 characters"),
        ("", [], "1 to 150 characters"),
    ],
)
def test_refuses_an_account(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    passwords: list[str],
    reason: str,
) -> None:
    """What is wrong is said, and nothing is written."""
    with pytest.raises(SystemExit, match=reason):
        run(monkeypatch, "create-user", name, type=passwords)

    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_refuses_a_second_account_of_one_name(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is for one account."""
    run(monkeypatch, "create-user", "ada", type=[PASSWORD, PASSWORD])
    with pytest.raises(SystemExit, match="already"):
        run(monkeypatch, "create-user", "ada", type=[])


def test_seeds_once(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The second time, there is something already."""
    run(monkeypatch, "seed", type=[])
    run(monkeypatch, "seed", type=[])

    first, second = capsys.readouterr().out.splitlines()
    assert first == "{= resource.title_plural =} added: 3."
    assert second == "{= resource.title_plural =} added: 0."
    assert session.scalar(select(func.count()).select_from({= resource.class_name =})) == 3
