"""The tree of certificates, read from SQL a page at a time.

Of each CA that was opened, the model holds one window on its sorted children (a `Branch`): some
consecutive rows, more of which are fetched as one scrolls. So 100,000 rows under one CA cost no
more than those looked at.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from mtlsgui.gui import words
from mtlsgui.gui.authorities import wording
from mtlsgui.gui.authorities.branch import Branch, runs
from mtlsgui.inventory.records import CertificateRow, Sort, SortColumn, TreeFilter, Warn
from mtlsgui.pki.describe.words import colons
from mtlsgui.workspace.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

PAGE = 100
"""Rows fetched at a time."""

NEAR = 30
"""Rows before the first or last one loaded at which the page beyond it is fetched."""
KEEP = 800
"""Rows beyond those on the screen that stay loaded: views lay out all that are open, each time."""

CERTIFICATE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The CertificateRow of an index, in every column."""


class Column(IntEnum):
    """The columns, in the order of the model."""

    NAME = 0
    STATUS = 1
    EXPIRES = 2
    KIND = 3
    SERIAL = 4
    KEY = 5


_SORTS: dict[int, SortColumn] = {
    Column.NAME: "name",
    Column.STATUS: "status",
    Column.EXPIRES: "expires",
    Column.KIND: "kind",
    Column.SERIAL: "serial",
    Column.KEY: "key",
}


