#% set package = cookiecutter.__package
"""Forms to sign in, to sign up and to change one's password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    UserCreationForm,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from {= package =}.accounts import throttle
from {= package =}.accounts.models import User


class BlankPasswordValidator:
    """Refuses a password of nothing but spaces."""

    def validate(self, password: str, user: User | None = None) -> None:
        if not password.strip():
            raise ValidationError(self.get_help_text(), code="password_blank")

    def get_help_text(self) -> str:
        return "Your password can’t be only spaces."


class NoAutofocusMixin(forms.BaseForm):
    """Leaves the focus alone, which would skip the link to the content."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)


class SignInForm(NoAutofocusMixin, AuthenticationForm):
    """A user name and a password."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        """Check the password, unless there were too many attempts."""
        username = self.cleaned_data.get("username", "")
        throttle.count_attempt(self.request, username)
        try:
            cleaned = super().clean()
        except ValidationError:
            throttle.count_failure(self.request)
            raise
        if self.get_user():
            throttle.forgive(username)
        return cleaned


class SignUpForm(NoAutofocusMixin, UserCreationForm):
    """A user name, and a password twice."""

    class Meta:
        model = User
        fields = ("username",)

    def __init__(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any] | None:
        """Count what comes from the page: each account costs a hash."""
        if self.request:
            throttle.check_address(self.request)
            throttle.count_failure(self.request)
        return super().clean()


class PasswordForm(NoAutofocusMixin, PasswordChangeForm):
    """The old password, and a new one twice."""
