"""A list to choose one of the keys that are held."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.filters import SearchField
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.rows import TwoLineDelegate
from mtlsgui.workspace import offering
from mtlsgui.workspace.offering import HeldKey

_SECOND = int(Qt.ItemDataRole.UserRole) + 1
_ROWS = 4


class HeldKeys(QWidget):
    """Keys by name, newest first; read in a job, since there may be very many."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = ""
        self._loaded = False
        self._wanted: int | None = None
        self.search = SearchField(desk.theme, self.tr("Find a key by name"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Keys held here"))
        self.list.setItemDelegate(TwoLineDelegate(desk.theme, _SECOND, self.list))
        self.list.setFixedHeight(_ROWS * desk.theme.sizes.row_two_lines + 2)
        self.list.setProperty("role", "framed")
        self.empty = wrapped(self.tr("No such key is held here."), "muted")
        self.empty.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self.empty)
        self.search.search_changed.connect(self._find)
        self.search.leave_downwards.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._choose)

    @property
    def current(self) -> int | None:
        """The key that is selected."""
        item = self.list.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def show_keys(self, chosen: int | None) -> None:
        """Read the keys, the first time, and select this one."""
        self._wanted = chosen
        if not self._loaded:
            self._loaded = True
            self._find("")

    def _find(self, text: str) -> None:
        self._asked = text
        self._desk.jobs.run_task(
            lambda _control: offering.held_keys(self._desk.ws, text),
            lambda keys: self._show(text, keys),
            title=self.tr("Reading the keys"),
            owner=self,
        )

    def _show(self, asked: str, keys: tuple[HeldKey, ...]) -> None:
        if asked != self._asked:
            return
        self.list.blockSignals(True)
        self.list.clear()
        for key in keys:
            item = QListWidgetItem(key.name or key.label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key.id)
            item.setData(_SECOND, self._about(key))
            if key.id == self._wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(keys))
        self.empty.setVisible(not keys)
        if self.list.currentItem() is None and keys:
            self.list.setCurrentRow(0)

    def _about(self, key: HeldKey) -> str:
        used = (
            words.certificates(key.certificates)
            if key.certificates
            else self.tr("no certificate yet")
        )
        made = self.tr("since {}").format(words.date(key.added_at))
        return f"{key.label} · {made} · {used}"

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._wanted = int(item.data(Qt.ItemDataRole.UserRole))
            self.chosen.emit(self._wanted)
