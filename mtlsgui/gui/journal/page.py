"""The journal: who did what, when, to what; proved whole, and saved as a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.journal.entry_view import EntryView
from mtlsgui.gui.journal.model import JournalModel
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.paged_table import PagedTable
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, Tone
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.gui.widgets.filters import SearchField
from mtlsgui.gui.words import core
from mtlsgui.inventory.records import Verification
from mtlsgui.workspace import journaling
from mtlsgui.workspace.journaling import words_for


class JournalPage(QWidget):
    """The table of lines, the one selected beside it."""

    certificate_chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._outdated = False
        self.model = JournalModel(desk.ws, self)
        self.search = SearchField(desk.theme, self.tr("Search names, people, details"))
        self.actions_filter = QComboBox()
        self.actions_filter.setAccessibleName(self.tr("Action"))
        self.actions_filter.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.actions_filter.setMinimumContentsLength(18)
        self.verify_button = plain_button(self.tr("&Verify"))
        self.verify_button.setToolTip(self.tr("Check that no line was changed or taken away"))
        self.verify_button.clicked.connect(lambda _checked=False: self.verify())
        self.export_menu = QMenu(self)
        for ending, text in (("csv", self.tr("As &CSV…")), ("json", self.tr("As &JSON…"))):
            action = self.export_menu.addAction(text)
            action.triggered.connect(lambda _checked=False, ending=ending: self._ask_path(ending))
        self.export_button = MenuButton(self.tr("Export"), self.export_menu)
        header = PageHeader(desk.theme, self.tr("Journal"))
        header.add_left(self.search, self.actions_filter)
        header.add_right(self.verify_button, self.export_button)

        self.table = PagedTable(
            desk.theme, self.model, self.tr("Lines of the journal"), (160, 190, 0, 130)
        )
        self.entry = EntryView(desk)
        self._no_match = EmptyState(
            desk.theme,
            self.tr("Nothing matches"),
            self.tr("No line matches the search and the filter."),
            icon="search",
            actions=[self._show_all_action()],
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._no_match)
        self._list.setFocusProxy(self.table)
        self.split = InspectorSplit(
            desk.theme, desk.settings, "journal", main=self._list, inspector=self.entry
        )
        self._empty = EmptyState(
            desk.theme,
            self.tr("Nothing was done yet"),
            self.tr(
                "Whatever is made, imported, exported or deleted here is written down: what, "
                "when, and by whom. No line can be changed without it showing."
            ),
            icon="journal",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.split)
        self._stack.addWidget(self._empty)
        self._banner_place = QVBoxLayout()
        self._banner_place.setContentsMargins(0, 0, 0, 0)
        self.banner: Banner | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(self._banner_place)
        column.addWidget(self._stack, 1)

        self.search.search_changed.connect(lambda _text: self._narrow_down())
        self.search.leave_downwards.connect(self._enter_table)
        self.actions_filter.activated.connect(lambda _at: self._narrow_down())
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.activated.connect(lambda _index: self.split.show_inspector())
        self.split.inspector_left.connect(self.table.setFocus)
        self.entry.certificate_chosen.connect(self.certificate_chosen)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        desk.changes.changed.connect(self.refresh)
        self.setFocusProxy(self.table)
        self._read_actions()
        self._show_state()

    def refresh(self) -> None:
        """Take over new lines; later, when the page is not on the screen."""
        if not self.isVisible():
            self._outdated = True
            return
        self._outdated = False
        if not self.model.add_newer():
            self.model.reload()
        self._read_actions()
        self._show_state()

    def show_all(self) -> None:
        """Take back search and filter."""
        self.search.clear()
        self.actions_filter.setCurrentIndex(0)
        self._narrow_down()

    # -- verifying and exporting

    def verify(self) -> None:
        """Read the whole chain, and say above the table whether it holds."""
        self.verify_button.setEnabled(False)
        self._desk.jobs.run_task(
            lambda _control: journaling.verify(self._desk.ws),
            self._verified,
            self._failed,
            title=self.tr("Verifying the journal"),
            owner=self,
            on_finished=lambda: self.verify_button.setEnabled(True),
        )

    def export(self, path: Path, ending: str) -> None:
        """Save the lines that are shown, over what is there. ending: "csv" or "json"."""
        write = journaling.export_json if ending == "json" else journaling.export_csv
        search, action = self.model.search, self.model.action
        self._desk.jobs.run_task(
            lambda _control: write(
                self._desk.ws, path, search=search, action=action, overwrite=True
            ),
            lambda lines: self._exported(path, lines),
            self._failed,
            title=self.tr("Exporting the journal"),
            owner=self,
        )

    def _ask_path(self, ending: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the journal"),
            f"journal.{ending}",
            f"{ending.upper()} (*.{ending})",
        )
        if name:
            self.export(Path(name), ending)

    def _verified(self, found: Verification) -> None:
        if found.verified:
            lines = self.tr("None of its {} lines was changed or taken away.")
            self._say(Tone.GOOD, self.tr("The journal holds."), lines.format(f"{found.entries:,}"))
            return
        self._say(
            Tone.BAD,
            self.tr("The journal does not hold: it was changed at line {}.").format(
                f"{found.first_bad or 1:,}"
            ),
            self.tr(
                "Somebody has changed the file of the inventory by other means. Compare it with "
                "a backup or with an export made earlier."
            ),
        )

    def _exported(self, path: Path, lines: int) -> None:
        said = (
            self.tr("One line was saved.")
            if lines == 1
            else self.tr("{} lines were saved.").format(f"{lines:,}")
        )
        folder = QUrl.fromLocalFile(str(path.parent))
        self._say(
            Tone.GOOD,
            said,
            str(path),
            (self.tr("Open folder"), lambda: QDesktopServices.openUrl(folder)),
        )

    def _failed(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._say(Tone.BAD, error.title, text)

    def _say(
        self,
        tone: Tone,
        sentence: str,
        text: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say something above the table, in place of what was said there."""
        self._take_back()
        self.banner = Banner(
            self._desk.theme,
            tone,
            sentence,
            text,
            actions=[action] if action else [],
            dismissible=True,
        )
        self.banner.dismissed.connect(self._take_back)
        self._banner_place.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        self._banner_place.addWidget(self.banner)

    def _take_back(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
            self._banner_place.setContentsMargins(0, 0, 0, 0)

    # -- filters

    def _narrow_down(self) -> None:
        self.model.narrow_down(self.search.text().strip(), self.actions_filter.currentData())
        self._show_state()
        self.entry.show_entry(None)

    def _read_actions(self) -> None:
        """Offer the actions that occur, keeping the one chosen."""
        known = {self.actions_filter.itemData(at) for at in range(self.actions_filter.count())}
        found = self._desk.ws.inventory.journal.actions()
        if known == {None, *found}:
            return
        chosen = self.actions_filter.currentData()
        self.actions_filter.clear()
        self.actions_filter.addItem(self.tr("All actions"), None)
        said = {action: core(words_for(action)) for action in found}
        for action in sorted(found, key=said.__getitem__):
            self.actions_filter.addItem(said[action], action)
        self.actions_filter.setCurrentIndex(max(0, self.actions_filter.findData(chosen)))

    def _show_state(self) -> None:
        """The table, or why there is nothing in it."""
        nothing = self.model.rowCount() == 0
        empty = nothing and not self.model.search and self.model.action is None
        for widget in (
            self.search,
            self.actions_filter,
            self.verify_button,
            self.export_button,
        ):
            widget.setVisible(not empty)
        self._list.setCurrentWidget(self._no_match if nothing else self.table)
        self._stack.setCurrentWidget(self._empty if empty else self.split)

    def _show_all_action(self) -> QAction:
        action = QAction(self.tr("Show all"), self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        return action

    # -- the table

    def _row_changed(self, current: QModelIndex) -> None:
        self.entry.show_entry(self.model.row(current.row()) if current.isValid() else None)

    def _enter_table(self) -> None:
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.choose(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._outdated:
            self.refresh()
