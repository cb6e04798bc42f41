#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The migrations, and the database."""

import pytest
from django.core.management import call_command
from django.db import connection

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}

# Not every database can change tables within a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def test_migrations_and_models_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run")


def test_migrations_can_be_taken_back() -> None:
    call_command("migrate", "{= resource.plural =}", "zero", verbosity=0)
    assert {= resource.class_name =}._meta.db_table not in connection.introspection.table_names()

    call_command("migrate", verbosity=0)
    assert not {= resource.class_name =}.objects.exists()
