#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the API takes and gives, made from the model."""

from typing import Annotated

from ninja import {= "FilterSchema, " if resource.references =}ModelSchema
from pydantic import BeforeValidator

from {= package =}.{= resource.plural =}.models import FIELDS, {= resource.class_name =}
from {= package =}.schemas import {= "EntryRef, Id, " if resource.references =}ModelInput, ModelOutput{= ", in_order" if resource.references =}


class {= resource.class_name =}In(ModelInput, ModelSchema):
    class Meta:
        model = {= resource.class_name =}
        fields = FIELDS


#% if resource.references
@in_order
#% endif
class {= resource.class_name =}Out(ModelOutput, ModelSchema):
    id: int
    owner: Annotated[str, BeforeValidator(str)]
#% for field in resource.references
    {= field.name =}: int{= " | None" if field.optional =}
    {= field.attribute =}: EntryRef{= " | None" if field.optional =}
{! endfor !}

    class Meta:
        model = {= resource.class_name =}
        fields = (*FIELDS, "created_at", "updated_at")
{! if resource.references !}


class {= resource.class_name =}Filter(FilterSchema):
    """Which {= resource.label_plural =} a list is of."""

#% for field in resource.references
    {= field.name =}: Id | None = None
#% endfor
#% endif
