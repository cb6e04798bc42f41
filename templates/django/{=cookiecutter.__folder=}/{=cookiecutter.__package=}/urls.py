#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Where each request goes."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from {= package =}.accounts import views as accounts
from {= package =}.api import api
from {= package =}.views import health

admin.site.site_header = admin.site.site_title = "{= cookiecutter.project_name =}"

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("health", health, name="health"),
#% for resource in resources
    path("", include("{= package =}.{= resource.plural =}.urls")),
#% endfor
    path("api/", api.urls),
    path("login", accounts.SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password", accounts.ChangePassword.as_view(), name="password"),
    # One page to sign in for all, and one that counts the attempts.
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", admin.site.urls),
]
if settings.ALLOW_SIGNUP:
    urlpatterns.append(path("signup", accounts.SignUp.as_view(), name="signup"))
