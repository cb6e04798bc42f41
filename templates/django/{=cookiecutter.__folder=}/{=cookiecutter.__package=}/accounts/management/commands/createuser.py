#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""`python manage.py createuser ada`: an account, which may add {= resource.label_plural =}."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from {= package =}.accounts.commands import first_fault, read_password
from {= package =}.accounts.forms import SignUpForm
from {= package =}.accounts.models import User
from {= package =}.forms import saved


class Command(BaseCommand):
    help = "Makes an account. Asks for its password, or reads it from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", type=str.strip)
        parser.add_argument(
            "--staff", action="store_true", help="may use the admin, for everything"
        )

    def handle(self, *, username: str, staff: bool, **options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} has an account already.")
        password = read_password()
        values = {"username": username, "password1": password, "password2": password}
        form = SignUpForm(None, values)
        form.instance.is_staff = form.instance.is_superuser = staff
        if not saved(form):
            raise first_fault(form)
        self.stdout.write(f"{username} has an account now.")
