#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The commands."""

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from {= package =} import create_app
from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.settings import Settings

from .browser import PASSWORD, Browser


def test_makes_an_account(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def prompt(_text: str, **options: object) -> str:
        asked.append(options)
        return "nanoseconds"

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    made = app.test_cli_runner().invoke(args=["create-user", "grace"])

    assert made.output == "grace has an account now.\n"
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]
    assert visitor.sign_in("grace", "nanoseconds").status_code == 302


def test_reads_the_password_from_standard_input(app: Flask, visitor: Browser) -> None:
    made = app.test_cli_runner().invoke(
        args=["create-user", "grace"], input="nanoseconds\nand more\n"
    )

    assert made.output == "grace has an account now.\n"
    assert visitor.sign_in("grace", "nanoseconds").status_code == 302


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("ada", "nanoseconds", "ada has an account already."),
        (" ", "nanoseconds", "must not be blank"),
        ("grace", "short", "at least 8 characters"),
        ("grace", "password1", "too easy to guess"),
    ],
)
def test_refuses_a_bad_account(
    app: Flask, session: Session, name: str, password: str, reason: str
) -> None:
    refused = app.test_cli_runner().invoke(args=["create-user", name], input=password)

    assert refused.exit_code == 1
    assert reason in refused.output
    assert session.scalars(select(User.username)).all() == ["ada"]


@pytest.mark.usefixtures("user")
def test_changes_a_password(app: Flask, visitor: Browser) -> None:
    runner = app.test_cli_runner()
    changed = runner.invoke(args=["change-password", "ada"], input="nanoseconds\n")
    unknown = runner.invoke(args=["change-password", "eve"], input="nanoseconds\n")

    assert changed.output == "ada has a new password now.\n"
    assert (unknown.exit_code, unknown.output) == (1, "Error: eve has no account.\n")
    assert visitor.sign_in("ada", PASSWORD).status_code == 422
    assert visitor.sign_in("ada", "nanoseconds").status_code == 302


@pytest.mark.usefixtures("user")
def test_seeds_once(app: Flask, client: FlaskClient{= ", session: Session" if resources | length == 1 =}) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["seed", "ada"])
#% if resources | length == 1
    total = session.scalar(select(func.count({= resource.class_name =}.id)))
    again = runner.invoke(args=["seed", "ada"])

    assert total
    assert first.output == f"{= resource.title_plural =} added: {total}.\n"
    assert again.output == "{= resource.title_plural =} added: 0.\n"
    entries = client.get("/api/{= resource.url =}").get_json()["items"]
    assert {entry["owner"] for entry in entries} == {"ada"}
#% else
    again = runner.invoke(args=["seed", "ada"])

    assert first.output == "{! for each in resources !}{= each.title_plural =} added: 3.\n{! endfor !}"
    assert again.output == "Error: There are entries already.\n"
    for url in ({! for each in resources !}"{= each.url =}"{= ", " if not loop.last =}{! endfor !}):
        entries = client.get(f"/api/{url}").get_json()["items"]
        assert [entry["owner"] for entry in entries] == ["ada"] * 3
{! endif !}


def test_seeding_needs_an_account(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(args=["seed", "eve"])

    assert (refused.exit_code, refused.output) == (1, "Error: eve has no account.\n")


@pytest.mark.parametrize("command", ["create-user", "change-password", "seed"])
def test_says_to_migrate_first(
    settings: Settings, empty_database: str, command: str
) -> None:
    app = create_app(settings.model_copy(update={"database_url": empty_database}))
    refused = app.test_cli_runner().invoke(args=[command, "ada"], input="nanoseconds")

    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert "Run: alembic upgrade head" in refused.output
    app.extensions["engine"].dispose()
