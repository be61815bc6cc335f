"""What is in files that were dropped, opened or pasted. Nothing is stored before "Import"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.formats.items import Item
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.contents_list import ContentsList
from mtlsgui.gui.dropped.drop import Drop
from mtlsgui.gui.dropped.fetching import FetchDialog
from mtlsgui.gui.dropped.header import DropHeader
from mtlsgui.gui.dropped.pane import EntryPane
from mtlsgui.gui.dropped.saving import Saving
from mtlsgui.gui.dropped.summary import Offers
from mtlsgui.gui.dropped.unlocking import UnlockBar
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.workspace import looking
from mtlsgui.workspace.contents import Contents, Entry, with_sources
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.looking import Gap

MOST_KEPT = 5
"""So many earlier drops can be gone back to."""
_SPLITTER_KEY = "splitters/dropped"
_LIST_WIDTH = 330
_MOST_OFFERED = 15
"""Things that the menu offers to compare with; more are compared by selecting two."""


class DroppedPage(QWidget):
    """A list of what was found, and the one chosen in full."""

    import_requested = Signal(object)
    """The Inspection whose items shall be kept."""
    convert_requested = Signal(object)
    """The Inspection whose items shall become other files."""
    contents_changed = Signal()
    """`contents` is another drop, has been read again, or is none."""
    sign_requested = Signal(bytes)
    """The DER of a certificate signing request."""
    certificate_chosen = Signal(int)
    """The id of a certificate of the workspace that shall be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drop: Drop | None = None
        self._earlier: list[Drop] = []
        self._kept: list[str] = []
        self._reading = 0
        self._make_header()
        self.list = ContentsList(desk.theme)
        self.list.chosen.connect(self._show_selected)
        self.list.menu_wanted.connect(self._show_menu)
        self.unlocking = UnlockBar()
        self.unlocking.wanted.connect(self.unlock)
        self.pane = EntryPane(
            desk,
            Offers(
                choose=self._choose_item,
                sign=self.sign_requested.emit,
                save_chain=lambda: self.saving.ask(Form.FULL_CHAIN),
                fetch=self._ask_to_fetch,
                show_stored=self.certificate_chosen.emit,
                read_anyway=lambda _source: self.read_anyway(),
            ),
        )
        self.pane.looked.connect(self._renew_buttons)
        self._make_splitter()
        self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self._make_shortcuts()
        self._show_drop()

    # -- building

    def _make_header(self) -> None:
        self.saving = Saving(self._desk, self, lambda: self._entry)
        self.saving.saved.connect(lambda path: self._notify(self.tr("Saved as {}.").format(path)))
        self.header = DropHeader(self._desk, self.saving.menu, self._pem)
        for button, act in (
            (self.header.back_button, self.go_back),
            (self.header.open_button, self.choose_files),
            (self.header.convert_button, self._convert),
            (self.header.import_button, self._import),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())

    def _make_splitter(self) -> None:
        left = QWidget()
        left.setMinimumWidth(200)
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, GAP_SMALL, 0, 0)
        left_column.setSpacing(0)
        left_column.addWidget(self.list, 1)
        left_column.addWidget(self.unlocking)
        right = QWidget()
        right.setMinimumWidth(240)
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.setSpacing(0)
        self._notices = QVBoxLayout()
        right_column.addLayout(self._notices)
        right_column.addWidget(self.pane, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        settings = self._desk.settings
        saved = settings.value(_SPLITTER_KEY)
        if not (isinstance(saved, QByteArray) and self._splitter.restoreState(saved)):
            width = round(_LIST_WIDTH * self._desk.theme.sizes.control / 30)
            self._splitter.setSizes([width, 3 * width])
        self._splitter.splitterMoved.connect(
            lambda *_: settings.setValue(_SPLITTER_KEY, self._splitter.saveState())
        )

    def _make_empty(self) -> None:
        opening = QAction(self.tr("Open files…"), self)
        opening.triggered.connect(self.choose_files)
        paste = QKeySequence(QKeySequence.StandardKey.Paste)
        self.empty = EmptyState(
            self._desk.theme,
            self.tr("Look into certificate files"),
            self.tr(
                "Drop certificates, keys, requests, keystores, archives or folders of them here, "
                "or paste them as text with {}. Nothing is stored unless you import it."
            ).format(paste.toString(QKeySequence.SequenceFormat.NativeText)),
            icon="file",
            actions=[opening],
        )

    def _make_shortcuts(self) -> None:
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.list)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.header.copy_button.click)
        going_back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        going_back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        going_back.activated.connect(self.go_back)

    # -- what others call

    @property
    def contents(self) -> Contents | None:
        """What is shown; None before the first drop."""
        return self._drop.contents if self._drop is not None else None

    def show_files(self, paths: Sequence[Path]) -> None:
        """Read files and folders, and show what is in them. What was shown can be gone back to."""
        if paths:
            self._read(Drop(paths=tuple(paths)))

    def show_text(self, text: str) -> None:
        """Show what is in a text that was pasted."""
        if text.strip():
            self._read(Drop(text=text, text_name=self.tr("Pasted text")))

    def choose_files(self) -> None:
        """Ask for files to look into."""
        self._desk.reader.warm_up()
        dialog = QFileDialog(self, self.tr("Open files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.show_files([Path(each) for each in names]))
        dialog.open()

    def go_back(self) -> None:
        """Show what was dropped before."""
        if self._earlier:
            self._reading += 1  # what is being read now came too late
            self._drop = self._earlier.pop()
            self._show_drop()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Show nothing, and keep nothing of earlier drops in memory, nor any passphrase."""
        self._reading += 1
        self._earlier.clear()
        self._kept.clear()
        self.unlocking.keep.setChecked(False)
        self._drop = None
        self._show_drop()

    def unlock(self) -> None:
        """Read the drop again with the passphrase that was typed, and those before it."""
        typed, drop = self.unlocking.typed, self._drop
        if drop is None or drop.contents is None or not typed:
            return
        before = drop.contents.locked_count
        self.unlocking.button.setEnabled(False)

        def show(found: Contents) -> None:
            if found.locked_count >= before:
                self.unlocking.row.refuse(self.tr("It opens nothing of what is locked."))
                return
            if self.unlocking.keep.isChecked() and typed not in self._kept:
                self._kept.append(typed)
            self._take_over(replace(again, contents=found))
            if found.locked_count:
                self.unlocking.row.advise(self.tr("Some of it has another passphrase."))
                self.unlocking.row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        again = replace(drop, passphrases=(*drop.passphrases, typed))
        self._run(again, show)

    def read_anyway(self) -> None:
        """Read the drop again without the usual bounds."""
        if self._drop is not None:
            again = replace(self._drop, relaxed=True)
            self._run(again, lambda found: self._take_over(replace(again, contents=found)))

    def add_fetched(self, source: Source) -> None:
        """Show what was fetched for this drop with the rest of it."""
        drop = self._drop
        if drop is not None and drop.contents is not None:
            found = with_sources(drop.contents.inspection, [source])
            self._take_over(replace(drop, fetched=(*drop.fetched, source), contents=found))

    # -- reading

    def _read(self, drop: Drop) -> None:
        def show(found: Contents) -> None:
            if self._drop is not None:
                self._earlier.append(self._drop)
                del self._earlier[:-MOST_KEPT]
            self._drop = replace(drop, contents=found)
            self._show_drop()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._run(drop, show)

    def _take_over(self, drop: Drop) -> None:
        """Show the same drop read anew, at the same entry."""
        self._drop = drop
        self._show_drop()

    def _run(self, drop: Drop, show: Callable[[Contents], None]) -> None:
        """Read in a worker thread: files may be slow, and keys take time to check."""
        self._reading += 1
        number, kept, reader = self._reading, tuple(self._kept), self._desk.reader
        name = drop.paths[0].name if drop.paths else drop.text_name
        self._desk.jobs.run_task(
            lambda control: drop.read(kept, reader, control),
            lambda found: show(found) if number == self._reading else None,
            title=self.tr("Reading {} files").format(len(drop.paths))
            if len(drop.paths) > 1
            else self.tr("Reading {}").format(name),
            cancellable=True,
            owner=self,
            on_finished=lambda: self.unlocking.button.setEnabled(True),
        )

    # -- showing

    def _show_drop(self) -> None:
        self._fill()
        self.contents_changed.emit()

    def _fill(self) -> None:
        drop = self._drop
        found = drop.contents if drop is not None else None
        self._clear_notice()
        self.unlocking.clear()
        if drop is None or found is None:
            self.header.set_title(self.tr("Look into files"))
            self.header.show_buttons(back=bool(self._earlier), found=False)
            self.pane.show_nothing()
            self.list.show_groups(())
            self._stack.setCurrentWidget(self.empty)
            return
        self.header.set_title(*self._title(drop, found))
        self.header.show_buttons(back=bool(self._earlier), found=True)
        self.unlocking.setVisible(found.locked_count > 0)
        self.header.import_button.setEnabled(found.can_import)
        self.header.convert_button.setEnabled(bool(found.inspection.items))
        self.list.show_groups(found.groups, drop.current)
        self._stack.setCurrentWidget(self._splitter)

    def _title(self, drop: Drop, found: Contents) -> tuple[str, str]:
        if drop.text:
            return self.tr("What is in this text"), ""
        said = visible(drop.names)
        passed = found.inspection.passed_over
        if passed:
            many = self.tr("{} files passed over: nothing that we recognise").format(f"{passed:,}")
            one = self.tr("1 file passed over: nothing that we recognise")
            said += f" · {one if passed == 1 else many}"
        if len(drop.paths) == 1:
            is_folder = any(each.folder is not None for each in found.inspection.sources)
            if is_folder:
                return self.tr("What is in this folder"), said
            return self.tr("What is in this file"), said
        return self.tr("What is in these files"), said

    @property
    def _entry(self) -> Entry | None:
        """The one entry that is selected; None where there are several."""
        entries = self.list.entries
        return entries[0] if len(entries) == 1 else None

    def _show_selected(self, entries: list[Entry]) -> None:
        self._clear_notice()
        drop, contents = self._drop, self.contents
        if drop is None or contents is None:
            return
        if len(entries) == 1:
            self._drop = replace(drop, current=entries[0])
        self.pane.show_entries(contents, entries)

    def _renew_buttons(self) -> None:
        entry, look = self._entry, self.pane.look
        self.header.copy_button.setEnabled(look is not None and bool(look.pem))
        self.header.save_button.setEnabled(entry is not None and bool(looking.forms(entry)))

    def _choose_item(self, item: Item) -> None:
        found = self.contents
        for entry in found.entries if found is not None else ():
            if entry.item is item:
                self.list.choose(entry)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- acting

    def _pem(self) -> str:
        return self.pane.look.pem if self.pane.look is not None else ""

    def _import(self) -> None:
        if self.contents is not None and self.contents.can_import:
            self.import_requested.emit(self.contents.inspection)

    def _convert(self) -> None:
        if self.contents is not None:
            self.convert_requested.emit(self.contents.inspection)

    def _ask_to_fetch(self, gap: Gap) -> None:
        FetchDialog(self._desk, gap, self.add_fetched, self).open()

    def _show_menu(self, place: QPoint) -> None:
        self.make_menu().popup(place)

    def make_menu(self) -> QMenu:
        """The menu of what is selected in the list; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = self._entry
        copying = menu.addAction(self.tr("&Copy as PEM"))
        copying.setEnabled(self.header.copy_button.isEnabled())
        copying.triggered.connect(self.header.copy_button.click)
        saving = menu.addMenu(self.tr("Save as"))
        self.saving.fill(saving)
        saving.setEnabled(not saving.isEmpty())
        others = menu.addMenu(self.tr("Com&pare with"))
        if entry is not None and entry.item is not None:
            for other in self._comparable(entry):
                action = others.addAction(visible(other.title).replace("&", "&&"))
                action.triggered.connect(
                    lambda _checked=False, other=other: self.list.choose_both(entry, other)
                )
        others.setEnabled(not others.isEmpty())
        return menu

    def _comparable(self, entry: Entry) -> list[Entry]:
        """Other entries of the same kind."""
        found = self.contents.entries if self.contents is not None else ()
        kind = entry.item.kind if entry.item is not None else ""
        others = {
            id(each.item): each
            for each in found
            if each.item is not None and each.item is not entry.item and each.item.kind == kind
        }
        return list(others.values())[:_MOST_OFFERED]

    def _notify(self, text: str) -> None:
        self._clear_notice()
        self._notices.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, 0)
        self._notices.addWidget(Banner(self._desk.theme, Tone.GOOD, text, dismissible=True))

    def _clear_notice(self) -> None:
        item = self._notices.takeAt(0)
        notice = item.widget() if item is not None else None
        self._notices.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, 0)
        if notice is not None:
            notice.hide()
            notice.deleteLater()
