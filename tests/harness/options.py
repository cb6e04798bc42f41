"""Options: their values, and few projects in which every two values of two of them meet."""

from collections import OrderedDict
from itertools import product
from typing import Any

from allpairspy import AllPairs

from scaffold.frameworks import Framework, Option, load_frameworks

from .projects import TEMPLATES

Options = dict[str, Any]

SHAPING = ("interface", "accounts")
TEXT = "some \\ {{ text }}"


def values(option: Option) -> list[str | bool]:
    """What an option may be, its default first; of a text, nothing and something."""
    if isinstance(option.default, bool):
        return [option.default, not option.default]
    return [*option.choices] or ["", TEXT]


def other(framework: Framework) -> Options:
    """Every option of a framework as it is not by default."""
    return {option.key: values(option)[1] for option in framework.options}


def declared() -> dict[str, list[str | bool]]:
    """Every option of any framework, with its values."""
    return {
        option.key: values(option)
        for framework in load_frameworks(TEMPLATES)
        for option in framework.options
    }


def shapes() -> list[tuple[str, Options]]:
    """Each framework with pages, API and accounts in every way but the default one."""
    return [
        (framework.name, dict(zip(keys, row, strict=True)))
        for framework in load_frameworks(TEMPLATES)
        for keys in [[o.key for o in framework.options if o.key in SHAPING]]
        for row in product(*(declared()[key] for key in keys))
        if row != tuple(declared()[key][0] for key in keys)
    ]


def cover() -> list[tuple[str, Options]]:
    """Frameworks with options, so that each value meets each value of the others somewhere.

    What is declared decides, so an option that is new joins by itself.
    """
    keys = {
        framework.name: [option.key for option in framework.options]
        for framework in load_frameworks(TEMPLATES)
    }
    choices = declared()

    def possible(row: list[Any]) -> bool:
        """Tell whether the framework has what differs from the default."""
        name, *rest = row
        return all(
            value == choices[key][0] or key in keys[name]
            for key, value in zip(choices, rest, strict=False)
        )

    table = OrderedDict(framework=[*keys], **choices)
    return [
        (row.framework, {key: getattr(row, key) for key in keys[row.framework]})
        for row in AllPairs(table, filter_func=possible)
    ]
