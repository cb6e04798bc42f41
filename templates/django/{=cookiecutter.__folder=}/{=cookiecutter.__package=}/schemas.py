#% set related = cookiecutter._related
"""What the API's schemas share: what JSON can say, and pages of a list."""

import datetime as dt
import re
from decimal import Decimal
from math import ceil
from typing import Annotated, Any, ClassVar

#% if related
from django.core.exceptions import ValidationError
#% endif
from django.db import models
from django.http import HttpRequest
from ninja import Field, Query, Schema
from ninja.orm import register_field
from ninja.pagination import PaginationBase
from pydantic import ConfigDict, WithJsonSchema, {= "create_model, " if related =}field_validator
from pydantic_core import PydanticCustomError

# Not blank and without NUL. What \s means differs between languages, hence the rest.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"
SearchText = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
#% if related
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
#% endif
LIMITS = {"min_value": "minimum", "max_value": "maximum"}

# JSON has no dates, and no exact decimals: text stands for them.
for name, kind, form, pattern in (
    ("DateField", dt.date, "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    ("DateTimeField", dt.datetime, "date-time", "T.*(Z|[+-][0-9]{2}:[0-9]{2})$"),
    ("TimeField", dt.time, "time-of-day", "^[0-9]{2}:[0-9]{2}:[0-9]{2}$"),
    ("DecimalField", Decimal, "decimal", r"^-?[0-9]+(\.[0-9]+)?$"),
):
    text = Annotated[str, Field(pattern=pattern)]
    described = {"type": "string", "format": form, "pattern": pattern}
    register_field(name, Annotated[text | kind, WithJsonSchema(described)])


def describe_limits(document: dict[str, Any], schema: type["ModelInput"]) -> None:
    """Tell in the OpenAPI document what the model's fields take."""
    for name, part in document["properties"].items():
        field = schema.Meta.model._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField):
            part |= {"minLength": 1, "pattern": TEXT}
        if isinstance(field, models.DecimalField):
            whole = field.max_digits - field.decimal_places
            part["pattern"] = rf"^-?\d{{1,{whole}}}(\.\d{{1,{field.decimal_places}}})?$"
        if field.choices:
            choices = [value for value, label in field.flatchoices]
            part["enum"] = [*choices, None] if field.blank else choices
        for validator in field.validators:
            keyword = LIMITS.get(getattr(validator, "code", ""))
            if keyword and isinstance(validator.limit_value, int | float):
                part[keyword] = validator.limit_value


class ModelInput(Schema):
    """What the API takes, as it is: "3" is no number, and text is never blank."""

    Meta: ClassVar[Any]
    model_config = ConfigDict(
        strict=True, extra="forbid", json_schema_extra=describe_limits
    )

    @field_validator("*")
    @classmethod
    def refuse_blank_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            value.encode()  # a ValueError for what no database can store
            if not re.fullmatch(TEXT, value):
                raise PydanticCustomError("text", "This must be text, and not blank.")
        return value


class ModelOutput(Schema):
    """What the API gives: for text that is absent `null`, not the model's ""."""

#% if related
    Meta: ClassVar[Any]
#% endif
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    @field_validator("*", mode="before")
    @classmethod
    def tell_absence(cls, value: Any) -> Any:
        return None if value == "" else value


#% if related
class EntryRef(Schema):
    """An entry, as those show it that refer to it."""

    id: int
    title: str

    @staticmethod
    def resolve_title(entry: models.Model) -> str:
        return str(entry)


def in_order(schema: type[ModelOutput]) -> type[ModelOutput]:
    """Put what an entry refers to where its model has it: Ninja has its own fields last."""
    names = ["id", "owner"]
    for name in schema.Meta.fields:
        names += dict.fromkeys([schema.Meta.model._meta.get_field(name).attname, name])
    found = schema.model_fields
    fields: Any = {name: (found[name].annotation, found[name]) for name in names}
    return create_model(schema.__name__, __base__=ModelOutput, **fields)


def check_entry(entry: models.Model) -> None:
    """Check an entry by its model's rules; tell of faults by the names in JSON."""
    try:
        entry.full_clean()
    except ValidationError as error:
        names = {field.name: field.attname for field in entry._meta.concrete_fields}
        faults = {names.get(name, name): e for name, e in error.error_dict.items()}
        raise ValidationError(faults) from None


#% endif
class Pages(PaginationBase):
    """Cuts a list into numbered pages."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=1_000_000)
        page_size: int = Field(20, ge=1, le=100)

    class Output(Input):
        items: list[Any]
        total: int
        pages: int

    def paginate_queryset(
        self, queryset: Any, pagination: Input, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        page, size = pagination.page, pagination.page_size
        items, total = queryset[(page - 1) * size : page * size], queryset.count()
        pages = ceil(total / size)
        return {"items": items, "total": total, "pages": pages, **pagination.dict()}
