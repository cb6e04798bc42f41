"""What the API's schemas share: the rules of the models, and pages of a list."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Annotated, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from ninja import Field, Schema
from ninja.orm import register_field
from ninja.pagination import PaginationBase
from pydantic import (
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

# Not blank and without NUL. What \s means differs between languages, hence the rest.
TEXT = r"^[^\x00]*[^\s\x00\x1c-\x1f\x85\ufeff][^\x00]*$"


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that the text spells."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def text_of(kind: Any, parse: Callable[[str], object]) -> Any:
    """Return the type of a value that is text in JSON."""
    return Annotated[
        kind, BeforeValidator(lambda v: parse(v) if isinstance(v, str) else v)
    ]


# JSON has no dates, and its numbers no exact decimals: text stands for them.
register_field("DateField", text_of(dt.date, parse_date))
register_field("DateTimeField", text_of(AwareDatetime, parse_datetime))
register_field(
    "DecimalField",
    Annotated[text_of(Decimal, parse_decimal), WithJsonSchema({"type": "string"})],
)


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
            part["enum"] = [value for value, label in field.flatchoices]
            part["enum"] += [None] * field.blank
        for validator in field.validators:
            if isinstance(getattr(validator, "limit_value", None), int | float):
                if isinstance(validator, MinValueValidator):
                    part["minimum"] = validator.limit_value
                elif isinstance(validator, MaxValueValidator):
                    part["maximum"] = validator.limit_value


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
        if isinstance(value, str) and (not value.strip() or "\0" in value):
            raise PydanticCustomError("blank", "This must not be blank.")
        if value is not None:
            try:
                cls.Meta.model._meta.get_field(info.field_name).clean(value, None)
            except ValidationError as error:
                why = {"why": " ".join(error.messages)}
                raise PydanticCustomError("model", "{why}", why) from error
        return value


class ModelOutput(Schema):
    """What the API gives: for text that is absent `null`, not the model's ""."""

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
        self,
        queryset: models.QuerySet[Any],
        pagination: Input,
        request: HttpRequest,
        **params: Any,
    ) -> dict[str, Any]:
        page, size = pagination.page, pagination.page_size
        total = queryset.count()
        return {
            "items": queryset[(page - 1) * size : page * size],
            "page": page,
            "page_size": size,
            "total": total,
            "pages": ceil(total / size),
        }
