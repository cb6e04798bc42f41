#% set r = cookiecutter._resource
"""The {= r.label_plural =}."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="{= r.class_name =}",
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
#% for field in r.fields
                ("{= field.name =}", {= field.column =}),
#% endfor
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("-id",),
#% if r.label_plural != r.label ~ "s"
                "verbose_name_plural": "{= r.label_plural =}",
#% endif
            },
        ),
    ]
