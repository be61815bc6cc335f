"""The main page: search and filters, the tree of authorities, the inspector beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.filters import MoreFilters
from mtlsgui.gui.authorities.outgoing import DragFiles
from mtlsgui.gui.authorities.tree_model import AuthoritiesModel, Column
from mtlsgui.gui.authorities.tree_view import AuthoritiesTree
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.tokens import GAP_LARGE
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button
from mtlsgui.gui.widgets.card import EmptyState
from mtlsgui.gui.widgets.filters import FilterOption, SearchField, SegmentedFilter
from mtlsgui.inventory.records import Counts, Status, TreeFilter

_MINUTE_MS = 60_000
_HEADER_KEY = "authorities/header"
_WIDTHS = {
    Column.STATUS: 128,
    Column.EXPIRES: 118,
    Column.KIND: 96,
    Column.SERIAL: 180,
    Column.KEY: 120,
}
_HIDDEN_AT_FIRST = (Column.SERIAL, Column.KEY)
_SEGMENTS: dict[str, frozenset[Status]] = {
    "all": frozenset(),
    "soon": frozenset({Status.EXPIRES_SOON}),
    "expired": frozenset({Status.EXPIRED}),
    "revoked": frozenset({Status.REVOKED}),
}


@dataclass(frozen=True)
class PageActions:
    """Ids of the actions that the page offers; None is a separator.

    importing: the button "Import". new: the menu of "New". context: the menu of the selection.
    first, first_links: what an empty workspace offers, as buttons and as links.
    """

    importing: str
    new: Sequence[str | None]
    context: Sequence[str | None]
    first: Sequence[str]
    first_links: Sequence[str] = ()


class AuthoritiesPage(QWidget):
    """Everything in the inventory as a tree.

    inspector: shows what is selected; told by the owner, who listens to `selection_changed`.
    """

    selection_changed = Signal(list)
    """list[int]: the ids of the certificates selected."""
    activated = Signal(int)
    """Enter or a double click on a certificate."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        inspector: QWidget,
        actions: PageActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drag_files = DragFiles(desk.ws)
        self._outdated = False
        self._counting = False
        theme = desk.theme
        self.model = AuthoritiesModel(desk.ws, self._mime_data, self)
        self.tree = AuthoritiesTree(theme, self.model)
        self.search = SearchField(theme, self.tr("Search names, serials, fingerprints"))
        self.states = SegmentedFilter(
            [
                FilterOption("all", self.tr("All")),
                FilterOption("soon", self.tr("Renew soon")),
                FilterOption("expired", self.tr("Expired")),
                FilterOption("revoked", self.tr("Revoked")),
            ],
            self.tr("Status"),
        )
        self.more = MoreFilters()
        importing = plain_button(self.tr("Import"))
        importing.clicked.connect(lambda _checked=False: registry.trigger(actions.importing))
        new = MenuButton(self.tr("New"), registry.menu(actions.new, self), primary=True)
        header = PageHeader(theme, self.tr("Authorities"))
        header.add_left(self.search, self.states, self.more)
        header.add_right(importing, new)

        self._no_match = EmptyState(
            theme,
            self.tr("Nothing matches"),
            self.tr("No certificate matches the search and the filters."),
            icon="search",
            actions=[self._show_all_action()],
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.tree)
        self._list.addWidget(self._no_match)
        self._list.setFocusProxy(self.tree)
        self.split = InspectorSplit(
            theme, desk.settings, "authorities", main=self._list, inspector=inspector
        )
        self._empty = EmptyState(
            theme,
            self.tr("Make your first authority"),
            self.tr(
                "An authority issues certificates for your servers and clients. You can also "
                "import one that exists, or drop any certificate file here to look inside."
            ),
            icon="authorities",
            actions=[registry[each] for each in actions.first],
            links=[registry[each] for each in actions.first_links],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.split)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._stack, 1)

        self._context_menu = registry.menu(actions.context, self)
        self._prepare_columns()
        self.search.search_changed.connect(lambda _text: self._narrow_down())
        self.search.leave_downwards.connect(self._enter_tree)
        self.states.chosen.connect(self._state_chosen)
        self.more.chosen.connect(self._more_chosen)
        self.tree.chosen.connect(self.selection_changed)
        self.tree.opened.connect(self._open)
        self.tree.menu_wanted.connect(self._show_menu)
        self.split.narrow_changed.connect(
            lambda narrow: self.tree.setExpandsOnDoubleClick(not narrow)
        )
        self.split.inspector_left.connect(self.tree.setFocus)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)
        desk.changes.changed.connect(self.refresh)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self._show_state()
        self._count()

    # -- what others call

    @property
    def selected_ids(self) -> list[int]:
        """The ids of the certificates selected."""
        return self.tree.selected_ids()

    def reveal(self, certificate_id: int) -> None:
        """Select a certificate and bring it into sight; filters that hide it are taken back.

        Raises InventoryNotFound.
        """
        if self.tree.reveal(certificate_id):
            return
        self.model.reload()  # it may be newer than what is loaded
        if not self.tree.reveal(certificate_id):
            self.show_all()
            self.tree.reveal(certificate_id)
        self._show_state()

    def show_all(self) -> None:
        """Take back search and filters."""
        self.search.clear()
        self.states.choose("all")
        self.more.clear()
        self._narrow_down()

    def filter_status(self, status: Status) -> None:
        """Show the certificates in one state (from the overview)."""
        self.search.clear()
        self.more.clear()
        segment = next((key for key, of in _SEGMENTS.items() if of == {status}), None)
        self.states.choose(segment or "all")
        if segment is None:
            self.more.choose_status(status)
        self._narrow_down()

    def focus_search(self) -> None:
        """Go to the search field, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self) -> None:
        """Take over what has changed; later, when the page is not on the screen."""
        if not self.isVisible():
            self._outdated = True
            return
        self._outdated = False
        self.tree.refresh()
        self._show_state()
        self._count()

    # -- filters

    def _wanted(self) -> TreeFilter:
        statuses = self.more.statuses or _SEGMENTS[self.states.current]
        return TreeFilter(
            search=self.search.text().strip(), statuses=statuses, kinds=self.more.kinds
        )

    def _narrow_down(self) -> None:
        self.model.set_filter(self._wanted())
        self._show_state()

    def _state_chosen(self, _segment: str) -> None:
        self.more.clear_statuses()
        self._narrow_down()

    def _more_chosen(self) -> None:
        if self.more.statuses:
            self.states.choose("all")
        self._narrow_down()

    def _show_state(self) -> None:
        """The tree, or why there is nothing in it."""
        nothing = self.model.rowCount() == 0
        empty = nothing and self.model.shown_filter.is_empty
        for widget in (self.search, self.states, self.more):
            widget.setVisible(not empty)
        self._list.setCurrentWidget(self._no_match if nothing else self.tree)
        self._stack.setCurrentWidget(self._empty if empty else self.split)
        self.setFocusProxy(self._empty.buttons[0] if empty else self.tree)

    def _show_all_action(self) -> QAction:
        action = QAction(self.tr("Show all"), self)
        action.triggered.connect(self._show_all_again)
        return action

    def _show_all_again(self) -> None:
        self.show_all()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        """Renew the numbers; in a worker, since they are read from every certificate."""
        if self._counting:
            self._outdated = True
            return
        self._counting = True
        inventory, now, warn = self._desk.ws.inventory, self.model.now, self.model.warn
        self._desk.jobs.run_task(
            lambda _control: inventory.tree.counts(now, warn),
            self._show_counts,
            self._count_failed,
            title=self.tr("Counting certificates"),
            owner=self,
        )

    def _show_counts(self, counts: Counts) -> None:
        self._counting = False
        self.states.set_counts(
            {
                "all": counts.total,
                "soon": counts.by_status.get(Status.EXPIRES_SOON, 0),
                "expired": counts.by_status.get(Status.EXPIRED, 0),
                "revoked": counts.by_status.get(Status.REVOKED, 0),
            }
        )
        self.more.set_counts(counts)
        if self._outdated:
            self.refresh()

    def _count_failed(self, error: MtlsguiError) -> None:
        self._counting = False
        self._desk.jobs.failed.emit(error)

    # -- columns

    def _prepare_columns(self) -> None:
        header = self.tree.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # The titles stand where the cells' texts do.
        header.setStyleSheet(
            "QHeaderView::section { padding-left: 8px; }"
            f"QHeaderView::section:first {{ padding-left: {GAP_LARGE}px; }}"
        )
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(56)
        header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        grow = self._desk.theme.sizes.row / 30
        for column, width in _WIDTHS.items():
            header.resizeSection(column, round(width * grow))
        for column in _HIDDEN_AT_FIRST:
            header.hideSection(column)
        saved = self._desk.settings.value(_HEADER_KEY)
        if isinstance(saved, QByteArray):
            header.restoreState(saved)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Fixed)
        self.tree.setSortingEnabled(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        self._remember_timer = QTimer(self)
        self._remember_timer.setSingleShot(True)
        self._remember_timer.setInterval(300)
        self._remember_timer.timeout.connect(self._remember_columns)
        for signal in (header.sectionResized, header.sortIndicatorChanged):
            signal.connect(lambda *_: self._remember_timer.start())
        header.sectionResized.connect(lambda *_: self.tree.give_name_the_rest())

    def column_menu(self) -> QMenu:
        """A menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in list(Column)[1:]:
            title = self.model.headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(not self.tree.isColumnHidden(column))
            action.toggled.connect(
                lambda shown, at=column: self.tree.setColumnHidden(at, not shown)
            )
        return menu

    def _show_column_menu(self, place: QPoint) -> None:
        self.column_menu().popup(self.tree.header().mapToGlobal(place))

    def _remember_columns(self) -> None:
        self._desk.settings.setValue(_HEADER_KEY, self.tree.header().saveState())

    # -- the tree

    def _enter_tree(self) -> None:
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, certificate_id: int) -> None:
        self.split.show_inspector()
        self.activated.emit(certificate_id)

    def _show_menu(self, place: QPoint) -> None:
        if self.selected_ids:
            self._context_menu.popup(place)

    def _mime_data(self, certificate_ids: Sequence[int]) -> QMimeData:
        try:
            return self._drag_files.mime_data(certificate_ids)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)
            return QMimeData()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._outdated:
            self.refresh()
