#% set package = cookiecutter.__package
#% set fields = cookiecutter._resources | default([cookiecutter._resource]) | map(attribute="fields") | sum(start=[])
#% set datetimes = fields | selectattr("type", "equalto", "datetime") | list
"""Forms: what they send, what they show, and what to say when something is wrong."""

{! if datetimes !}
import datetime as dt

{! endif !}
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from {= package =}.values import HINTS

# What pydantic says of a form's values is for programmers; this is for everybody.
MESSAGES = {
    "missing": "This field is required.",
    "string_too_short": "Write at least {min_length} characters.",
    "string_too_long": "Write at most {max_length} characters.",
    "int_parsing": "Write a whole number.",
    "float_parsing": "Write a number.",
    "finite_number": "Write a number.",
    "bool_parsing": "Choose yes or no.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "Choose {expected}.",
}


class Form(BaseModel):
    """What a form sends: text, to be trimmed; an empty control is left out."""

    model_config = ConfigDict(extra="ignore", strict=False)

    @model_validator(mode="before")
    @classmethod
    def trim_values(cls, form: dict[str, str]) -> dict[str, str]:
        trimmed = {name: value.strip() for name, value in form.items()}
        return {name: value for name, value in trimmed.items() if value}


def form_values(data: BaseModel) -> dict[str, str]:
    """Return values as the controls of a form hold them."""
    values = data.model_dump(exclude_none=True)
    return {name: _text(value) for name, value in values.items()}


def form_errors(error: ValidationError) -> dict[str, str]:
    return {
        str(fault["loc"][0] if fault["loc"] else "body"): error_message(fault)
        for fault in error.errors()
    }


def error_message(fault: ErrorDetails) -> str:
    context = fault.get("ctx", {})
    if fault["type"] in MESSAGES:
        return MESSAGES[fault["type"]].format_map(context)
    return HINTS.get(context.get("pattern"), fault["msg"].removeprefix("Value error, "))


def _text(value: object) -> str:
#% if datetimes
    if isinstance(value, dt.datetime):  # the control takes no zone
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
#% endif
    return str(value).lower() if isinstance(value, bool) else str(value)
