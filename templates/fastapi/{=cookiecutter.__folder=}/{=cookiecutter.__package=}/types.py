#% set types = cookiecutter._resource.types
"""The values that clients send: their limits, and no coercion of JSON."""

#% if "date" in types or "datetime" in types
import datetime as dt
#% endif
#% if "date" in types or "datetime" in types or "decimal" in types
import re
#% endif
#% if "decimal" in types
from decimal import Decimal
#% endif
from typing import Annotated

from fastapi import Path
#% if "date" in types or "datetime" in types or "decimal" in types
from pydantic import BeforeValidator, Field, WithJsonSchema
#% else
from pydantic import BeforeValidator, Field
#% endif
#% if "date" in types or "datetime" in types or "decimal" in types
from pydantic_core import PydanticCustomError
{! endif !}

# Not blank, and without NUL, which some databases cannot store.
TEXT = r"^[^\x00]*[^\s\x00][^\x00]*$"
#% if "decimal" in types
AMOUNT = r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$"
#% endif
#% if "date" in types or "datetime" in types
# The days that exist from 1900 to 2999. The API's description gives this instead of
# `format`, which promises any year.
DAY = (
    r"((19|2[0-9])[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|((19|2[0-9])(0[48]|[2468][048]|[13579][26])|2000|2400|2800)-02-29)"
)
#% endif
#% if "date" in types
DATE = rf"^{DAY}$"
#% endif
#% if "datetime" in types
TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
DATE_TIME = rf"^{DAY}T{TIME}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{TIME})$"
#% endif
#% if "url" in types
URL = r"^[Hh][Tt][Tt][Pp][Ss]?://([^\s\x00/?#:\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?([/?#][^\s\x00]*)?$"
#% endif
#% if "email" in types
EMAIL = r"^[^\s\x00@<>]+@[^\s\x00@<>.]+(\.[^\s\x00@<>.]+)+$"
{! endif !}


def read_digits(value: str) -> str:
    """Refuse what int() takes and no link has, such as +1 and 1_0."""
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be digits")
    return value


#% if "int" in types
def read_integer(value: object) -> object:
    """Take 3.0 as 3: JSON has but one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


#% endif
#% if "date" in types or "datetime" in types or "decimal" in types
def read_text(value: object, pattern: str, example: str) -> str:
    """Refuse what is not a text of this form."""
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        message = "This must be written like {example}."
        raise PydanticCustomError("format", message, {"example": example})
    return value


#% endif
#% if "decimal" in types
def read_amount(value: object) -> Decimal:
    """Read a number that must not lose a digit, so it travels as a text."""
    return Decimal(read_text(value, AMOUNT, "12.50"))


#% endif
#% if "date" in types
def read_date(value: object) -> dt.date:
    """Read a date as RFC 3339 writes it."""
    return dt.date.fromisoformat(read_text(value, DATE, "2026-01-31"))


#% endif
#% if "datetime" in types
def read_datetime(value: object) -> dt.datetime:
    """Read a time as RFC 3339 writes it, and turn it into UTC."""
    text = read_text(value, DATE_TIME, "2026-01-31T18:30:00Z")
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def read_local_datetime(value: str) -> dt.datetime:
    """Read what a datetime-local control sends: no zone, and no needless seconds."""
    seconds = ":00" if value.count(":") == 1 else ""
    return read_datetime(f"{value}{seconds}Z")


#% endif
Id = Annotated[int, Path(ge=1, le=2**31 - 1), BeforeValidator(read_digits)]

Line = Annotated[str, Field(max_length=200, pattern=TEXT)]
#% if "text" in types
Text = Annotated[str, Field(max_length=10_000, pattern=TEXT)]
#% endif
#% if "int" in types
Integer = Annotated[
    int, Field(ge=-(2**31), le=2**31 - 1), BeforeValidator(read_integer)
]
#% endif
#% if "float" in types
Number = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
#% endif
#% if "decimal" in types
Amount = Annotated[
    Decimal,
    BeforeValidator(read_amount),
    WithJsonSchema({"type": "string", "pattern": AMOUNT}),
]
#% endif
#% if "date" in types
Date = Annotated[
    dt.date,
    BeforeValidator(read_date),
    WithJsonSchema({"type": "string", "pattern": DATE}),
]
#% endif
#% if "datetime" in types
DateTime = Annotated[
    dt.datetime,
    BeforeValidator(read_datetime),
    WithJsonSchema({"type": "string", "pattern": DATE_TIME}),
]
LocalDateTime = Annotated[dt.datetime, BeforeValidator(read_local_datetime)]
#% endif
#% if "url" in types
WebAddress = Annotated[str, Field(max_length=500, pattern=URL)]
#% endif
#% if "email" in types
EmailAddress = Annotated[str, Field(max_length=254, pattern=EMAIL)]
#% endif
