"""A draft that cannot be made, as an error."""

from collections.abc import Sequence

from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace.drafts import Problem


class DraftRefused(MtlsguiError):
    """A draft has problems that keep it from being made. `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            problems[0].message,
            " ".join(problem.message for problem in problems[1:]),
            "Change the entry and try again.",
        )
        self.problems = tuple(problems)


def refuse(problems: Sequence[Problem]) -> None:
    """Raises DraftRefused where there are any."""
    if problems:
        raise DraftRefused(problems)
