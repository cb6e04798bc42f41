"""Baked projects: every framework in `templates/`, and resources of every sort."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scaffold import generate
from scaffold.fields import expand_all
from scaffold.frameworks import load_frameworks
from scaffold.relations import parse_resources
from scaffold.resources import DEFAULT_RESOURCE

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FRAMEWORKS = sorted(path.parent.name for path in TEMPLATES.glob("*/cookiecutter.json"))
RELATING = {each.name for each in load_frameworks(TEMPLATES) if each.relations}
NAME = "My Project"

RESOURCES = {
    "book": DEFAULT_RESOURCE,
    "all_types": (
        "sample name:str note:text count:int ratio:float price:decimal active:bool "
        "day:date opens:time moment:datetime link:url contact:email state:choice:new,as_new,used"
    ),
    "all_unique": (
        "club_member name:str:unique number:int:unique score:float:unique:optional "
        "fee:decimal:unique born:date:unique wakes:time:unique:optional seen:datetime:unique:optional "
        "site:url:unique mail:email:unique:optional"
    ),
    "one_field": "note name:str",
    "twenty_fields": (
        "house street:str number:int city:str country:str:optional rooms:int "
        "floors:int:optional area:float garden:float:optional price:decimal "
        "rent:decimal:optional sold:bool furnished:bool:optional built:date "
        "renovated:date:optional viewed:datetime:optional listed:datetime "
        "website:url:optional agent:email:optional heating:choice:gas,oil,wood,none:optional "
        "remarks:text:optional"
    ),
    "person": "person name:str:unique born:date:optional email:email:optional:unique",
    "category": "category name:str colour:choice:red,green,blue:optional",
    "news": "news headline:str body:text published:datetime source:url:optional",
    "shopping_list": (
        "shopping_list name:str due_date:date:optional total_cost:decimal:optional "
        "for_everyone:bool"
    ),
    "awkward_names": (
        "event where:str date:date time:datetime:optional decimal:decimal:optional "
        "url:url:optional email:email:optional text:text:optional "
        "select:choice:order,group title:str:optional name:str:optional "
        "order:int:optional group:str:optional label:str:optional user:str:optional "
        "type:choice:str,int:optional value:float:optional body:text:optional"
    ),
}
"""Definitions by a short name."""

RELATED = {
    "post_comment": ("post title:str body:text", "comment body:text post:ref"),
    "chain": (
        "author name:str born:date:optional",
        "book title:str isbn:str:unique author:ref",
        "loan borrower:str due_on:date book:ref returned:bool",
    ),
    "diamond": (
        "school name:str",
        "teacher name:str school:ref",
        "course subject:str:unique school:ref",
        "lesson topic:str starts:datetime teacher:ref course:ref",
    ),
    "optional": ("project name:str", "item summary:str project:ref:optional"),
    "one_to_one": (
        "machine serial:str:unique",
        "desk number:int notes:text:optional",
        "worker name:str machine:ref:unique desk:ref:optional:unique",
    ),
    "named": (
        "person name:str",
        "article body:text headline:str writer:ref:person editor:ref:person:optional",
    ),
    "teams": (
        "team name:str:unique",
        "game played_on:date report:text:optional home:ref:team away:ref:team",
    ),
    "cascade": (
        "post title:str",
        "comment body:text post:ref:cascade",
        "like note:str:optional comment:ref:cascade",
        "report reason:text comment:ref",
    ),
    "university": (  # as many as there may be; the pairs of many to many have no text
        "campus name:str",
        "building name:str:unique campus:ref",
        "room label:str seats:int building:ref",
        "faculty name:str campus:ref",
        "subject title:str faculty:ref",
        "teacher name:str email:email:unique faculty:ref office:ref:room:optional:unique",
        "student name:str born:date campus:ref tutor:ref:teacher:optional",
        "course title:str fee:decimal:optional subject:ref teacher:ref",
        "lesson topic:text starts:datetime course:ref:cascade room:ref",
        "enrolment student:ref:cascade course:ref:cascade",
        "grade mark:float remark:text:optional enrolment:ref:unique:cascade marker:ref:teacher",
        "attendance present:bool lesson:ref:cascade enrolment:ref:cascade",
    ),
}
"""Several that belong together, by a short name."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """A generated project on the disk."""

    framework: str
    resource: str
    path: Path
    package: str
    commands: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def interface(self) -> str:
        """Which of pages and the API it has."""
        return str(self.options.get("interface", "full"))

    @property
    def has_accounts(self) -> bool:
        """Whether it has accounts."""
        return bool(self.options.get("accounts", True))

    @property
    def id(self) -> str:
        """How the project is called in reports."""
        return f"{self.framework}-{self.resource}"

    @property
    def definitions(self) -> list[dict[str, Any]]:
        """What is known of what it keeps whatever the framework, parents first."""
        return expand_all(parse_resources(texts(self.resource)), {}, jinja={})

    @property
    def definition(self) -> dict[str, Any]:
        """The only resource, or the first."""
        return self.definitions[0]

    def write_resource(self, path: Path) -> Path:
        """Write the definitions as the contract suite reads them."""
        metadata = tomllib.loads((self.path / "pyproject.toml").read_text("utf-8"))
        known = {
            "description": metadata["project"]["description"],
            "resources": self.definitions,
        }
        path.write_text(json.dumps(known), encoding="utf-8")
        return path


def texts(resource: str) -> list[str]:
    """What is written after each `-r` for what this short name stands for."""
    return list(RELATED.get(resource) or [RESOURCES[resource]])


def matrix(*resources: str) -> pytest.MarkDecorator:
    """Run a test for every framework with each of these, several only where it takes them."""
    return pytest.mark.parametrize(
        ("framework", "resource"),
        [
            pytest.param(framework, resource, id=f"{framework}-{resource}")
            for framework in FRAMEWORKS
            for resource in resources
            if resource in RESOURCES or framework in RELATING
        ],
    )


def bake(framework: str, resource: str, folder: Path, **options: Any) -> Project:
    """Generate a project in this folder, which is made."""
    folder.mkdir(parents=True)
    made = generate(
        framework,
        NAME,
        output_dir=folder,
        resource=texts(resource),
        git=False,
        **options,
    )
    return Project(
        framework=framework,
        resource=resource,
        path=made.path,
        package=made.package,
        commands=made.commands,
        options=options,
    )
