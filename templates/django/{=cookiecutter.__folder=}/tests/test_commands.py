#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Commands: `python manage.py seed`, and what `manage.py` says."""

import runpy
#% if cookiecutter._several
from typing import Any
#% endif
from unittest.mock import MagicMock

import pytest
from django.conf import settings
from django.core.management import {= "CommandError, " if cookiecutter._several =}call_command
from django.db import OperationalError

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
#% for each in resources
from {= package =}.{= each.plural =}.models import {= each.class_name =}
{! endfor !}

pytestmark = pytest.mark.django_db


def test_seeds_once({! for _ in cookiecutter.__accounts | select !}user: User, {! endfor !}capsys: pytest.CaptureFixture[str]) -> None:
#% if cookiecutter._several
    models: tuple[Any, ...] = ({! for each in resources !}{= each.class_name =}{= ", " if not loop.last =}{! endfor !})
    call_command("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})
    assert capsys.readouterr().out.count(" added: 3.\n") == len(models)
    with pytest.raises(CommandError, match=r"^There are entries already\.$"):
        call_command("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})

    for model in models:
        assert model.objects.count() == 3
        for entry in model.objects.all():
            entry.full_clean()
#% for _ in cookiecutter.__accounts | select
            assert entry.owner == user
#% endfor
#% else
    call_command("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})
    count = {= resource.class_name =}.objects.count()
    call_command("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})

    assert capsys.readouterr().out == f"{= resource.title_plural =} added: {count}.\n{= resource.title_plural =} added: 0.\n"
    assert {= resource.class_name =}.objects.count() == count > 0
    for {= resource.name =} in {= resource.class_name =}.objects.all():
        {= resource.name =}.full_clean()
#% for _ in cookiecutter.__accounts | select
        assert {= resource.name =}.owner == user
#% endfor
{! endif !}


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
