#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Where each request goes."""

#% for _ in cookiecutter.__accounts | select
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LogoutView
#% endfor
from django.urls import include, path
from django.views.generic import RedirectView

#% for _ in cookiecutter.__logins | select
from {= package =}.accounts import views as accounts
#% endfor
#% for _ in cookiecutter.__api | select
from {= package =}.api import api
#% endfor
from {= package =}.views import {! for _ in cookiecutter.__pages | select !}StartPage, {! endfor !}health

#% for _ in cookiecutter.__accounts | select
admin.site.site_header = admin.site.site_title = "{= cookiecutter.project_name =}"

#% endfor
urlpatterns = [
    path("", {= cookiecutter.__texts.home =}, name="home"),
    path("health", health, name="health"),
#% for _ in cookiecutter.__pages | select
#% for resource in resources
    path("", include("{= package =}.{= resource.plural =}.urls")),
#% endfor
#% endfor
#% for _ in cookiecutter.__api | select
    path("api/", api.urls),
#% endfor
#% for _ in cookiecutter.__logins | select
    path("login", accounts.SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password", accounts.ChangePassword.as_view(), name="password"),
    # One page to sign in for all, and one that counts the attempts.
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
#% endfor
#% for _ in cookiecutter.__accounts | select
    path("admin/", admin.site.urls),
#% endfor
]
#% for _ in cookiecutter.__logins | select
if settings.ALLOW_SIGNUP:
    urlpatterns.append(path("signup", accounts.SignUp.as_view(), name="signup"))
#% endfor
