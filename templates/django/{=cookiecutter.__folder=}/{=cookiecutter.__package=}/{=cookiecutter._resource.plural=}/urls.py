#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set name = resource.class_name
"""Where the pages of {= resource.label_plural =} are."""

from django.urls import path

from {= package =}.{= resource.plural =} import views

app_name = "{= resource.plural =}"
urlpatterns = [
    path("{= resource.url =}", views.{= name =}List.as_view(), name="list"),
    path("{= resource.url =}/new", views.New{= name =}.as_view(), name="new"),
    path("{= resource.url =}/<int:pk>", views.{= name =}Detail.as_view(), name="detail"),
    path("{= resource.url =}/<int:pk>/edit", views.Edit{= name =}.as_view(), name="edit"),
    path("{= resource.url =}/<int:pk>/delete", views.Delete{= name =}.as_view(), name="delete"),
]
