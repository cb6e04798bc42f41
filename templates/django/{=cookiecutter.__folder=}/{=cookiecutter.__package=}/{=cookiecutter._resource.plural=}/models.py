#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The {= resource.label_plural =}: what {= cookiecutter.__texts.faces =} {= cookiecutter.__texts.are =} made from."""

from typing import {! for _ in cookiecutter.__postgres | select if resource.references !}Any, {! endfor !}Self

#% for _ in cookiecutter.__accounts | select
from django.contrib.auth.models import AnonymousUser
#% endfor
from django.core.exceptions import PermissionDenied
#% for line in resource.imports.models
{= line =}
#% endfor
from django.db import {! for _ in cookiecutter.__postgres | select if resource.references !}connection, {! endfor !}models
#% if resource.search_fields
from django.db.models import Q
#% endif
from django.shortcuts import get_object_or_404
from django.urls import reverse
#% if resource.title_kind == "text"
from django.utils.text import Truncator
{! endif !}

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
#% for target in resource.parents
from {= package =}.{= target.plural =}.models import {= target.class_name =}
{! endfor !}

# What people fill in, in this order.
FIELDS = ("{= resource.fields | map(attribute='attribute') | join('", "') =}"{= "," if resource.fields | length == 1 =})
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
#% if not resource.search_fields
        """Keep all: {= resource.article =} {= resource.label =} has no text to search."""
        return self
#% else
        """Keep the {= resource.label_plural =} that contain `text`, whatever its case."""
        text = text.strip()
        if not text:
            return self
        return self.filter(
#% for name in resource.search_fields
            {= "| " if not loop.first =}Q({= name =}__icontains=text)
#% endfor
        )
{! endif !}

#% for _ in cookiecutter.__accounts | select
    def get_own(self, user: User | AnonymousUser, pk: int) -> "{= resource.class_name =}":
        """Return the user's own {= resource.label =}, locked until the transaction ends."""
        {= resource.name =} = get_object_or_404(self.select_for_update(), pk=pk)
        if {= resource.name =}.owner_id != user.pk:
            raise PermissionDenied("Only its owner may change or delete this {= resource.label =}.")
        return {= resource.name =}
#% else
    def get_locked(self, pk: int) -> "{= resource.class_name =}":
        """Return {= resource.article =} {= resource.label =}, locked until the transaction ends."""
        return get_object_or_404(self.select_for_update(), pk=pk)
{! endfor !}


class {= resource.class_name =}(models.Model):
#% for _ in cookiecutter.__accounts | select
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
#% endfor
#% for field in resource.fields
    {= field.attribute =} = models.{= field.kind =}({= [field.verbose, field.options, field.absent, field.once, field.rules] | select | join(", ") =})
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
#% if resource.title_kind == "str"
        return self.{= resource.title_field =}
#% elif resource.title_kind == "text"
        return Truncator(self.{= resource.title_field =}).chars(60)
#% elif resource.title_kind == "date"
        return f"{= resource.title =} of {self.{= resource.title_field =}}"
#% else
        return f"{= resource.title =} of {self.{= resource.title_field =}:%Y-%m-%d %H:%M} UTC"
{! endif !}
{! for _ in cookiecutter.__pages | select !}

{! for _ in cookiecutter.__postgres | select if resource.references !}
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # At once, not when the transaction ends: nothing it refers to goes meanwhile.
        connection.check_constraints()

{! endfor !}
    def get_absolute_url(self) -> str:
        return reverse("{= resource.plural =}:detail", args=[self.pk])
#% for method in resource.fields | map(attribute="method") | select

{= method | indent(4, first=true) =}
#% endfor
{! endfor !}
