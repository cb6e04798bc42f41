#% set package = cookiecutter.__package
"""Signing in, out and up, and changing one's password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from {= package =}.accounts import forms
from {= package =}.views import saved


class AccountFormMixin(SuccessMessageMixin, FormView):
    """Says in the status, too, that the values of a form cannot be taken."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for field in form.fields.values():  # the focus would skip a link to the content
            field.widget.attrs.pop("autofocus", None)
        return form

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        if form.has_error("__all__", "throttled"):
            response.status_code = 429
            response["Retry-After"] = str(forms.SECONDS)
        return response


class SignIn(AccountFormMixin, LoginView):
    form_class = forms.SignInForm
    template_name = "accounts/login.html"
    success_message = "Signed in."


class SignUp(AccountFormMixin):
    form_class = forms.SignUpForm
    template_name = "accounts/signup.html"
    success_url = reverse_lazy("home")
    success_message = "Welcome, %(username)s."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.ALLOW_SIGNUP:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            forms.refuse_after_too_many(self.request)
        except ValidationError as error:
            form.add_error(None, error)
        forms.count(forms.client_address(self.request))  # as it costs a hash
        if not saved(form):
            return self.form_invalid(form)
        login(self.request, form.instance)
        return super().form_valid(form)


class ChangePassword(AccountFormMixin, PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("home")
    success_message = "Password changed."


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Signed out.")
    return redirect("home")
