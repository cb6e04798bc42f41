#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What views share: how a form is saved, and the health check."""

from typing import Any

from django.contrib.messages.views import SuccessMessageMixin
from django.db import DatabaseError, IntegrityError
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}


class SaveFormMixin(SuccessMessageMixin, FormView):
    """Says that a form was saved; shows it again, with status 422, where it cannot be."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for field in form.fields.values():  # the focus would skip a link to the content
            field.widget.attrs.pop("autofocus", None)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with atomic():
                return super().form_valid(form)
        except IntegrityError:  # another request was a moment faster
            form.full_clean()
            if form.is_valid():
                raise
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers, and has its tables."""
    try:
        {= resource.class_name =}.objects.exists()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
