"""What the API's schemas share: the rules of the models, and pages of a list."""

import datetime as dt
from decimal import Decimal
from math import ceil
from typing import Annotated, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.orm import register_field
from ninja.pagination import PaginationBase
from pydantic import ConfigDict, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

# Not blank and without NUL. What \s means differs between languages, hence the rest.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"
LIMITS = {"min_value": "minimum", "max_value": "maximum"}

# JSON has no dates, and no exact decimals: text stands for them.
for name, kind, form in (
    ("DateField", dt.date, "date"),
    ("DateTimeField", dt.datetime, "date-time"),
    ("TimeField", dt.time, "time-of-day"),
    ("DecimalField", Decimal, "decimal"),
):
    as_text = WithJsonSchema({"type": "string", "format": form})
    register_field(name, Annotated[str | kind, as_text])


def describe_limits(document: dict[str, Any], schema: type["ModelInput"]) -> None:
    """Tell in the OpenAPI document what the model's fields take."""
    for name, part in document["properties"].items():
        field = schema.Meta.model._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField):
            part |= {"minLength": 1, "pattern": TEXT}
        if isinstance(field, models.DecimalField):
            whole = field.max_digits - field.decimal_places
            part["pattern"] = rf"^-?\d{{1,{whole}}}(\.\d{{1,{field.decimal_places}}})?$"
        if isinstance(field, models.TimeField):
            part["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
        if field.choices:
            choices = [value for value, label in field.flatchoices]
            part["enum"] = [*choices, None] if field.blank else choices
        for validator in field.validators:
            if keyword := LIMITS.get(getattr(validator, "code", "")):
                part[keyword] = validator.limit_value


class ModelInput(Schema):
    """What the API takes as it is ("3" is no number), by the rules of a model."""

    Meta: ClassVar[Any]
    model_config = ConfigDict(
        strict=True, extra="forbid", json_schema_extra=describe_limits
    )

    @field_validator("*")
    @classmethod
    def check(cls, value: Any, info: ValidationInfo) -> Any:
        """Hold a value against the rules of its field."""
        if value is None:
            return None
        if isinstance(value, str):
            storable = value.encode(errors="ignore").decode().replace("\0", "")
            if storable != value or not value.strip():
                raise PydanticCustomError("text", "This must be text, and not blank.")
        try:
            value = cls.Meta.model._meta.get_field(info.field_name).clean(value, None)
            if isinstance(value, dt.datetime) and not value.tzinfo:
                raise ValidationError("Say the offset, as in 2026-01-31T18:30:00Z.")
            if isinstance(value, dt.datetime):
                value = value.astimezone(dt.UTC)
        except (OverflowError, ValidationError) as error:
            why = " ".join(getattr(error, "messages", error.args))
            raise PydanticCustomError("model", "{why}", {"why": why}) from error
        return value


class ModelOutput(Schema):
    """What the API gives: for text that is absent `null`, not the model's ""."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    @field_validator("*", mode="before")
    @classmethod
    def tell_absence(cls, value: Any) -> Any:
        return None if value == "" else value


class Pages(PaginationBase):
    """Cuts a list into numbered pages."""

    class Input(Schema):
        page: int = Field(1, ge=1, le=1_000_000)
        page_size: int = Field(20, ge=1, le=100)

    class Output(Schema):
        items: list[Any]
        page: int
        page_size: int
        total: int
        pages: int

    def paginate_queryset(
        self, queryset: Any, pagination: Input, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        page, size = pagination.page, pagination.page_size
        items, total = queryset[(page - 1) * size : page * size], queryset.count()
        pages = ceil(total / size)
        return {"items": items, "total": total, "pages": pages, **pagination.dict()}
