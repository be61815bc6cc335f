"""Statements that are compiled once: the query builder takes longer to write SQL than SQLite to run
it, by far where one row is asked for.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import SQL


@dataclass(frozen=True, slots=True)
class Parameter:
    """Stands in a query for a value that is given each time it is run."""

    name: str


class Prepared:
    """A query of the builder, compiled; `Parameter`s in it are filled in by `values`."""

    def __init__(self, query: Any) -> None:
        sql, parameters = query.sql()
        self.sql = str(sql)
        self._parameters: tuple[Any, ...] = tuple(parameters)

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """What SQLite is handed with the statement. Raises KeyError where one is not given."""
        return [
            given[value.name] if isinstance(value, Parameter) else value
            for value in self._parameters
        ]


def listed(values: Parameter | Iterable[Any]) -> Any:
    """The right side of IN for values of any number, as one parameter: many have a limit.

    A `Parameter` is given `as_list(values)`.
    """
    given = values if isinstance(values, Parameter) else as_list(values)
    return SQL("(SELECT value FROM json_each(?))", [given])


def as_list(values: Iterable[Any]) -> str:
    """What a `Parameter` in `listed` is given."""
    return json.dumps(list(values))
