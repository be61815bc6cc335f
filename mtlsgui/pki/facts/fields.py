"""Reading fields one by one, with the problems met on the way."""

from collections.abc import Callable
from typing import TypeVar

from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts.records import FieldProblem

_T = TypeVar("_T")


class Fields:
    """Reads fields; one that raises is None and has a line in `problems`."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def read(self, field: str, get: Callable[[], _T]) -> _T | None:
        try:
            return get()
        except Exception as error:  # a field that raises is what this is for
            self.problem(field, reason(error))
            return None

    def problem(self, field: str, message: str) -> None:
        self.problems.append(FieldProblem(field, message))
