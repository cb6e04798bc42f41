#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Commands: making accounts, and adding a few {= resource.label_plural =}."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from {= package =}.__main__ import main
from {= package =}.accounts.auth import authenticate
from {= package =}.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(app: FastAPI, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command on the application's database."""
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("DATABASE_URL", settings.database_url)

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=typed)

    return run


def test_makes_an_account(run: Run, session: Session) -> None:
    """The password is asked for twice, and never shown."""
    result = run("create-user", "grace", typed="a good one\na good one\n")

    assert result.exit_code == 0
    assert "a good one" not in result.output
    assert authenticate(session, "grace", "a good one")


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("ada", "a good one", "already"),
        (" ", "a good one", "1 to 150 characters"),
        ("x" * 151, "a good one", "1 to 150 characters"),
        ("bob", "short", "at least 8 characters"),
    ],
)
@pytest.mark.usefixtures("user")
def test_refuses_an_account(run: Run, name: str, password: str, message: str) -> None:
    """A mistake is said in one line."""
    result = run("create-user", name, typed=f"{password}\n{password}\n")

    assert result.exit_code == 1
    assert message in result.output


def test_seeds_once(run: Run, client: TestClient) -> None:
    """Seeding adds a few {= resource.label_plural =}, unless there are any."""
    assert run("seed").output == "{= resource.title_plural =} added: 3.\n"
    assert run("seed").output == "{= resource.title_plural =} added: 0.\n"

    assert client.get("/api/{= resource.url =}").json()["total"] == 3
