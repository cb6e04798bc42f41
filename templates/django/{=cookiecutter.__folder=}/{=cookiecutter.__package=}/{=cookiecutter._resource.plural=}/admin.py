#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set listed = resource.fields | selectattr("listed") | map(attribute="attribute") | list
#% set filters = resource.fields | selectattr("filter") | map(attribute="name") | list
#% set found = resource.references | selectattr("reference.target.search_fields") | map(attribute="attribute") | list
#% set known = resource.references | rejectattr("reference.target.search_fields") | map(attribute="attribute") | list
"""{= resource.title_plural =} in the admin."""

from django.contrib import admin

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


@admin.register({= resource.class_name =})
class {= resource.class_name =}Admin(admin.ModelAdmin):
    autocomplete_fields = ("owner",{! for name in found !} "{= name =}"{= "," if not loop.last =}{! endfor !})
    list_display = ("__str__", {! for name in listed[:2] !}"{= name =}", {! endfor !}"owner", "updated_at")
#% if filters
    list_filter = ("{= filters | join('", "') =}"{= "," if filters | length == 1 =})
#% endif
#% if resource.references
    list_select_related = ("owner", "{= resource.references | map(attribute='attribute') | join('", "') =}")
#% else
    list_select_related = ("owner",)
#% endif
#% if known
    raw_id_fields = ("{= known | join('", "') =}"{= "," if known | length == 1 =})
#% endif
#% if resource.search_fields
    search_fields = ("{= resource.search_fields | join('", "') =}"{= "," if resource.search_fields | length == 1 =})
#% endif
    readonly_fields = ("created_at", "updated_at")
