"""A made-up framework, small enough to read: what the generator's own tests generate.

It takes several resources, and `RELATED` are files that show all that templates get to know of them.
"""

import json
from pathlib import Path
from typing import Any

NAME = "bottle"
PROJECT = "{=cookiecutter.__folder=}"
PACKAGE = "{=cookiecutter.__package=}"
PLURAL = "{=cookiecutter._resource.plural=}"

SETTINGS: dict[str, Any] = {
    "project_name": "My Project",
    "description": "Keeps track of {= cookiecutter._keeps =}.",
    "author": "The {= cookiecutter.project_name =} authors",
    "email": "",
    "database": ["sqlite", "postgres"],
    "docker": True,
    "motto": "We keep {= cookiecutter._resource.label_plural =}.",
    "__prompts__": {
        "description": "What the project is, in one sentence.",
        "author": "Who holds the copyright.",
        "email": "The author's address.",
        "database": "Where the data is kept.",
        "docker": {"__prompt__": "Add a Dockerfile."},
        "motto": "What it says on the door.",
    },
    "__folder": "{= cookiecutter.project_name | replace(' ', '-') =}",
    "__package": "{= cookiecutter.project_name | lower | replace(' ', '_')"
    " | replace('-', '_') =}",
    "__description_literal": "\"{= cookiecutter.description | replace('\\\\', '\\\\\\\\')"
    " | replace('\"', '\\\\\"') =}\"",
    "__author_literal": "\"{= cookiecutter.author | replace('\\\\', '\\\\\\\\')"
    " | replace('\"', '\\\\\"') =}\"",
    "__commands": {
        "setup": "bottle migrate && bottle check",
        "create_user": "python -m {= cookiecutter.__package =} create-user ada",
        "seed": "python -m {= cookiecutter.__package =} seed ada",
        "run": "python -m {= cookiecutter.__package =}",
        "check": "pytest",
    },
    "_framework": {
        "title": "Bottle",
        "known_for": "One file and no dependencies",
        "hired_for": "Small services, devices and prototypes",
    },
    "_reserved": {
        "packages": ["bottle", "Paste-Deploy"],
        "fields": ["metadata_"],
        "resources": ["plugin"],
    },
    "_secrets": [".env"],
    "_relations": True,
    "_jinja2_env_vars": {
        "variable_start_string": "{=",
        "variable_end_string": "=}",
        "block_start_string": "{!",
        "block_end_string": "!}",
        "comment_start_string": "{!#",
        "comment_end_string": "#!}",
        "line_statement_prefix": "#%",
        "trim_blocks": True,
        "lstrip_blocks": True,
    },
}

FIELDS = """\
[all]
annotation = "{= field.type =}{= ' | None' if field.optional =}"

[str]
annotation = "str{= ' | None' if field.optional =}"

[text]
annotation = "str{= ' | None' if field.optional =}"

[int]
annotation = "int{= ' | None' if field.optional =}"

[bool]
annotation = "bool"

[datetime]
annotation = "datetime{= ' | None' if field.optional =}"
imports = { models = ["from datetime import datetime"] }

[ref]
annotation = "int{= ' | None' if field.optional =}"

[date]
annotation = "date{= ' | None' if field.optional =}"
imports = { models = ["from datetime import date"] }
"""

FILES = {
    ".env": "SECRET_KEY={= random_ascii_string(50) =}\n",
    ".gitignore": ".env\n",
    "README.md": "# {= cookiecutter.project_name =}\n\n{= cookiecutter.description =}\n",
    "run": "#!/bin/sh\nexec {= cookiecutter.__commands.run =}\n",
    f"{PACKAGE}/__init__.py": '"""What it is."""\n\n'
    "DESCRIPTION = {= cookiecutter.__description_literal =}\n"
    "AUTHOR = {= cookiecutter.__author_literal =}\n",
    f"{PACKAGE}/settings.py": 'DATABASE = "{= cookiecutter.database =}"\n',
    f"{PACKAGE}/{PLURAL}/models.py": '"""What an entry is."""\n'
    "#% for line in cookiecutter._resource.imports.models\n"
    "{= line =}\n"
    "#% endfor\n"
    "class {= cookiecutter._resource.class_name =}:\n"
    "    #% for field in cookiecutter._resource.fields\n"
    "    {= field.name =}: {= field.annotation =}\n"
    "    #% endfor\n",
}

# What several resources are to each other: tables, models that know both sides, and entries.
RELATED = {
    f"{PACKAGE}/schema.sql": """\
#% for resource in cookiecutter._resources
CREATE TABLE "{= resource.plural =}" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT
#% for field in resource.fields
  , "{= field.name =}"{= " NOT NULL" if not field.optional =}
#% endfor
#% for name in resource.unique_fields
  , CONSTRAINT "uq_{= resource.plural =}_{= name =}" UNIQUE ("{= name =}")
#% endfor
#% for field in resource.references
  , CONSTRAINT "{= field.reference.foreign_key =}" FOREIGN KEY ("{= field.name =}")
    REFERENCES "{= field.reference.target.plural =}" ("id"){= " ON DELETE CASCADE" if field.reference.cascade =}
#% endfor
);
#% for field in resource.references
CREATE INDEX "{= field.reference.index =}" ON "{= resource.plural =}" ("{= field.name =}");
#% endfor
#% endfor
""",
    f"{PACKAGE}/{PLURAL}/relations.py": """\
#% set resource = cookiecutter._resource
from dataclasses import dataclass


@dataclass
class {= resource.class_name =}:
#% for field in resource.fields
    {= field.name =}: object
#% if field.type == "ref"
    {= field.reference.name =}: "{= field.reference.target.class_name =}"
#% endif
#% endfor
#% for each in resource.children
    {= each.collection =}: object = None  # {= each.title =}: {= each.adding =}
#% endfor

    def keeps(self) -> list[str]:
        return [{! for each in resource.blockers !}{! for way in each.ways !}"{= way.lookup =}", {! endfor !}{! endfor !}]

    def takes_along(self) -> list[str]:
        return [{! for each in resource.followers !}{! for way in each.ways !}"{= way.lookup =}", {! endfor !}{! endfor !}]

#% if resource.title_kind != "str"

    @property
    def {= resource.title_attribute =}(self) -> str:
        return str(self.{= resource.title_field =})
#% endif


{= resource.prefix =}FORM = {
#% for field in resource.fields
    "{= field.name =}": {= field.example_form =},
#% endfor
}


def nth(n: int) -> dict[str, object]:
    return {
#% for field in resource.fields
        "{= field.name =}": {= field.nth =},
#% endfor
    }


NEEDED = {= resource.examples_needed =}
""",
    f"{PACKAGE}/{PLURAL}/seed.json": """\
#% set resource = cookiecutter._resource
[
#% for n in range(3)
  {{! for field in resource.fields !}"{= field.name =}": {= {"True": "true", "False": "false"}.get(field.entries[n], field.entries[n]) =}{= ", " if not loop.last =}{! endfor !}}{= "," if not loop.last =}
#% endfor
]
""",
}


def write_starter(
    templates: Path,
    *,
    name: str = NAME,
    files: dict[str, str] | None = None,
    fields: str = FIELDS,
    **settings: Any,
) -> Path:
    """Write a framework into a folder of templates, and return its own folder."""
    framework = templates / name
    framework.mkdir(parents=True)
    text = json.dumps(SETTINGS | settings, indent=2)
    (framework / "cookiecutter.json").write_text(text, encoding="utf-8")
    (framework / "types.toml").write_text(fields, encoding="utf-8")
    for path, content in (FILES | (files or {})).items():
        file = framework / PROJECT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    return framework
