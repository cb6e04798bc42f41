#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""Where each request goes."""

from django.contrib import admin
from django.urls import include, path

from {= package =} import views
from {= package =}.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("", include("{= package =}.accounts.urls")),
    path("", include("{= package =}.{= r.plural =}.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
]
