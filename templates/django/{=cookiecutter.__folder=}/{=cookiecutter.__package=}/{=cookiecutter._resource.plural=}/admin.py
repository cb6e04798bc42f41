#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""{= r.title_plural =} in the admin."""

from django.contrib import admin

from {= package =}.{= r.plural =}.forms import {= r.class_name =}Form
from {= package =}.{= r.plural =}.models import {= r.class_name =}


@admin.register({= r.class_name =})
class {= r.class_name =}Admin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """The {= r.label_plural =}, to search and to sort."""

    form = {= r.class_name =}Form
    list_display = ("__str__", {! for field in r.fields if field.listed !}"{= field.name =}", {! endfor !}"updated_at")
#% set filters = r.fields | selectattr("filter") | map(attribute="name") | list
#% if filters
    list_filter = ("{= filters | join('", "') =}"{= "," if filters | length == 1 =})
#% endif
    search_fields = ("{= r.search_fields | join('", "') =}"{= "," if r.search_fields | length == 1 =})
    readonly_fields = ("created_at", "updated_at")
