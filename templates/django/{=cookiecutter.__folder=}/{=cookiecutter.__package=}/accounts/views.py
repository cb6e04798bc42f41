"""Signing in and out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


class SignIn(LoginView):
    """Sign in, and go on to `next`."""

    template_name = "login.html"

    def get_form(
        self, form_class: type[AuthenticationForm] | None = None
    ) -> AuthenticationForm:
        """Return the form, without the focus that would skip the link to the content."""
        form = super().get_form(form_class)
        del form.fields["username"].widget.attrs["autofocus"]
        return form

    def get_redirect_url(self, *args: Any) -> str:
        """Return `next` if it is a path on this site."""
        url = super().get_redirect_url(*args)
        return url if url.startswith("/") and url.isprintable() else ""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in."""
        messages.success(self.request, "Signed in.")
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.success(request, "Signed out.")
    return redirect("home")
