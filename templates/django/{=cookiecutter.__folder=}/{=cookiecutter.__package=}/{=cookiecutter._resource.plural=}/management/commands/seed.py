#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""`python manage.py seed ada`: a few {= resource.label_plural =} to begin with, which belong to ada."""

import json
from pathlib import Path
from typing import Any

from {= package =}.accounts.commands import AccountCommand
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}

SEED = Path(__file__).parents[2] / "seed.json"


class Command(AccountCommand):
    help = "Gives a few {= resource.label_plural =} to an account, unless there are any."

    def handle(self, *, username: str, **options: Any) -> None:
        owner = self.find_user(username)
        seeds = [] if {= resource.class_name =}.objects.exists() else json.loads(SEED.read_text("utf-8"))
        {= resource.class_name =}.objects.bulk_create({= resource.class_name =}(owner=owner, **seed) for seed in seeds)
        self.stdout.write(f"{= resource.title_plural =} added: {len(seeds)}.")
