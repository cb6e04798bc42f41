#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Commands: `python manage.py createuser`, `changepassword` and `seed`."""

import runpy
from io import StringIO
#% if cookiecutter._several
from typing import Any
#% endif
from unittest.mock import MagicMock

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import OperationalError

from {= package =}.accounts.models import User
#% for each in resources
from {= package =}.{= each.plural =}.models import {= each.class_name =}
#% endfor
from tests.browser import PASSWORD

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> str:
    """Run a command, and return what it prints."""
    output = StringIO()
    call_command(command, *arguments, stdout=output)
    return output.getvalue()


class Terminal(StringIO):
    """Standard input, where somebody types."""

    def isatty(self) -> bool:
        return True


def type_passwords(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    """Have these passwords typed."""
    typed = iter(passwords)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(
        "{= package =}.accounts.commands.getpass",
        lambda prompt: next(typed),
    )


def test_makes_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    type_passwords(monkeypatch, PASSWORD, PASSWORD)

    assert run("createuser", "ada") == "ada has an account now.\n"

    assert authenticate(username="ada", password=PASSWORD) == User.objects.get()
    assert not User.objects.get().is_staff
    with pytest.raises(CommandError, match=r"^ada has an account already\.$"):
        run("createuser", "ada")


def test_reads_the_password_from_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))

    run("createuser", " ada ")

    assert authenticate(username="ada", password=PASSWORD)


def test_refuses_a_bad_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        run("createuser", "ada")
    type_passwords(monkeypatch, PASSWORD, "a typing error")
    with pytest.raises(CommandError, match="differ"):
        run("createuser", "ada")

    assert not User.objects.exists()


def test_changes_a_password(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("another horse\nshort\n"))

    assert run("changepassword", "ada") == "ada has a new password now.\n"

    assert authenticate(username="ada", password="another horse")
    with pytest.raises(CommandError, match="too short"):
        run("changepassword", "ada")
    with pytest.raises(CommandError, match=r"^bob has no account\.$"):
        run("changepassword", "bob")


def test_seeds_once(user: User) -> None:
#% if cookiecutter._several
    models: tuple[Any, ...] = ({! for each in resources !}{= each.class_name =}{= ", " if not loop.last =}{! endfor !})
    assert run("seed", "ada").count(" added: 3.\n") == len(models)
    with pytest.raises(CommandError, match=r"^There are entries already\.$"):
        run("seed", "ada")

    for model in models:
        assert model.objects.count() == 3
        for entry in model.objects.all():
            entry.full_clean()
            assert entry.owner == user
#% else
    assert run("seed", "ada").startswith("{= resource.title_plural =} added: ")
    count = {= resource.class_name =}.objects.count()
    assert run("seed", "ada") == "{= resource.title_plural =} added: 0.\n"

    assert {= resource.class_name =}.objects.count() == count > 0
    for {= resource.name =} in {= resource.class_name =}.objects.all():
        {= resource.name =}.full_clean()
        assert {= resource.name =}.owner == user
{! endif !}


def test_seeding_needs_an_account() -> None:
    with pytest.raises(CommandError, match=r"^bob has no account\.$"):
        run("seed", "bob")


def test_says_to_migrate_first(monkeypatch: pytest.MonkeyPatch) -> None:
    run_anything = MagicMock(side_effect=OperationalError("no such table"))
    monkeypatch.setattr(
        "django.core.management.execute_from_command_line", run_anything
    )

    with pytest.raises(SystemExit, match=r"^no such table.*python manage\.py migrate"):
        runpy.run_path(str(settings.BASE_DIR / "manage.py"), run_name="__main__")

    monkeypatch.setattr("sys.argv", ["manage.py", "migrate"])
    with pytest.raises(SystemExit, match=r"^no such table: is the database there\?$"):
        runpy.run_path(str(settings.BASE_DIR / "manage.py"), run_name="__main__")
