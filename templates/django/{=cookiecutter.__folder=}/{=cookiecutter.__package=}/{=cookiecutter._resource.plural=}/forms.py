#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The form that adds and edits {= resource.article =} {= resource.label =}."""

from django import forms

#% if resource.references
from {= package =}.forms import NewestSelect
#% endif
from {= package =}.{= resource.plural =}.models import FIELDS, {= resource.class_name =}


class {= resource.class_name =}Form(forms.ModelForm):
    class Meta:
        model = {= resource.class_name =}
        fields = FIELDS
#% set widgets = resource.fields | selectattr("control") | list
#% if widgets
        widgets = {
#% for field in widgets
            "{= field.attribute =}": {= field.control =},
#% endfor
        }
#% endif
