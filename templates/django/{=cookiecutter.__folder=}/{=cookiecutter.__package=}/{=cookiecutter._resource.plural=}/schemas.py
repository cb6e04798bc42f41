#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the API takes and gives, made from the model."""

from typing import Annotated

from ninja import ModelSchema
from pydantic import BeforeValidator

from {= package =}.{= resource.plural =}.models import FIELDS, {= resource.class_name =}
from {= package =}.schemas import ModelInput, ModelOutput


class {= resource.class_name =}In(ModelInput, ModelSchema):
    class Meta:
        model = {= resource.class_name =}
        fields = FIELDS


class {= resource.class_name =}Out(ModelOutput, ModelSchema):
    id: int
    owner: Annotated[str, BeforeValidator(str)]

    class Meta:
        model = {= resource.class_name =}
        fields = (*FIELDS, "created_at", "updated_at")
