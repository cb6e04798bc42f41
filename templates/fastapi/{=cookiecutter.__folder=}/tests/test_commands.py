#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Commands: accounts, their passwords, and a few {= resource.label_plural =}."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from {= package =} import __main__ as commands
from {= package =}.accounts import service
from {= package =}.accounts.models import User
from {= package =}.settings import Settings
from tests.browser import PASSWORD

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command on the application's database."""
    monkeypatch.setattr(commands, "load_settings", lambda: settings)

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(commands.main, arguments, input=typed)

    return run


def is_password(session: Session, username: str, password: str) -> bool:
    """Tell whether an account has this password."""
    user = service.find_user(session, username)
    assert user
    return service.password_hash.verify(password, user.password_hash)


def test_makes_an_account(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the password is asked for twice, and never shown."""
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(commands, "sys", terminal)

    result = run("create-user", "grace", typed="a good one\na good one\n")

    assert result.output.splitlines()[-1] == "grace has an account now."
    assert "a good one" not in result.output
    assert is_password(session, "grace", "a good one")


def test_reads_the_password_from_standard_input(run: Run, session: Session) -> None:
    """Scripts have no terminal."""
    result = run("create-user", " grace ", typed="a good one\n")

    assert result.output == "grace has an account now.\n"
    assert is_password(session, "grace", "a good one")


@pytest.mark.parametrize(
    ("username", "password", "reason"),
    [
        ("ada", "a good one", "ada has an account already."),
        (" ", "a good one", "username: "),
        ("bob", "short", "password: "),
        ("bob", "", "password: "),
    ],
)
def test_refuses_a_bad_account(
    run: Run, user: User, username: str, password: str, reason: str
) -> None:
    """A mistake is said in one line."""
    result = run("create-user", username, typed=f"{password}\n")

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {reason}")
    assert result.output.count("\n") == 1


def test_changes_a_password(run: Run, session: Session, user: User) -> None:
    """The old one is worth nothing any more."""
    result = run("change-password", "ada", typed="another good one\n")

    assert result.output == "ada has a new password now.\n"
    session.refresh(user)
    assert is_password(session, "ada", "another good one")
    assert not is_password(session, "ada", PASSWORD)
    assert run("change-password", "bob").output == "Error: bob has no account.\n"


def test_seeds_once(run: Run, client: TestClient, user: User) -> None:
    """Seeding adds a few {= cookiecutter._keeps =}, unless there are any."""
    first, second = run("seed", "ada"), run("seed", "ada")

#% if cookiecutter._several
    assert first.output == "{! for each in resources !}{= each.title_plural =} added: 3.\n{! endfor !}"
    assert second.output == "Error: There are entries already.\n"
#% for each in resources
    assert client.get("/api/{= each.url =}").json()["total"] == 3
#% endfor
#% else
    found = client.get("/api/{= resource.url =}").json()
    assert first.output == f"{= resource.title_plural =} added: {found['total']}.\n"
    assert second.output == "{= resource.title_plural =} added: 0.\n"
    assert {entry["owner"] for entry in found["items"]} == {"ada"}
{! endif !}


def test_seeding_needs_an_account(run: Run, client: TestClient) -> None:
    """Somebody has to own the entries."""
    assert run("seed", "bob").output == "Error: bob has no account.\n"
    assert client.get("/api/{= resource.url =}").json()["total"] == 0


@pytest.mark.parametrize("command", ["create-user", "change-password", "seed"])
def test_says_to_migrate_first(
    run: Run,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    empty_database: str,
    command: str,
) -> None:
    """Without tables, one line says what to do."""
    monkeypatch.setattr(settings, "database_url", empty_database)

    result = run(command, "ada", typed="a good one\n")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "alembic upgrade head" in result.output
    assert result.output.count("\n") == 1
