"""The order of a wizard's steps and when one may go on, without Qt.

A wizard fills a draft. Each step says which of the draft's problems belong to it; Next is
possible when none of them blocks. Steps may come and go with what was chosen before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mtlsgui.workspace.drafts import Problem


def _none() -> Sequence[Problem]:
    return ()


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One page of a wizard.

    problems: asked each time the draft changes. applies: whether the step is there at all now.
    """

    id: str
    title: str
    problems: Callable[[], Sequence[Problem]] = field(default=_none)
    applies: Callable[[], bool] = field(default=_always)


class Flow:
    """Where a wizard stands. At least one step must always apply."""

    def __init__(self, steps: Sequence[Step]) -> None:
        ids = [step.id for step in steps]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError("a flow needs steps with different ids")
        self._all = tuple(steps)
        self._current = self.steps[0].id

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step, whether it applies now or not."""
        return self._all

    @property
    def steps(self) -> list[Step]:
        """The steps that apply now."""
        return [step for step in self._all if step.applies()]

    @property
    def index(self) -> int:
        """The place of the current step among those that apply."""
        return [step.id for step in self.steps].index(self._current)

    @property
    def current(self) -> Step:
        """The step being shown."""
        return self.steps[self.index]

    @property
    def is_first(self) -> bool:
        """Whether there is no step before."""
        return self.index == 0

    @property
    def is_last(self) -> bool:
        """Whether the next thing is to finish."""
        return self.index == len(self.steps) - 1

    def problems(self) -> list[Problem]:
        """What is wrong with the current step."""
        return list(self.current.problems())

    @property
    def may_go_on(self) -> bool:
        """Whether Next, or finishing, is possible."""
        return not any(problem.blocking for problem in self.problems())

    def next(self) -> bool:
        """Go to the next step; False when a problem or the end prevents it."""
        if self.is_last or not self.may_go_on:
            return False
        self._current = self.steps[self.index + 1].id
        return True

    def back(self) -> bool:
        """Go to the step before; False at the first one."""
        if self.is_first:
            return False
        self._current = self.steps[self.index - 1].id
        return True

    def back_to(self, index: int) -> bool:
        """Go back to a step that is done; False for one that lies ahead."""
        if not 0 <= index < self.index:
            return False
        self._current = self.steps[index].id
        return True

    def first_blocked(self) -> Step | None:
        """The first step that stops the wizard from finishing, None when all is well."""
        for step in self.steps:
            if any(problem.blocking for problem in step.problems()):
                return step
        return None
