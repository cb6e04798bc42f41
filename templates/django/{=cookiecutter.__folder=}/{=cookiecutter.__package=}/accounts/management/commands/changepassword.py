#% set package = cookiecutter.__package
"""`python manage.py changepassword ada`: another password, which ends all sessions."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm
from django.core.management.base import BaseCommand, CommandParser

from {= package =}.accounts.commands import find_user, first_fault, read_password


class Command(BaseCommand):
    help = "Changes a password. Asks for the new one, or reads it from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", type=str.strip)

    def handle(self, *, username: str, **options: Any) -> None:
        user = find_user(username)
        password = read_password()
        values = {"new_password1": password, "new_password2": password}
        form = SetPasswordForm(user, values)
        if not form.is_valid():
            raise first_fault(form)
        form.save()
        self.stdout.write(f"{username} has a new password now.")
