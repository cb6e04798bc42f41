#% set package = cookiecutter.__package
"""`python manage.py changepassword ada`: another password, which ends all sessions."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm

from {= package =}.accounts.commands import AccountCommand


class Command(AccountCommand):
    help = "Changes a password. Asks for the new one, or reads it from standard input."

    def handle(self, *, username: str, **options: Any) -> None:
        user = self.find_user(username)
        password = self.read_password()
        values = {"new_password1": password, "new_password2": password}
        self.save(SetPasswordForm(user, values))
        self.stdout.write(f"{username} has a new password now.")
