#% set package = cookiecutter.__package
"""What the commands about accounts share."""

import sys
from getpass import getpass

from django.core.management.base import CommandError
from django.forms import BaseForm

from {= package =}.accounts.models import User


def find_user(username: str) -> User:
    """Return the account of this name, or stop."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"{username} has no account.")
    return user


def read_password() -> str:
    """Ask for a password twice, or read it from a script's standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise CommandError("The two passwords differ.")
    return password


def first_fault(form: BaseForm) -> CommandError:
    """Return the error that stops a command whose values a form refuses."""
    messages = next(iter(form.errors.values()))
    return CommandError(" ".join(map(str, messages)))
