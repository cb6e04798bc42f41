#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The {= resource.label_plural =}: what the form, the admin and the API are made from."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
#% for line in resource.imports.models
{= line =}
#% endfor
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from {= package =}.accounts.models import User

# What people fill in, in this order.
FIELDS = ("{= resource.fields | map(attribute='name') | join('", "') =}"{= "," if resource.fields | length == 1 =})
#% set limits = resource.fields | map(attribute="limits") | select | unique | list
#% if limits

# What every database can hold.
#% for line in limits
{= line =}
#% endfor
#% endif
#% for field in resource.fields if field.type == "choice"


class {= resource.class_name =}{= field.class_name =}(models.TextChoices):
#% set names = field.choices | map(attribute="value") | map("replace", "-", "_") | unique | list
#% for choice in field.choices
    {= "N" if choice.value[0] in "0123456789" =}{= choice.value | replace("-", "_") | upper =}{= "_%d" | format(loop.index) if names | length < field.choices | length =} = "{= choice.value =}", "{= choice.label =}"
{! endfor !}
{! endfor !}


class {= resource.class_name =}QuerySet(models.QuerySet["{= resource.class_name =}"]):
    """Ways to choose among the {= resource.label_plural =}."""

    def search(self, text: str) -> Self:
        """Keep the {= resource.label_plural =} that contain `text`, whatever its case."""
        text = text.strip()
        if not text:
            return self
        return self.filter(
#% for name in resource.search_fields
            {= "| " if not loop.first =}Q({= name =}__icontains=text)
#% endfor
        )

    def get_own(self, user: User | AnonymousUser, pk: int) -> "{= resource.class_name =}":
        """Return the user's own {= resource.label =}, locked until the transaction ends."""
        {= resource.name =} = get_object_or_404(self.select_for_update(), pk=pk)
        if {= resource.name =}.owner_id != user.pk:
            raise PermissionDenied("Only its owner may change or delete this {= resource.label =}.")
        return {= resource.name =}


class {= resource.class_name =}(models.Model):
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
#% for field in resource.fields
    {= field.name =} = models.{= field.kind =}({= [field.verbose, field.options, field.absent, field.once, field.rules] | select | join(", ") =})
#% endfor
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = {= resource.class_name =}QuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
#% if resource.label_plural != resource.label ~ "s"
        verbose_name_plural = "{= resource.label_plural =}"
{! endif !}

    def __str__(self) -> str:
        return self.{= resource.title_field =}

    def get_absolute_url(self) -> str:
        return reverse("{= resource.plural =}:detail", args=[self.pk])
