#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""Where the pages of {= r.label_plural =} are."""

from django.urls import path

from {= package =}.{= r.plural =} import views

app_name = "{= r.plural =}"
urlpatterns = [
    path("{= r.url =}", views.list_{= r.plural =}, name="list"),
    path("{= r.url =}/new", views.new_{= r.name =}, name="new"),
    path("{= r.url =}/<int:pk>", views.show_{= r.name =}, name="detail"),
    path("{= r.url =}/<int:pk>/edit", views.edit_{= r.name =}, name="edit"),
    path("{= r.url =}/<int:pk>/delete", views.delete_{= r.name =}, name="delete"),
]
