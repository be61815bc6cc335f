"""The page "Requests": those that wait for a certificate, and what became of the others."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.paged_table import PagedTable
from mtlsgui.gui.requests.deleting import DeleteRequestDialog
from mtlsgui.gui.requests.model import Column, RequestsModel, StateDelegate
from mtlsgui.gui.requests.request_view import RequestInspector
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.gui.widgets.filters import FilterOption, SearchField, SegmentedFilter
from mtlsgui.gui.widgets.labels import plain_text
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import RequestState
from mtlsgui.workspace import requesting
from mtlsgui.workspace.copies import file_stem

_ALL = "all"
_WIDTHS = (0, 210, 160)


class RequestsPage(QWidget):
    """The table of requests, the one selected beside it.

    new_action: id of the action that makes a request.
    """

    sign_requested = Signal(bytes)
    """The DER of the request that shall be signed by an authority of the workspace."""
    certificate_chosen = Signal(int)
    """The id of the certificate that shall be shown."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        access: KeyAccess,
        parent: QWidget | None = None,
        new_action: str = "request.new",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._access = access
        self._outdated = False
        theme = desk.theme
        self.model = RequestsModel(desk.ws, self)
        self.search = SearchField(theme, self.tr("Search names and notes"))
        self.states = SegmentedFilter(
            [
                FilterOption(_ALL, self.tr("All")),
                FilterOption(RequestState.OPEN.value, self.tr("Waiting")),
                FilterOption(RequestState.FULFILLED.value, self.tr("Fulfilled")),
                FilterOption(RequestState.SIGNED.value, self.tr("Signed")),
            ],
            self.tr("State"),
        )
        new = registry[new_action]
        self.new_button = primary_button(plain_text(new.text()))
        self.new_button.clicked.connect(lambda _checked=False: registry.trigger(new_action))
        header = PageHeader(theme, self.tr("Requests"))
        header.add_left(self.search, self.states)
        header.add_right(self.new_button)

        self.table = PagedTable(theme, self.model, self.tr("Requests"), _WIDTHS)
        self.table.setItemDelegateForColumn(Column.STATE, StateDelegate(theme, self.table))
        self.inspector = RequestInspector(desk)
        self._no_match = EmptyState(
            theme,
            self.tr("Nothing matches"),
            self.tr("No request matches the search and the filter."),
            icon="search",
            actions=[self._show_all_action()],
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._no_match)
        self._list.setFocusProxy(self.table)
        self.split = InspectorSplit(
            theme, desk.settings, "requests", main=self._list, inspector=self.inspector
        )
        self._empty = EmptyState(
            theme,
            self.tr("Ask another authority for a certificate"),
            self.tr(
                "Make a request: its private key stays here, and the certificate finds it when "
                "you import it. To sign somebody else's request, drop its file on this window."
            ),
            icon="requests",
            actions=[new],
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
        self.states.chosen.connect(lambda _state: self._narrow_down())
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.activated.connect(lambda _index: self.split.show_inspector())
        self.split.inspector_left.connect(self.table.setFocus)
        self.inspector.save_wanted.connect(self._ask_where)
        self.inspector.sign_wanted.connect(self._sign)
        self.inspector.certificate_wanted.connect(self._show_certificate)
        self.inspector.deletion_wanted.connect(self._ask_to_delete)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self._find),
            (QKeySequence.StandardKey.Delete, self._ask_to_delete),
        ):
            place = self.table if keys is QKeySequence.StandardKey.Delete else self
            shortcut = QShortcut(QKeySequence(keys), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        desk.changes.changed.connect(self.refresh)
        self.setFocusProxy(self.table)
        self._show_state()

    # -- what others call

    @property
    def selected_id(self) -> int | None:
        """The id of the request shown; None for none."""
        view = self.inspector.view
        return view.row.id if view is not None else None

    def reveal(self, request_id: int) -> None:
        """Select a request; filters that hide it are taken back."""
        self.model.reload()
        if self.model.find(request_id) < 0:
            self.show_all()
        self.table.choose(self.model.find(request_id))
        self._show_state()

    def show_all(self) -> None:
        """Take back search and filter."""
        self.search.clear()
        self.states.choose(_ALL)
        self._narrow_down()

    def refresh(self) -> None:
        """Take over what has changed, keeping the selection and the place in the table.

        Later, when the page is not on the screen.
        """
        if not self.isVisible():
            self._outdated = True
            return
        self._outdated = False
        selected, place = self.selected_id, self.table.verticalScrollBar().value()
        at = self.table.currentIndex().row()
        self.model.reload()
        found = self.model.find(selected) if selected is not None else -1
        if selected is not None and found < 0:  # it was deleted: the next one takes its place
            found = min(at, self.model.rowCount() - 1)
        self.table.choose(found)
        if found < 0:
            self.inspector.show_request(None)
        self.table.verticalScrollBar().setValue(place)
        self._show_state()

    def save(self, request_id: int, path: Path) -> None:
        """Write a request as PEM, over what is there, and say so above the table."""
        ws = self._desk.ws
        self._desk.jobs.run_task(
            lambda _control: requesting.save(ws, request_id, path, overwrite=True),
            lambda _nothing: self._say(Tone.GOOD, self.tr("Saved as {}.").format(path)),
            self._failed,
            title=self.tr("Saving a request"),
            owner=self,
        )

    # -- what the inspector wants

    def _ask_where(self) -> None:
        view = self.inspector.view
        if view is None:
            return
        dialog = QFileDialog(self, self.tr("Save the request"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Certificate signing request (*.csr)"))
        dialog.setDefaultSuffix("csr")
        dialog.selectFile(f"{file_stem(view.description.title)}.csr")
        dialog.fileSelected.connect(lambda chosen: self.save(view.row.id, Path(chosen)))
        dialog.open()

    def _sign(self) -> None:
        if self.inspector.view is not None:
            self.sign_requested.emit(self.inspector.view.row.der)

    def _show_certificate(self) -> None:
        view = self.inspector.view
        if view is not None and view.certificate is not None:
            self.certificate_chosen.emit(view.certificate.id)

    def _ask_to_delete(self) -> None:
        view = self.inspector.view
        if view is not None:
            DeleteRequestDialog(self._desk, self._access, view, self).open()

    # -- saying

    def _failed(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._say(Tone.BAD, error.title, text)

    def _say(self, tone: Tone, sentence: str, text: str = "") -> None:
        """Say something above the table, in place of what was said there."""
        self._take_back()
        self.banner = Banner(self._desk.theme, tone, sentence, text, dismissible=True)
        self.banner.dismissed.connect(self._take_back)
        self._banner_place.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        self._banner_place.addWidget(self.banner)

    def _take_back(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
            self._banner_place.setContentsMargins(0, 0, 0, 0)

    # -- the table and its filters

    def _narrow_down(self) -> None:
        chosen = self.states.current
        state = None if chosen == _ALL else RequestState(chosen)
        selected = self.selected_id
        self.model.narrow_down(self.search.text().strip(), state)
        found = self.model.find(selected) if selected is not None else -1
        self.table.choose(found)
        if found < 0:
            self.inspector.show_request(None)
        self._show_state()

    def _show_state(self) -> None:
        """The table, or why there is nothing in it; and the numbers."""
        count = self._desk.ws.inventory.requests.count
        total = count()
        self.states.set_counts(
            {_ALL: total, **{state.value: count(state=state) for state in RequestState}}
        )
        for widget in (self.search, self.states, self.new_button):
            widget.setVisible(total > 0)
        self._list.setCurrentWidget(self.table if self.model.rowCount() else self._no_match)
        self._stack.setCurrentWidget(self.split if total else self._empty)

    def _show_all_action(self) -> QAction:
        action = QAction(self.tr("Show all"), self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        return action

    def _row_changed(self, current: QModelIndex) -> None:
        row = self.model.row(current.row()) if current.isValid() else None
        if row is None:
            return  # a reload passes here, too; who empties the selection says so
        try:
            self.inspector.show_request(requesting.view(self._desk.ws, row.id))
        except InventoryNotFound:  # deleted elsewhere just now: the next look takes it away
            self.inspector.show_request(None)

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
