"""The tree of ASN.1 values as Qt sees it. Children are looked for when a value is opened."""

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.pki.asn1 import Node, Tree

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The Row of an index, in every column."""


class Column(IntEnum):
    """The columns, in the order of the model."""

    WHAT = 0
    OFFSET = 1
    LENGTH = 2
    VALUE = 3


@dataclass(eq=False)
class Row:
    """A node at its place in the tree; its texts are made once."""

    node: Node
    parent: "Row | None"
    number: int
    children: "list[Row] | None" = field(default=None, repr=False)

    @property
    def what(self) -> str:
        """What it is: its name in the structure, or else its type."""
        return self.node.label or self.type or translate("Asn1", "more")

    @property
    def type(self) -> str:
        """Its type; a string that is opened says so."""
        if self.node.holds:
            return translate("Asn1", "{}, holds").format(self.node.name)
        return self.node.name

    @cached_property
    def value(self) -> str:
        """The value in words, behind what is wrong with it."""
        node = self.node
        value = visible(node.value)
        if not node.problem or node.problem == node.value:
            return value if not node.problem else translate("Asn1", "Broken: {}").format(value)
        return translate("Asn1", "Broken: {}").format(
            ". ".join(part for part in (node.problem, value) if part)
        )


class Asn1Model(QAbstractItemModel):
    """Rows of one tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[Row] = []
        self._titles = {
            Column.WHAT: translate("Asn1", "What"),
            Column.OFFSET: translate("Asn1", "Offset"),
            Column.LENGTH: translate("Asn1", "Length"),
            Column.VALUE: translate("Asn1", "Value"),
        }

    def show_tree(self, tree: Tree | None) -> None:
        """Show this instead of what was there."""
        self.beginResetModel()
        roots = tree.roots if tree is not None else ()
        self._roots = [Row(node, None, number) for number, node in enumerate(roots)]
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """The row of an index."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Row) else None

    # -- Qt

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        above = self.row(parent)
        rows = self._roots if above is None else above.children or []
        return self.createIndex(row, column, rows[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        found = self.row(index)
        above = found.parent if found is not None else None
        return QModelIndex() if above is None else self.createIndex(above.number, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        above = self.row(parent)
        return len(self._roots if above is None else above.children or ())

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return len(Column)

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        above = self.row(parent)
        if above is None:
            return bool(self._roots)
        if parent.column() > 0:
            return False
        return above.node.expandable if above.children is None else bool(above.children)

    def canFetchMore(self, parent: Index) -> bool:
        above = self.row(parent)
        return above is not None and above.children is None and above.node.expandable

    def fetchMore(self, parent: Index) -> None:
        above = self.row(parent)
        if above is None or above.children is not None:
            return
        nodes = above.node.children
        if not nodes:
            above.children = []
            return
        self.beginInsertRows(parent, 0, len(nodes) - 1)
        above.children = [Row(node, above, number) for number, node in enumerate(nodes)]
        self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(Column(section)))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(column))
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.WHAT:
            return ", ".join(part for part in (row.node.label, row.type, row.value) if part)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.VALUE:
            return plain_tip(row.value)
        return None


def _text(row: Row, column: Column) -> str:
    match column:
        case Column.WHAT:
            return row.what
        case Column.OFFSET:
            return f"{row.node.start:,}"
        case Column.LENGTH:
            return f"{row.node.length:,}"
        case Column.VALUE:
            return row.value


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight
        if column in (Column.OFFSET, Column.LENGTH)
        else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter
