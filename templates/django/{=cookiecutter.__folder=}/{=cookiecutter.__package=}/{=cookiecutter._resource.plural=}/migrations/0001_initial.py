#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The {= resource.label_plural =}."""

#% for line in resource.imports.migrations
{= line =}
#% endfor
import django.db.models.deletion
#% for _ in cookiecutter.__accounts | select
from django.conf import settings
#% endfor
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [{! for target in resource.parents | sort(attribute="plural") !}("{= target.plural =}", "0001_initial"), {! endfor !}{! for _ in cookiecutter.__accounts | select !}migrations.swappable_dependency(settings.AUTH_USER_MODEL){! endfor !}]

    operations = [
        migrations.CreateModel(
            name="{= resource.class_name =}",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
#% for field in resource.fields if field.type != "ref"
#% set arguments = [field.verbose, field.options, field.absent, field.once, field.migrated] | select | join(", ")
#% if "\n" in field.migrated
                (
                    "{= field.name =}",
                    models.{= field.kind =}(
#% for argument in arguments.split(", ")
                        {= argument =},
#% endfor
                    ),
                ),
#% else
                ("{= field.name =}", models.{= field.kind =}({= arguments =})),
#% endif
#% endfor
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
#% set owners = [{"attribute": "owner"}] if cookiecutter.__accounts[0] else []
#% for field in (resource.references + owners) | sort(attribute="attribute")
#% if field.reference is defined
                (
                    "{= field.attribute =}",
                    models.{= field.kind =}({= field.migrated =}),
                ),
#% else
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
#% endif
#% endfor
            ],
            options={
                "ordering": ("-id",),
#% if resource.label_plural != resource.label ~ "s"
                "verbose_name_plural": "{= resource.label_plural =}",
#% endif
            },
        ),
    ]
