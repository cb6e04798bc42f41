#% set package = cookiecutter.__package
"""Where the pages of accounts are."""

from django.urls import path

from {= package =}.accounts import views

urlpatterns = [
    path("login", views.SignIn.as_view(), name="login"),
    path("logout", views.sign_out, name="logout"),
]
