"""Which actions the inspector offers for what it shows, by their ids."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSet:
    """Ids of the actions offered for one kind of thing.

    primary: the one likely action, "" for none. more: behind "⋯"; None is a separator.
    """

    primary: str = ""
    others: Sequence[str] = ()
    more: Sequence[str | None] = ()


@dataclass(frozen=True)
class InspectorActions:
    """What is offered for a CA, for any other certificate, and for several together."""

    authority: ActionSet = ActionSet()
    certificate: ActionSet = ActionSet()
    several: ActionSet = ActionSet()
