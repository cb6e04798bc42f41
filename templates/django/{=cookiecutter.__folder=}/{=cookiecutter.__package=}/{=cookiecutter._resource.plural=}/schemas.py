#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the API takes and gives, made from the model."""

from ninja import ModelSchema

from {= package =}.{= resource.plural =}.models import FIELDS, {= resource.class_name =}
from {= package =}.schemas import ModelInput, ModelOutput


class {= resource.class_name =}In(ModelInput, ModelSchema):
    """{= resource.article | capitalize =} {= resource.label =} as it is sent."""

    class Meta:
        model = {= resource.class_name =}
        fields = FIELDS


class {= resource.class_name =}Out(ModelOutput, ModelSchema):
    """{= resource.article | capitalize =} {= resource.label =} as it is kept."""

    id: int
    owner: str

    class Meta:
        model = {= resource.class_name =}
        fields = (*FIELDS, "created_at", "updated_at")

    @staticmethod
    def resolve_owner({= resource.name =}: {= resource.class_name =}) -> str:
        return {= resource.name =}.owner.username
