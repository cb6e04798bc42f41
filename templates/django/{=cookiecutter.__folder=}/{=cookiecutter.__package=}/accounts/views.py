#% set package = cookiecutter.__package
"""Signing in and up, and changing one's password."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.views.generic import CreateView

from {= package =}.accounts import forms
from {= package =}.views import SaveFormMixin


class SignIn(SaveFormMixin, LoginView):
    form_class = forms.SignInForm
    template_name = "accounts/login.html"
    success_message = "Signed in."


class SignUp(SaveFormMixin, CreateView):
    form_class = forms.SignUpForm
    template_name = "accounts/signup.html"
    success_url = reverse_lazy("home")
    success_message = "Welcome, %(username)s."

    def form_valid(self, form: Any) -> HttpResponse:
        address = forms.client_address(self.request)
        forms.count("address", address, forms.FAILURES_PER_ADDRESS)  # it costs a hash
        response = super().form_valid(form)
        if self.object:
            login(self.request, self.object)
        return response


class ChangePassword(SaveFormMixin, PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("home")
    success_message = "Password changed."
