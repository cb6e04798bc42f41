#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
#% set package = cookiecutter.__package
"""Commands: a few {= resource.label_plural =} to begin with."""

from collections.abc import Callable

import pytest
from click import testing
from sqlalchemy import select
from sqlalchemy.orm import Session

#% for each in resources
from {= package =}.{= each.plural =}.models import {= each.class_name =}
#% endfor
from {= package =}.settings import Settings

Run = Callable[..., testing.Result]


#% for _ in cookiecutter.__accounts | select
@pytest.mark.usefixtures("user")
#% endfor
def test_seeds_once(run: Run, session: Session) -> None:
    """Seeding adds a few {= cookiecutter._keeps =}, unless there are any."""
    first, second = run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !}), run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})

#% if cookiecutter._several
    assert first.output == "{! for each in resources !}{= each.title_plural =} added: 3.\n{! endfor !}"
    assert second.output == "Error: There are entries already.\n"
#% for each in resources
    assert len(session.scalars(select({= each.class_name =})).all()) == 3
#% endfor
#% else
    found = session.scalars(select({= resource.class_name =})).all()
    assert first.output == f"{= resource.title_plural =} added: {len(found)}.\n"
    assert second.output == "{= resource.title_plural =} added: 0.\n"
    assert len(found) > 0
#% for _ in cookiecutter.__accounts | select
    assert {entry.owner.username for entry in found} == {"ada"}
#% endfor
{! endif !}


@pytest.mark.parametrize("command", [{! for _ in cookiecutter.__accounts | select !}"create-user", "change-password", {! endfor !}"seed"])
def test_says_to_migrate_first(
    run: Run,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    empty_database: str,
    command: str,
) -> None:
    """Without tables, one line says what to do."""
    monkeypatch.setattr(settings, "database_url", empty_database)

    result = run(command, {! for _ in cookiecutter.__accounts | select !}"ada", {! endfor !}typed="a good one\n")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "alembic upgrade head" in result.output
    assert result.output.count("\n") == 1
