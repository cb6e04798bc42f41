#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""`python manage.py createuser ada`: an account, which may add {= resource.label_plural =}."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from {= package =}.accounts.commands import AccountCommand
from {= package =}.accounts.forms import SignUpForm
from {= package =}.accounts.models import User


class Command(AccountCommand):
    help = "Makes an account. Asks for its password, or reads it from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--staff", action="store_true", help="may use the admin")

    def handle(self, *, username: str, staff: bool, **options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} has an account already.")
        password = self.read_password()
        values = {"username": username, "password1": password, "password2": password}
        user = User(is_staff=staff, is_superuser=staff)
        self.save(SignUpForm(values, instance=user))
        self.stdout.write(f"{username} has an account now.")
