"""Options: their values, and few projects in which every two values of two of them meet."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from itertools import combinations, product
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
    table: dict[str, list[Any]] = OrderedDict(framework=[*keys])
    table |= declared()

    def possible(row: Mapping[str, Any]) -> bool:
        """Tell whether the framework has what differs from the default."""
        return all(
            value == table[key][0] or key in keys[name]
            for name in [row["framework"]]
            for key, value in row.items()
            if key != "framework"
        )

    rows = [
        dict(zip(table, row, strict=True))
        for row in AllPairs(
            table, filter_func=lambda row: possible(dict(zip(table, row, strict=False)))
        )
    ]
    # A value that few frameworks have may have met too little: then they get more rows.
    met = {pair for row in rows for pair in combinations(row.items(), 2)}
    for one, two in combinations(table, 2):
        for pair in product(
            [(one, value) for value in table[one]],
            [(two, value) for value in table[two]],
        ):
            for name in [] if pair in met else keys:
                row = {"framework": name, **dict(pair)}
                if row["framework"] == name and possible(row):
                    rows.append(filled(row, table, possible, met))
                    met |= {*combinations(rows[-1].items(), 2)}
                    break
    return [
        (row["framework"], {key: row[key] for key in keys[row["framework"]]})
        for row in rows
    ]


def filled(
    row: dict[str, Any],
    table: Mapping[str, list[Any]],
    possible: Callable[[Mapping[str, Any]], bool],
    met: Collection[Any],
) -> dict[str, Any]:
    """A row with a value for each key, of those that have met fewest."""
    for key in (key for key in table if key not in row):
        row[key] = min(
            (value for value in table[key] if possible({**row, key: value})),
            key=lambda value: sum(
                pair in met or pair[::-1] in met
                for pair in (((key, value), other) for other in row.items())
            ),
        )
    return {key: row[key] for key in table}
