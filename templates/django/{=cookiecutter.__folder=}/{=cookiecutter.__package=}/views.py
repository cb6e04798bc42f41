#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What views share: how a form is saved, and the health check."""

#% if cookiecutter._related
import collections
#% endif
from typing import Any

{! if cookiecutter._related !}
from django.contrib.admin.utils import NestedObjects, model_ngettext
{! endif !}
from django.contrib.messages.views import SuccessMessageMixin
from django.db import {= "DEFAULT_DB_ALIAS, " if cookiecutter._related =}DatabaseError, IntegrityError
#% if cookiecutter._related
from django.db.models import RestrictedError
#% endif
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.generic import {= "DeleteView, " if cookiecutter._related =}FormView

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


#% if cookiecutter._related
class DeleteParentMixin(DeleteView):
    """Tells what keeps an entry, and what is deleted with it, before it asks."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = NestedObjects(DEFAULT_DB_ALIAS)
        found.collect([self.object])
        along = {entry for entries in found.model_objs.values() for entry in entries}
        return super().get_context_data(
            uses=tell_counts(found.protected),
            followers=tell_counts(along - {self.object}),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except RestrictedError:  # something came to refer to it in the meantime
            return self.render_to_response(self.get_context_data(), status=409)


def tell_counts(entries: set[Any]) -> str:
    """Say how many there are, such as "2 comments and 1 loan"."""
    counts = collections.Counter(entry._meta for entry in entries)
    told = (f"{n} {model_ngettext(kind, n)}" for kind, n in counts.items())
    return " and ".join(sorted(told))


#% endif
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers, and has its tables."""
    try:
        {= resource.class_name =}.objects.exists()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
