#% set r = cookiecutter._resource
"""The {= r.label_plural =}."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse


class {= r.class_name =}QuerySet(models.QuerySet["{= r.class_name =}"]):
    """Ways to choose among the {= r.label_plural =}."""

    def search(self, text: str) -> Self:
        """Keep the {= r.label_plural =} that contain `text`, whatever its case."""
        text = text.strip()
        if not text:
            return self
        return self.filter(
#% for name in r.search_fields
            {= "| " if not loop.first =}Q({= name =}__icontains=text)
#% endfor
        )


class {= r.class_name =}(models.Model):
    """{= r.article | capitalize =} {= r.label =}."""

#% for field in r.fields
    {= field.name =} = {= field.column =}
#% endfor
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = {= r.class_name =}QuerySet.as_manager()

    class Meta:
        """The newest {= r.label =} comes first."""

        ordering = ("-id",)
#% if r.label_plural != r.label ~ "s"
        verbose_name_plural = "{= r.label_plural =}"
{! endif !}

    def __str__(self) -> str:
        """Return what the {= r.label =} is called."""
        return self.{= r.title_field =}

    def get_absolute_url(self) -> str:
        """Return the path of the {= r.label =}'s page."""
        return reverse("{= r.plural =}:detail", args=[self.pk])
