#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""`python manage.py seed`: a few {= r.label_plural =} to begin with."""

from typing import Any

from django.core.management.base import BaseCommand

from {= package =}.{= r.plural =}.models import {= r.class_name =}


class Command(BaseCommand):
    """Fill in a few {= r.label_plural =}, unless there are any."""

    help = "Fill in a few {= r.label_plural =}, unless there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill them in, and say so."""
        if {= r.class_name =}.objects.exists():
            self.stdout.write("There are {= r.label_plural =} already: nothing to do.")
            return
        {= r.plural =} = {= r.class_name =}.objects.bulk_create(
            [
#% for n in range(3)
                {= r.class_name =}(
#% for field in r.fields
                    {= field.name =}={= field.entries[n] =},
#% endfor
                ),
#% endfor
            ]
        )
        self.stdout.write(self.style.SUCCESS(f"Added {len({= r.plural =})} {= r.label_plural =}."))
