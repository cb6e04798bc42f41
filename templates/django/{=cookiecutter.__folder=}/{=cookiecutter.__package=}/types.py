#% set r = cookiecutter._resource
"""The values that clients send: their limits, and no coercion of JSON."""

#% for line in r.imports.get("types_standard", [])
{= line =}
#% endfor
from typing import Annotated

#% for line in r.imports["types"]
{= line =}
{! endfor !}

# Not blank, and without NUL, which some databases cannot store.
NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
#% if "url" in r.types
WEB_ADDRESS = r"^https?://[^\s\x00/?#\[\]]+([/?#][^\s\x00]*)?$"
#% endif
#% if "email" in r.types
# Nothing that Django's own validator would refuse in a form.
EMAIL_ADDRESS = (
    r"^[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*"
    r"@([0-9A-Za-z]([-0-9A-Za-z]{0,61}[0-9A-Za-z])?\.)+[A-Za-z][-A-Za-z]{0,61}[A-Za-z]$"
)
#% endif
#% if "decimal" in r.types
AMOUNT = r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$"
#% endif
#% if "date" in r.types
DATE = r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"
#% endif
#% if "datetime" in r.types
DATE_TIME = (
    r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
)
{! endif !}

{! if "int" in r.types !}

def read_integer(value: object) -> object:
    """Take 3.0 as 3: JSON has but one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


#% endif
{! if "decimal" in r.types !}

def read_amount(value: object) -> Decimal:
    """Take a string such as 12.50, and no number, which would be rounded."""
    if not isinstance(value, str) or not re.fullmatch(AMOUNT, value):
        raise ValueError("must be a string such as 12.50")
    return Decimal(value).quantize(Decimal("0.01"))


#% endif
{! if "date" in r.types !}

def read_date(value: object) -> dt.date:
    """Take a string such as 2026-01-31."""
    if not isinstance(value, str) or not re.fullmatch(DATE, value):
        raise ValueError("must be a date such as 2026-01-31")
    return dt.date.fromisoformat(value)


#% endif
{! if "datetime" in r.types !}

def read_date_time(value: object) -> dt.datetime:
    """Take a string such as 2026-01-31T18:30:00Z, and turn it into UTC."""
    if not isinstance(value, str) or not re.fullmatch(DATE_TIME, value):
        raise ValueError("must be a time such as 2026-01-31T18:30:00Z")
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC)


#% endif
Line = Annotated[str, Field(max_length=200, pattern=NOT_BLANK)]
#% if "text" in r.types
Text = Annotated[str, Field(max_length=10_000, pattern=NOT_BLANK)]
#% endif
#% if "int" in r.types
Integer = Annotated[
    int, Field(ge=-(2**31), le=2**31 - 1), BeforeValidator(read_integer)
]
#% endif
#% if "float" in r.types
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
#% endif
#% if "decimal" in r.types
Amount = Annotated[
    Decimal,
    BeforeValidator(read_amount),
    WithJsonSchema({"type": "string", "pattern": AMOUNT}),
]
#% endif
#% if "date" in r.types
Date = Annotated[
    dt.date,
    BeforeValidator(read_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DATE}),
]
#% endif
#% if "datetime" in r.types
DateTime = Annotated[
    dt.datetime,
    BeforeValidator(read_date_time),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": DATE_TIME}),
]
#% endif
#% if "url" in r.types
WebAddress = Annotated[str, Field(max_length=500, pattern=WEB_ADDRESS)]
#% endif
#% if "email" in r.types
EmailAddress = Annotated[str, Field(max_length=254, pattern=EMAIL_ADDRESS)]
#% endif
