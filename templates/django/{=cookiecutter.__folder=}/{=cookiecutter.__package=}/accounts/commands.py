#% set package = cookiecutter.__package
"""What the commands about accounts share."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from {= package =}.accounts.models import User


class AccountCommand(BaseCommand):
    """A command about one account, named by its user name."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", type=str.strip)

    def find_user(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"{username} has no account.")
        return user

    def read_password(self) -> str:
        """Ask for a password twice, or read it from a script's standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        password = getpass("Password: ")
        if getpass("The same again: ") != password:
            raise CommandError("The passwords differ.")
        return password

    def save(self, form: Any) -> None:
        """Save what a form takes, or stop with what it says."""
        if not form.is_valid():
            raise CommandError(" ".join(next(iter(form.errors.values()))))
        form.save()