class AuthoritiesModel(QAbstractItemModel):
    """CAs and, under each, what it issued.

    mime_data: makes what is dragged out, from certificate ids.
    """

    def __init__(
        self,
        ws: Workspace,
        mime_data: Callable[[Sequence[int]], QMimeData],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._ws = ws.inventory.tree, ws
        self._mime_data = mime_data
        self._filter = TreeFilter()
        self._sort = Sort()
        self._now = ws.clock()
        self._warn = ws.preferences.warn
        self._root = Branch(0, None, 0)
        self._branches: dict[int, Branch] = {0: self._root}
        # The branch that each loaded certificate is a row of.
        self._home: dict[int, Branch] = {}
        self._stale: deque[int] = deque()
        self._slice = QTimer(self)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._refresh_next)
        self._titles = {
            Column.NAME: self.tr("Name"),
            Column.STATUS: self.tr("Status"),
            Column.EXPIRES: self.tr("Expires"),
            Column.KIND: self.tr("Kind"),
            Column.SERIAL: self.tr("Serial"),
            Column.KEY: self.tr("Key"),
        }
        self._load_top()

    # -- what is shown

    @property
    def now(self) -> datetime:
        """The moment that statuses and spans of time are of."""
        return self._now

    @property
    def warn(self) -> Warn:
        """From when on certificates expire soon."""
        return self._warn

    @property
    def shown_filter(self) -> TreeFilter:
        """What the tree is narrowed down to."""
        return self._filter

    @property
    def shown_sort(self) -> Sort:
        """What rows are sorted by."""
        return self._sort

    def set_filter(self, wanted: TreeFilter) -> None:
        """Show only what matches, and the CAs above it."""
        if wanted != self._filter:
            self._filter = wanted
            self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        wanted = Sort(_SORTS.get(column, "name"), descending)
        if wanted != self._sort:
            self._sort = wanted
            self.reload()

    def reload(self) -> None:
        """Begin anew with the first page of the top level."""
        self.beginResetModel()
        self._load_top()
        self.endResetModel()

    def _load_top(self) -> None:
        self._stale.clear()
        self._slice.stop()
        self._look_at_the_clock()
        self._root = Branch(0, None, 0)
        # The page first: what is worked out for its order gives the count too.
        self._root.rows = self._page(self._root, 0, PAGE)
        self._root.total = self._tree.roots_count(self._filter, self._now, self._warn)
        self._branches = {0: self._root}
        self._home = {}
        self._home.update((row.id, self._root) for row in self._root.rows)

    def _look_at_the_clock(self) -> None:
        self._now = self._ws.clock()
        self._warn = self._ws.preferences.warn

    def _page(self, branch: Branch, offset: int, limit: int) -> list[CertificateRow]:
        asked = (self._filter, self._sort, self._now, self._warn, offset, limit)
        return self._tree.children_page(branch.id or None, *asked)

    # -- finding

    def certificate(self, index: Index) -> CertificateRow | None:
        """The certificate of an index; None for an invalid one."""
        if not index.isValid():
            return None
        branch = self._branches.get(index.internalId())
        if branch is None or index.row() >= len(branch.rows):
            return None
        return branch.rows[index.row()]

    def index_of(self, certificate_id: int) -> QModelIndex:
        """Where a certificate is, if it is loaded; else an invalid index. 0 is the top level."""
        branch = self._home.get(certificate_id)
        if branch is None:
            return QModelIndex()
        return self.createIndex(branch.position(certificate_id), 0, branch.id)

    def opened(self) -> Iterator[QModelIndex]:
        """The CAs whose children were loaded."""
        for branch in list(self._branches.values()):
            if branch.id in self._home:
                yield self.index_of(branch.id)

    def loaded(self) -> int:
        """How many rows are loaded."""
        return len(self._home)

    def exists(self, certificate_id: int) -> bool:
        """Whether the certificate is in the inventory, whatever the filter."""
        return bool(self._ws.inventory.certificates.get_many([certificate_id]))

    def locate(self, certificate_id: int) -> QModelIndex:
        """Load the way to a certificate; an invalid index when the filter hides it.

        Raises InventoryNotFound.
        """
        steps = self._tree.position_of(
            certificate_id, self._now, self._warn, self._filter, self._sort
        )
        parent = QModelIndex()
        for step in steps:
            branch = self._opened_branch(parent)
            if step.certificate_id not in self._home:
                self._load_around(branch, parent, step.row)
            if self._home.get(step.certificate_id) is not branch:
                return QModelIndex()  # changed in this moment; a refresh is under way
            parent = self.index_of(step.certificate_id)
        return parent

    def _load_around(self, branch: Branch, parent: QModelIndex, row: int) -> None:
        """Load the page about a row, going on from what is loaded where that is near."""
        if branch.first <= row < branch.end + PAGE:
            while row >= branch.end and self._fetch_after(branch, parent):
                pass
            return
        if branch.rows:
            self._remove(branch, parent, 0, len(branch.rows))
        branch.first = max(0, row - PAGE // 2)
        self._fetch_after(branch, parent)

    # -- the model

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return len(Column)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        branch = self._branch(parent)
        return len(branch.rows) if branch is not None else 0

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        if not parent.isValid():
            return bool(self._root.rows)
        row = self.certificate(parent)
        if row is None or parent.column() > 0:
            return False
        # Rows below may outlast their count for a moment, until they are refreshed too.
        return bool(row.child_count) or bool(self.rowCount(parent))

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        branch = self._branch(parent)
        if branch is None or not 0 <= row < len(branch.rows) or not 0 <= column < len(Column):
            return QModelIndex()
        return self.createIndex(row, column, branch.id)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        return self.index_of(index.internalId())

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )

    def canFetchMore(self, parent: Index) -> bool:
        """Only for the first page of what is opened.

        Views ask for one more page of every open part at each layout, and at the end of the whole
        tree only, where the end of a part may be in its middle: `extend` is for the rest.
        """
        row = self.certificate(parent)
        return (
            row is not None
            and parent.column() == 0
            and bool(row.child_count)
            and row.id not in self._branches
        )

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            plain = parent.sibling(parent.row(), 0)
            self._fetch_after(self._opened_branch(plain), plain)

    def extend(self, parent: QModelIndex, first_seen: int, last_seen: int) -> bool:
        """Load the page beyond an end that is near; says whether rows came.

        first_seen, last_seen: row numbers of what is on the screen under `parent`.
        """
        branch = self._branch(parent)
        if branch is None:
            return False
        came = False
        if last_seen >= len(branch.rows) - NEAR and branch.end < branch.total:
            came = self._fetch_after(branch, parent)
        if first_seen < NEAR and branch.first:
            start = max(0, branch.first - PAGE)
            rows = self._unknown(self._page(branch, start, branch.first - start))
            branch.first = start
            self._insert(branch, parent, 0, rows)
            came = True
        return came

    def begins_later(self, parent: QModelIndex) -> bool:
        """Whether children lie before the first one loaded."""
        branch = self._branch(parent)
        return branch is not None and branch.first > 0

    def restart(self, parent: QModelIndex) -> None:
        """Load the first page of a part in place of what is loaded."""
        branch = self._branch(parent)
        if branch is not None and branch.rows:
            self._remove(branch, parent, 0, len(branch.rows))
            branch.first = 0
            self._fetch_after(branch, parent)

    def surplus(
        self, parent: QModelIndex, first_seen: int, last_seen: int
    ) -> list[tuple[int, int]]:
        """Stretches of rows, as (start, end), that are too far from the screen to stay loaded."""
        branch = self._branch(parent)
        count = len(branch.rows) if branch is not None else 0
        far = []
        if count - last_seen > KEEP:
            far.append((last_seen + KEEP // 2, count))
        if first_seen > KEEP:
            far.append((0, first_seen - KEEP // 2))
        return far

    def unload(self, parent: QModelIndex, start: int, end: int) -> None:
        """Let go of a stretch of `surplus`."""
        branch = self._branch(parent)
        if branch is not None:
            self._remove(branch, parent, start, end)
            if start == 0:
                branch.first += end

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = self.certificate(index)
        if row is None:
            return None
        if role == CERTIFICATE_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            parts = (Column.NAME, Column.KIND, Column.STATUS, Column.EXPIRES)
            return ", ".join(self.text(row, part) for part in parts)
        return None

    def text(self, row: CertificateRow, column: int) -> str:
        """What a cell says."""
        match column:
            case Column.NAME:
                return row.name
            case Column.STATUS:
                return wording.status_text(row.status)
            case Column.EXPIRES:
                return wording.expires_text(row, self._now)
            case Column.KIND:
                return wording.kind_text(row.kind)
            case Column.SERIAL:
                return colons(row.serial)
            case _:
                return row.key_label

    def _tooltip(self, row: CertificateRow, column: int) -> str | None:
        match column:
            case Column.STATUS:
                return wording.status_meaning(row)
            case Column.EXPIRES:
                return words.date_and_time(row.not_after)
            case Column.NAME:
                colour = wording.colour_text(row.color) if row.color else ""
                parts = (", ".join(row.tags), colour, row.notes)
                return "\n".join(part for part in parts if part) or None
            case _:
                return None

    # -- dragging out

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = (self.certificate(index) for index in indexes)
        return self._mime_data(list(dict.fromkeys(row.id for row in rows if row is not None)))

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.IgnoreAction

    # -- loading

    def _branch(self, parent: Index) -> Branch | None:
        if not parent.isValid():
            return self._root
        row = self.certificate(parent)
        return self._branches.get(row.id) if row is not None else None

    def _opened_branch(self, parent: QModelIndex) -> Branch:
        """The branch under an index, made empty where there is none yet."""
        branch = self._branch(parent)
        if branch is None:
            row = self.certificate(parent)
            if row is None:
                raise ValueError("no such row")
            branch = Branch(row.id, self._branches[parent.internalId()], row.child_count or 0)
            self._branches[row.id] = branch
        return branch

    def _fetch_after(self, branch: Branch, parent: QModelIndex) -> bool:
        """Load the page after the last row; says whether anything came."""
        found = self._page(branch, branch.end, PAGE)
        rows = self._unknown(found)
        if len(rows) < PAGE:
            # The end, or fewer than were counted because somebody else deletes just now.
            branch.total = branch.end + len(rows)
        self._insert(branch, parent, len(branch.rows), rows)
        return bool(rows)

    def _unknown(self, rows: Iterable[CertificateRow]) -> list[CertificateRow]:
        """Without those loaded already: when rows moved between two pages."""
        return [row for row in rows if row.id not in self._home]

    def _insert(
        self, branch: Branch, parent: QModelIndex, at: int, rows: Sequence[CertificateRow]
    ) -> None:
        if not rows:
            return
        self.beginInsertRows(parent, at, at + len(rows) - 1)
        branch.rows[at:at] = rows
        branch.moved()
        self._home.update((row.id, branch) for row in rows)
        self.endInsertRows()

    def _remove(self, branch: Branch, parent: QModelIndex, start: int, end: int) -> None:
        self.beginRemoveRows(parent, start, end - 1)
        for row in branch.rows[start:end]:
            self._forget(row.id)
        del branch.rows[start:end]
        branch.moved()
        self.endRemoveRows()

    def _forget(self, certificate_id: int) -> None:
        self._home.pop(certificate_id, None)
        below = self._branches.pop(certificate_id, None)
        if below is not None:
            for row in below.rows:
                self._forget(row.id)

    # -- following changes

    def refresh(self, visible: Iterable[int] = ()) -> None:
        """Take over what has changed, row by row, so that views keep what is open and chosen.

        visible: ids of the CAs whose children are on the screen (0: the top level); these and the
        top level are done now, the others one by one when there is time.
        """
        self._look_at_the_clock()
        shown = {0, *visible}
        order = sorted(self._branches.values(), key=lambda each: (each.depth, each.id not in shown))
        self._stale = deque(branch.id for branch in order if branch.id not in shown)
        for branch in order:
            if branch.id in shown:
                self._refresh_branch(branch.id)
        if self._stale:
            self._slice.start()

    def _refresh_next(self) -> None:
        if self._stale:
            self._refresh_branch(self._stale.popleft())
        if not self._stale:
            self._slice.stop()

    def _refresh_branch(self, identity: int) -> None:
        branch = self._branches.get(identity)
        if branch is None:
            return
        parent = self.index_of(identity)
        was_whole = branch.end >= branch.total
        row = self.certificate(parent)
        branch.total = (
            self._tree.roots_count(self._filter, self._now, self._warn)
            if row is None
            else row.child_count or 0
        )
        if branch.first >= branch.total:
            branch.first = max(0, branch.total - PAGE)
        limit = len(branch.rows)
        if was_whole or not limit:
            limit = max(limit, min(branch.total - branch.first, limit + PAGE))
        rows = self._page(branch, branch.first, limit) if limit else []
        self._take_over(branch, parent, rows)

    def _take_over(
        self, branch: Branch, parent: QModelIndex, wanted: Sequence[CertificateRow]
    ) -> None:
        """Make the loaded rows of a branch these, by the fewest steps that views can follow."""
        ids = {row.id for row in wanted}
        for start, end in reversed(runs([row.id not in ids for row in branch.rows])):
            self._remove(branch, parent, start, end)
        kept = {row.id for row in branch.rows}
        order = [row.id for row in wanted if row.id in kept]
        if order != [row.id for row in branch.rows]:
            self._reorder(branch, order)
        for row in wanted:
            elsewhere = self._home.get(row.id)
            if elsewhere is not None and elsewhere is not branch:
                at = elsewhere.position(row.id)
                self._remove(elsewhere, self.index_of(elsewhere.id), at, at + 1)
        parent = self.index_of(branch.id)
        for start, end in runs([row.id not in kept for row in wanted]):
            self._insert(branch, parent, start, wanted[start:end])
        self._renew(branch, parent, wanted)

    def _reorder(self, branch: Branch, order: Sequence[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        moved = [index for index in self.persistentIndexList() if index.internalId() == branch.id]
        ids = [branch.rows[index.row()].id for index in moved]
        by_id = {row.id: row for row in branch.rows}
        branch.rows = [by_id[each] for each in order]
        branch.moved()
        self.changePersistentIndexList(
            moved,
            [
                self.createIndex(branch.position(each), index.column(), branch.id)
                for each, index in zip(ids, moved, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _renew(self, branch: Branch, parent: QModelIndex, wanted: Sequence[CertificateRow]) -> None:
        """Put the new records in; "in 29 days" changes even where the record does not."""
        before, branch.rows = branch.rows, list(wanted)
        if not wanted:
            return
        self.dataChanged.emit(
            self.index(0, 0, parent), self.index(len(wanted) - 1, len(Column) - 1, parent)
        )
        # Views keep whether a row can be opened until its first child comes or goes.
        lost = False
        for old, new in zip(before, wanted, strict=True):
            if new.child_count and not old.child_count and new.id not in self._branches:
                index = self.index_of(new.id)
                self._fetch_after(self._opened_branch(index), index)
            lost |= bool(old.child_count and not new.child_count and new.id not in self._branches)
        if lost:
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()
