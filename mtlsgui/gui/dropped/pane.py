"""The right side of the page of dropped files: one thing in full, or two compared."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mtlsgui.gui.comparing.page import ComparisonPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.entry_tabs import EntryTabs
from mtlsgui.gui.dropped.summary import Offers
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.workspace import comparing, looking
from mtlsgui.workspace.contents import Contents, Entry
from mtlsgui.workspace.looking import Look


class EntryPane(QStackedWidget):
    """Follows what is selected. What takes long to look into is looked into by a worker thread."""

    looked = Signal()
    """`look` is another one, or none."""

    def __init__(self, desk: Desk, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._contents: Contents | None = None
        self._entry: Entry | None = None
        self._number = 0
        self.look: Look | None = None
        self.tabs = EntryTabs(desk, offers)
        self.comparison = ComparisonPage(desk)
        self._hint = wrapped("", "muted")
        self._hint.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for part in (self.tabs, self.comparison, self._hint):
            self.addWidget(part)
        self._renew_soon = QTimer(self)  # not at once: the change may come from a click in a tab
        self._renew_soon.setSingleShot(True)
        self._renew_soon.setInterval(0)
        self._renew_soon.timeout.connect(self._renew)
        desk.changes.changed.connect(self._renew_soon.start)

    def show_nothing(self) -> None:
        """Forget what was shown."""
        self._begin(None)
        self._contents = None
        self.tabs.show_entry(None, None)
        self.looked.emit()

    def show_entries(self, contents: Contents, entries: list[Entry]) -> None:
        """Show what is selected: one thing, or two beside each other."""
        self._contents = contents
        if len(entries) == 1:
            self._show_entry(contents, entries[0])
            return
        self._begin(None)
        items = [entry.item for entry in entries if entry.item is not None]
        if len(entries) == 2 and len(items) == 2:
            first, second = items
            self.comparison.show_two(lambda: comparing.compare(first, second))
            self.setCurrentWidget(self.comparison)
        else:
            self._say(
                self.tr("{} selected. Select two to compare them.").format(f"{len(entries):,}")
            )
        self.looked.emit()

    def _show_entry(self, contents: Contents, entry: Entry) -> None:
        number = self._begin(entry)
        ws = self._desk.ws
        if not looking.is_heavy(contents, entry):
            self._present(entry, looking.look(ws, contents, entry))
            return
        self._say(self.tr("Looking into it…"))
        self.looked.emit()
        self._desk.jobs.run_task(
            lambda _control: looking.look(ws, contents, entry),
            lambda look: self._present(entry, look) if number == self._number else None,
            title=self.tr("Looking into {}").format(visible(entry.title)),
            owner=self,
        )

    def _begin(self, entry: Entry | None) -> int:
        """What was looked at is over; gives the number of what is looked at now."""
        self._entry, self.look = entry, None
        self._number += 1
        return self._number

    def _present(self, entry: Entry, look: Look | None) -> None:
        self.look = look
        self.tabs.show_entry(entry, look)
        self.setCurrentWidget(self.tabs)
        self.looked.emit()

    def _say(self, text: str) -> None:
        self._hint.setText(text)
        self.setCurrentWidget(self._hint)

    def _renew(self) -> None:
        """The workspace has changed: a certificate may be in it now, or no more."""
        entry, contents = self._entry, self._contents
        if entry is None or contents is None or looking.is_heavy(contents, entry):
            return
        look = looking.look(self._desk.ws, contents, entry)
        if look != self.look:
            self._present(entry, look)
