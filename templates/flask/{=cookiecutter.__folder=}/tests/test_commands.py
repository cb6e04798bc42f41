#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The command that adds entries, and what all commands say where tables are missing."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from {= package =} import create_app
#% for each in resources
from {= package =}.{= each.plural =}.models import {= each.class_name =}
#% endfor
from {= package =}.settings import Settings

SEED = ["seed"{! for _ in cookiecutter.__accounts | select !}, "ada"{! endfor !}]


{! for _ in cookiecutter.__accounts | select !}
@pytest.mark.usefixtures("user")
{! endfor !}
def test_seeds_once(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=SEED)
    again = runner.invoke(args=SEED)
#% for each in resources
    {= each.plural =} = session.scalars(select({= each.class_name =})).all()
{! endfor !}

    assert first.output == f"{! for each in resources !}{= each.title_plural =} added: {len({= each.plural =})}.\n{! endfor !}"
    assert again.output == "{= resource.title_plural ~ " added: 0." if resources | length == 1 else "Error: There are entries already." =}\n"
#% for each in resources
    assert {= each.plural =}
#% for _ in cookiecutter.__accounts | select
    assert {{= each.name =}.owner.username for {= each.name =} in {= each.plural =}} == {"ada"}
#% endfor
{! endfor !}


@pytest.mark.parametrize(
    "args", [{! for _ in cookiecutter.__accounts | select !}["create-user", "ada"], ["change-password", "ada"], {! endfor !}SEED]
)
def test_says_to_migrate_first(
    settings: Settings, empty_database: str, args: list[str]
) -> None:
    app = create_app(settings.model_copy(update={"database_url": empty_database}))
    refused = app.test_cli_runner().invoke(args=args{! for _ in cookiecutter.__accounts | select !}, input="nanoseconds"{! endfor !})

    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert "Run: alembic upgrade head" in refused.output
    app.extensions["engine"].dispose()
