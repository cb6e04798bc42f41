#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""Where the pages of {= resource.label_plural =} are."""

from django.urls import path

from {= package =}.{= resource.plural =} import views

app_name = "{= resource.plural =}"
urlpatterns = [
    path("{= resource.url =}", views.list_{= resource.plural =}, name="list"),
    path("{= resource.url =}/new", views.new_{= resource.name =}, name="new"),
    path("{= resource.url =}/<int:pk>", views.show_{= resource.name =}, name="detail"),
    path("{= resource.url =}/<int:pk>/edit", views.edit_{= resource.name =}, name="edit"),
    path("{= resource.url =}/<int:pk>/delete", views.delete_{= resource.name =}, name="delete"),
]
