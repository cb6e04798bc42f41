#% set package = cookiecutter.__package
"""`python manage.py createuser ada`: an account, which may add {= cookiecutter._keeps =}."""

from typing import Any

from django.core.management.base import CommandError

from {= package =}.accounts.commands import AccountCommand
from {= package =}.accounts.forms import SignUpForm
from {= package =}.accounts.models import User


class Command(AccountCommand):
    help = "Makes an account. Asks for its password, or reads it from standard input."

    def handle(self, *, username: str, **options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} has an account already.")
        password = self.read_password()
        values = {"username": username, "password1": password, "password2": password}
        self.save(SignUpForm(values))
        self.stdout.write(f"{username} has an account now.")
