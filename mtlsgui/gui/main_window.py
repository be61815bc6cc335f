"""The main window's shell: navigation, pages, banners, status, menus, dropping and pasting.

It gets its pages and actions from outside and knows nothing of what they do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import ActionRegistry, Context
from mtlsgui.gui.drop import DropOverlay, Offered, read_offer
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.navigation import NavigationBar
from mtlsgui.gui.palette import CommandPalette
from mtlsgui.gui.status import StatusBar
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, Tone
from mtlsgui.gui.widgets.card import Banner

_MOST_BANNERS = 3


@dataclass(frozen=True)
class PageSpec:
    """A page that the window can show; `make` is called when it is first shown."""

    id: str
    title: str
    icon: str
    make: Callable[[], QWidget]
    at_bottom: bool = False


@dataclass(frozen=True)
class MenuSpec:
    """A menu of the menu bar: title with mnemonic, ids of actions, None for a separator."""

    title: str
    actions: tuple[str | None, ...]


class MainWindow(QMainWindow):
    """The shell. `close()` drains the jobs and remembers geometry, splitter and page."""

    files_dropped = Signal(list)
    """list[Path]: files dropped on the window or pasted from a file manager."""
    drag_entered = Signal()
    """Files or text are being dragged over the window: they may be dropped in a moment."""
    text_pasted = Signal(str)
    page_changed = Signal(str)

    def __init__(
        self, theme: Theme, jobs: Jobs, settings: QSettings, clipboard: QClipboard
    ) -> None:
        super().__init__()
        self._theme, self._jobs, self._settings = theme, jobs, settings
        self._clipboard = clipboard
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, QWidget] = {}
        self._palette: CommandPalette | None = None
        self._current = ""
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)

        self.navigation = NavigationBar(theme)
        self.navigation.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        self._banner_area = QFrame()
        self._banner_area.setProperty("role", "panel")
        self._banners = QVBoxLayout(self._banner_area)
        self._banners.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        self._banner_area.hide()
        self.status = StatusBar(theme, jobs)
        self.status.hint.setText(self.tr("Drop certificate files anywhere to look inside"))
        content = QFrame()
        content.setProperty("role", "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner_area)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.navigation)
        self._splitter.addWidget(content)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self.setCentralWidget(self._splitter)
        self._overlay = DropOverlay(theme, self)
        jobs.failed.connect(self.show_error)
        jobs.crashed.connect(self.show_crash)
        self._restore()

    # -- pages

    def add_page(self, spec: PageSpec) -> None:
        """Offer a page in the navigation bar. Nothing of it is built yet."""
        self._specs[spec.id] = spec
        self.navigation.add(spec.id, spec.title, spec.icon, at_bottom=spec.at_bottom)

    def show_page(self, page: str) -> QWidget:
        """Show a page, building it if it is the first time; returns its widget."""
        widget = self._pages.get(page)
        if widget is None:
            widget = self._pages[page] = self._specs[page].make()
            self._stack.addWidget(widget)
        changed = self._stack.currentWidget() is not widget or self.current_page != page
        self._stack.setCurrentWidget(widget)
        self.navigation.show_current(page)
        self._current = page
        if changed:
            self.page_changed.emit(page)
        return widget

    def show_last_page(self, default: str) -> QWidget:
        """Show the page that was open when the window was last closed."""
        last = self._settings.value("window/page")
        return self.show_page(last if isinstance(last, str) and last in self._specs else default)

    @property
    def current_page(self) -> str:
        """The id of the page shown, "" before the first."""
        return self._current

    def page(self, page: str) -> QWidget | None:
        """A page's widget if it was built already."""
        return self._pages.get(page)

    # -- actions

    def set_actions(self, registry: ActionRegistry[Context], menus: Sequence[MenuSpec]) -> None:
        """Build the menu bar and the command palette from the registry."""
        bar = self.menuBar()
        bar.clear()
        for spec in menus:
            bar.addMenu(registry.menu(spec.actions, self, spec.title))
        self._palette = CommandPalette(self._theme, registry, self)

    def open_palette(self) -> None:
        """Show the command palette (an action with Ctrl+K calls this)."""
        if self._palette is not None:
            self._palette.open()

    # -- banners

    def show_banner(
        self,
        tone: Tone,
        sentence: str,
        text: str = "",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> Banner:
        """Say something above the page until it is dismissed; the oldest goes after three.

        The same banner is not shown twice at a time.
        """
        shown = self.banners
        for known in shown:
            if (known.sentence.text(), known.text.text()) == (sentence, text):
                return known
        if len(shown) >= _MOST_BANNERS:
            self.dismiss_banner(shown[0])
        banner = Banner(self._theme, tone, sentence, text, actions=actions, dismissible=True)
        banner.dismissed.connect(lambda: self.dismiss_banner(banner))
        self._banners.addWidget(banner)
        self._banner_area.show()
        return banner

    @property
    def banners(self) -> list[Banner]:
        """The banners shown, oldest first."""
        items = (self._banners.itemAt(i) for i in range(self._banners.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Banner)]

    def dismiss_banner(self, banner: Banner) -> None:
        """Take a banner away."""
        self._banners.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._banner_area.setVisible(bool(self.banners))

    def show_error(self, error: MtlsguiError) -> None:
        """Say that something did not happen, why, and what to do."""
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self.show_banner(Tone.BAD, error.title, text)

    def show_crash(self, doing: str, details: str) -> None:
        """Say that a bug was met: it looks different from an error, and can be reported."""
        self.show_banner(
            Tone.ATTENTION,
            self.tr("That is a fault in mtlsgui, not yours."),
            self.tr("It happened while: {}. The details help to mend it.").format(doing),
            [(self.tr("Copy details"), lambda: self._clipboard.setText(details))],
        )

    # -- dropping and pasting

    def paste(self) -> bool:
        """Look into what is on the clipboard; False when there is nothing for us."""
        return self._take(read_offer(self._clipboard.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside dialogs Qt's buttons know the space bar only.
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            button, QAbstractButton
        ):
            button.click()
            return
        # A field with the focus pastes for itself; this is for everywhere else.
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and read_offer(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._overlay.cover()
            self.drag_entered.emit()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.hide()
        if self._take(read_offer(event.mimeData())):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def _take(self, offered: Offered) -> bool:
        if offered.files:
            self.files_dropped.emit(list(offered.files))
        elif offered.text:
            self.text_pasted.emit(offered.text)
        return bool(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._overlay.isVisible():
            self._overlay.cover()

    # -- remembering

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/splitter", self._splitter.saveState())
        self._settings.setValue("window/page", self._current)
        self._jobs.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        grow = self._theme.sizes.control / 30
        geometry = self._settings.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(round(1280 * grow), round(800 * grow))
        splitter = self._settings.value("window/splitter")
        if not (isinstance(splitter, QByteArray) and self._splitter.restoreState(splitter)):
            wide = self._theme.sizes.navigation
            self._splitter.setSizes([wide, self.width() - wide])
