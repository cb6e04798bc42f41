#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set name = resource.class_name
"""The pages of {= resource.label_plural =}."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.db.transaction import atomic
from django.http import Http404, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views import generic

from {= package =}.{= resource.plural =}.forms import {= name =}Form
from {= package =}.{= resource.plural =}.models import {= name =}
#% if resource.references
from {= package =}.{= resource.plural =}.schemas import {= name =}Filter
#% endif
from {= package =}.views import {= "DeleteParentMixin, " if resource.children =}SaveFormMixin


class {= name =}List(generic.ListView):
    """The newest {= resource.label_plural =}, or those that `q` finds."""

    paginate_by = 20

    def get_queryset(self) -> QuerySet[{= name =}]:
        q = self.request.GET.get("q", "")
        if len(q) > 200 or "\0" in q:
            raise Http404
#% if resource.references
        try:
            filters = {= name =}Filter.model_validate(self.request.GET.dict())
        except ValueError:
            raise Http404 from None
        return filters.filter({= name =}.objects.select_related("owner"{! for field in resource.references !}, "{= field.attribute =}"{! endfor !}).search(q))
#% else
        return {= name =}.objects.select_related("owner").search(q)
{! endif !}


class {= name =}Detail(generic.DetailView):
#% if "_" in resource.name
    context_object_name = "{= resource.name =}"
#% endif
    queryset = {= name =}.objects.select_related("owner"{! for field in resource.references !}, "{= field.attribute =}"{! endfor !})


class New{= name =}(LoginRequiredMixin, SaveFormMixin, generic.CreateView):
    model, form_class = {= name =}, {= name =}Form
    success_message = "{= resource.title =} added."

#% if resource.references
    def get_initial(self) -> dict[str, Any]:
        """Choose what the link to this page comes from."""
        return {{! for field in resource.references !}"{= field.attribute =}": self.request.GET.get("{= field.name =}"){= ", " if not loop.last =}{! endfor !}}

#% endif
    def form_valid(self, form: Any) -> HttpResponse:
        form.instance.owner = self.request.user
        return super().form_valid(form)


@method_decorator(atomic, "dispatch")
class Own{= name =}Mixin(LoginRequiredMixin, SaveFormMixin):
    """Finds {= resource.article =} {= resource.label =} for its owner, and keeps others from changing it meanwhile."""

    def get_object(self, queryset: Any = None) -> {= name =}:
        return {= name =}.objects.get_own(self.request.user, self.kwargs["pk"])


class Edit{= name =}(Own{= name =}Mixin, generic.UpdateView):
    form_class = {= name =}Form
    success_message = "{= resource.title =} saved."


class Delete{= name =}({= "DeleteParentMixin, " if resource.children =}Own{= name =}Mixin, generic.DeleteView):
    success_url = reverse_lazy("{= resource.plural =}:list")
    success_message = "{= resource.title =} deleted."
