"""Forms: what is wrong with the values that a page posts."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

MESSAGES = {
    "missing": "This field is required.",
    "string_pattern_mismatch": "This is not a valid value.",
}


def error_message(fault: ErrorDetails) -> str:
    """Say what is wrong with a value."""
    return MESSAGES.get(fault["type"], fault["msg"])


def form_errors(error: ValidationError) -> dict[str, str]:
    """Return what is wrong with each field."""
    return {str(fault["loc"][0]): error_message(fault) for fault in error.errors()}
