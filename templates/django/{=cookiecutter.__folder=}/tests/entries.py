#% set package = cookiecutter.__package
"""Entries{! for _ in cookiecutter.__accounts | select !}, and ada, who keeps them{! endfor !}."""

from collections.abc import Mapping
from typing import Any

from django.db import models

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
from tests.examples import PASSWORD


def ada() -> User:
    """Return the account of ada, which is made where there is none."""
    user = User.objects.filter(username="ada").first()
    return user or User.objects.create_user("ada", password=PASSWORD)
{! endfor !}


def keep(model: type[models.Model], *examples: Mapping[str, Any]) -> list[int]:
    """Keep entries by their model's rules{! for _ in cookiecutter.__accounts | select !}, for ada{! endfor !}, and return their ids."""
    entries = [model({! for _ in cookiecutter.__accounts | select !}owner=ada(), {! endfor !}**values) for values in examples]
    for entry in entries:
        entry.full_clean()
        entry.save()
    return [entry.pk for entry in entries]
