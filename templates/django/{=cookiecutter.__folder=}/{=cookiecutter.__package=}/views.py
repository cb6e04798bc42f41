#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What views share: how a form is saved, what templates know, the health check."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError
from django.db.transaction import atomic
from django.forms import ModelForm
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


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


def project(request: HttpRequest) -> dict[str, Any]:
    """Return what all templates know."""
    return {
        "description": settings.DESCRIPTION,
        "allow_signup": settings.ALLOW_SIGNUP,
    }


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers, and has its tables."""
    try:
        {= resource.class_name =}.objects.exists()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
