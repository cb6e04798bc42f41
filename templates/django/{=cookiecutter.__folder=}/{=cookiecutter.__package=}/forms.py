"""What all forms share."""

from django.db import IntegrityError
from django.db.transaction import atomic
from django.forms import ModelForm


def saved(form: ModelForm) -> bool:
    """Save what the form holds, if it is valid; tell whether that was done."""
    try:
        with atomic():
            if form.is_valid():
                form.save()
    except IntegrityError:  # another request was a moment faster
        form.full_clean()
        if form.is_valid():
            raise
    return form.is_valid()
