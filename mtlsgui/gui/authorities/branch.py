"""What the tree model holds of one CA: a window on its sorted children."""

from collections.abc import Sequence

from mtlsgui.inventory.records import CertificateRow


class Branch:
    """The rows loaded under one certificate, or at the top level.

    id: the certificate's, 0 for the top level; also the internal id of its children's indexes.
    first: how many sorted children lie before the first row loaded.
    total: how many children there are.
    """

    __slots__ = ("_positions", "first", "id", "parent", "rows", "total")

    def __init__(self, identity: int, parent: "Branch | None", total: int) -> None:
        self.id, self.parent, self.total = identity, parent, total
        self.first = 0
        self.rows: list[CertificateRow] = []
        self._positions: dict[int, int] | None = None

    @property
    def end(self) -> int:
        """How many sorted children lie before the first row that is not loaded."""
        return self.first + len(self.rows)

    @property
    def depth(self) -> int:
        """0 for the top level."""
        return 0 if self.parent is None else self.parent.depth + 1

    def moved(self) -> None:
        """Rows came, went or changed places."""
        self._positions = None

    def position(self, certificate_id: int) -> int:
        """The row number of a loaded child. Raises KeyError."""
        if self._positions is None:
            self._positions = {row.id: at for at, row in enumerate(self.rows)}
        return self._positions[certificate_id]


def runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of True, as (start, end)."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for at, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = at
        elif not mark and start is not None:
            found.append((start, at))
            start = None
    return found
