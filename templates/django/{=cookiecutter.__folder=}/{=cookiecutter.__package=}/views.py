#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What every page may show, the health check, and the page for faults."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


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


def server_error(request: HttpRequest) -> HttpResponse:
    """Show that something went wrong; to whom, only if the database answers."""
    try:
        return render(request, "500.html", status=500)
    except DatabaseError:
        return render(None, "500.html", status=500)
