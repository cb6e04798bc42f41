#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""The command that adds examples."""

from collections.abc import Callable

import pytest
from pyramid.router import Router
from pyramid.scripting import prepare
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import {= package =}.__main__ as commands
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
#% for _ in cookiecutter.__accounts | select
from tests.examples import PASSWORD
{! endfor !}


def test_seeds_once(session: Session, run: Callable[..., str]) -> None:
#% for _ in cookiecutter.__accounts | select
    run("create-user", "ada", given=PASSWORD)
#% endfor
#% if resources | length > 1
    said = run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})
    with pytest.raises(SystemExit, match=r"^There are entries already\.$"):
        run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})

    assert said == "{! for each in resources !}{= each.title_plural =} added: 3.\n{! endfor !}"
    for model in ({= resources | map(attribute="class_name") | join(", ") =}):
        assert session.scalar(select(func.count()).select_from(model)) == 3
#% else
    first, second = run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !}), run("seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !})
    count = session.scalar(select(func.count()).select_from({= resource.class_name =}))

    assert count
    assert first == f"{= resource.title_plural =} added: {count}.\n"
    assert second == "{= resource.title_plural =} added: 0.\n"
{! endif !}


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
        commands.main(["seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !}])
