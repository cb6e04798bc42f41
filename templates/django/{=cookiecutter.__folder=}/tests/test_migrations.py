#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The migrations."""

import pytest
from django.core.management import call_command
from django.db import connection

from {= package =}.{= r.plural =}.models import {= r.class_name =}

# SQLite changes no table within a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run")


def test_the_migrations_go_down_and_up_again() -> None:
    call_command("migrate", "{= r.plural =}", "zero", verbosity=0)
    assert {= r.class_name =}._meta.db_table not in connection.introspection.table_names()

    call_command("migrate", verbosity=0)
    assert not {= r.class_name =}.objects.exists()


def test_sqlite_checks_foreign_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")

        assert cursor.fetchone() == (1,)
