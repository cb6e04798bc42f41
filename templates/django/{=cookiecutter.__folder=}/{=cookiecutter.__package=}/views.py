#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set resources = cookiecutter._resources | default([resource])
"""{! for _ in cookiecutter.__pages | select !}The start page, how views save a form, and the health check.{! else !}The health check.{! endfor !}"""

#% if cookiecutter._related
import collections
from itertools import chain
#% endif
from typing import Any

from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.db import {= "DEFAULT_DB_ALIAS, " if cookiecutter._related =}DatabaseError, IntegrityError
#% if cookiecutter._related
from django.db.models import RestrictedError
from django.db.models.deletion import Collector
#% endif
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
#% for _ in cookiecutter.__bare | select
from django.views.decorators.http import require_safe
#% endfor
from django.views.generic import {= "DeleteView, " if cookiecutter._related =}FormView, TemplateView

{! for _ in cookiecutter.__pages | select !}
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
{! else !}
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
{! endfor !}


#% for _ in cookiecutter.__pages | select
class StartPage(TemplateView):
    """Shows the newest entries, and how many there are."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = {{! for resource in resources !}{! set joined = (cookiecutter.__owners | select | list) + (resource.references | map(attribute="attribute") | list) !}"{= resource.plural =}": Paginator({= resource.class_name =}.objects.{= "select_related(%s)" | format(joined | map("tojson") | join(", ")) if joined else "all()" =}, 4).page(1){= ", " if not loop.last =}{! endfor !}}
        return super().get_context_data(newest=newest, **kwargs)


class SaveFormMixin(SuccessMessageMixin, FormView):
    """Says that a form was saved; shows it again, with status 422, where it cannot be."""

#% for _ in cookiecutter.__accounts | select
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for field in form.fields.values():  # the focus would skip a link to the content
            field.widget.attrs.pop("autofocus", None)
        return form

{! endfor !}
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


#% endfor
#% if cookiecutter._related
#% for _ in cookiecutter.__pages | select
class DeleteParentMixin(DeleteView):
    """Tells what keeps an entry, and what is deleted with it, before it asks."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Collector(DEFAULT_DB_ALIAS)
        uses: set[Any] = set()
        try:
            found.collect([self.object])
        except RestrictedError as error:
            uses = error.restricted_objects
        along = {*chain(*found.data.values(), *found.fast_deletes)} - {self.object}
        return super().get_context_data(
            uses=tell_counts(uses), followers=tell_counts(along), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except RestrictedError:  # something came to refer to it in the meantime
            return self.render_to_response(self.get_context_data(), status=409)


#% endfor
def tell_counts(entries: set[Any]) -> str:
    """Say how many there are, such as "2 comments and 1 loan"."""
    counts = collections.Counter(entry._meta for entry in entries)
    told = (
        f"{n} {kind.verbose_name if n == 1 else kind.verbose_name_plural}"
        for kind, n in counts.items()
    )
    return " and ".join(sorted(told))


#% endif
@never_cache
#% for _ in cookiecutter.__bare | select
@require_safe
#% endfor
def health(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers, and has its tables."""
    try:
        {= resource.class_name =}.objects.exists()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
