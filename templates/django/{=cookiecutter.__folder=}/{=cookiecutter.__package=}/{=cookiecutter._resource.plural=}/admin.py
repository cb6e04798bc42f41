#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set listed = resource.fields | selectattr("listed") | map(attribute="name") | list
#% set filters = resource.fields | selectattr("filter") | map(attribute="name") | list
"""{= resource.title_plural =} in the admin."""

from django.contrib import admin

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


@admin.register({= resource.class_name =})
class {= resource.class_name =}Admin(admin.ModelAdmin):
    autocomplete_fields = ("owner",)
    list_display = ("__str__", {! for name in listed[:2] !}"{= name =}", {! endfor !}"owner", "updated_at")
#% if filters
    list_filter = ("{= filters | join('", "') =}"{= "," if filters | length == 1 =})
#% endif
    list_select_related = ("owner",)
    search_fields = ("{= resource.search_fields | join('", "') =}"{= "," if resource.search_fields | length == 1 =})
    readonly_fields = ("created_at", "updated_at")
