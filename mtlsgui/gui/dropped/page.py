"""What is in files that were dropped, opened or pasted. Nothing is stored before "Import"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import Item
from mtlsgui.gui.comparing.page import ComparisonPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.contents_list import ContentsList
from mtlsgui.gui.dropped.drop import Drop
from mtlsgui.gui.dropped.entry_tabs import EntryTabs
from mtlsgui.gui.dropped.fetching import FetchDialog
from mtlsgui.gui.dropped.summary import Offers
from mtlsgui.gui.dropped.unlocking import UnlockBar
from mtlsgui.gui.dropped.wording import save_caption
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.tokens import GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import (
    CopyButton,
    MenuButton,
    link_button,
    plain_button,
    primary_button,
)
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.gui.widgets.labels import plain_text, wrapped
from mtlsgui.workspace import comparing, looking
from mtlsgui.workspace.contents import Contents, Entry, with_sources
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.looking import Gap, Look

MOST_KEPT = 5
"""So many earlier drops can be gone back to."""
_SPLITTER_KEY = "splitters/dropped"
_LIST_WIDTH = 330
_MOST_OFFERED = 15
"""Things that the menu offers to compare with; more are compared by selecting two."""


class DroppedPage(QWidget):
    """A list of what was found, and the one chosen in full."""

    contents_changed = Signal()
    """`contents` is another drop, or has been read again."""
    import_requested = Signal(object)
    """The Inspection whose items shall be kept."""
    convert_requested = Signal(object)
    """The Inspection whose items shall become other files."""
    contents_changed = Signal()
    """`contents` is another thing, or none."""
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
        self._looking = 0
        self._look: Look | None = None
        self._make_header()
        self.list = ContentsList(desk.theme)
        self.list.chosen.connect(self._show_selected)
        self.list.menu_wanted.connect(self._show_menu)
        self.unlocking = UnlockBar()
        self.unlocking.wanted.connect(self.unlock)
        self.tabs = EntryTabs(
            desk,
            Offers(
                choose=self._choose_item,
                sign=self.sign_requested.emit,
                save_chain=lambda: self._ask_where(Form.FULL_CHAIN),
                fetch=self._ask_to_fetch,
                show_stored=self.certificate_chosen.emit,
                read_anyway=lambda _source: self.read_anyway(),
            ),
        )
        self.comparison = ComparisonPage(desk)
        self._hint = wrapped("", "muted")
        self._hint.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._right = QStackedWidget()
        for part in (self.tabs, self.comparison, self._hint):
            self._right.addWidget(part)
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
        self._renew = QTimer(self)  # not at once: the change may come from a click in the view
        self._renew.setSingleShot(True)
        self._renew.setInterval(0)
        self._renew.timeout.connect(self._renew_entry)
        desk.changes.changed.connect(self._renew.start)
        self._show_drop()

    # -- building

    def _make_header(self) -> None:
        theme = self._desk.theme
        self.back_button = link_button(self.tr("Back"))
        theme.icons.bind(self.back_button, "chevron-left", "accent_text")
        self.back_button.setToolTip(self.tr("What was dropped before"))
        self.back_button.clicked.connect(lambda _checked=False: self.go_back())
        self._save_menu = QMenu(self)
        self._save_menu.aboutToShow.connect(lambda: self._fill_save_menu(self._save_menu))
        self.save_button = MenuButton(self.tr("Save as"), self._save_menu)
        self.copy_button = CopyButton(
            self._pem, self._desk.clipboard, what=self.tr("as PEM"), link=False
        )
        self.import_button = primary_button(self.tr("Import"))
        self.import_button.clicked.connect(lambda _checked=False: self._import())
        self.convert_button = plain_button(self.tr("Convert…"))
        self.convert_button.clicked.connect(lambda _checked=False: self._convert())
        self.open_button = plain_button(self.tr("Open…"))
        self.open_button.clicked.connect(lambda _checked=False: self.choose_files())
        self.header = PageHeader(theme, "")
        self.header.add_left(self.back_button)
        self._buttons = (
            self.open_button,
            self.convert_button,
            self.save_button,
            self.copy_button,
            self.import_button,
        )
        self.header.add_right(*self._buttons)

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
        right_column.addWidget(self._right, 1)
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
        copying.activated.connect(self.copy_button.click)
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

    def save(self, form: Form, path: Path) -> None:
        """Write the entry shown into a file. What goes wrong is shown in the window."""
        entry = self._entry
        if entry is None:
            return
        try:
            looking.save(looking.render(entry, form), path)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)
        else:
            self._notify(self.tr("Saved as {}.").format(path))

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
        self.back_button.setVisible(bool(self._earlier))
        for button in self._buttons:
            button.setVisible(found is not None)
        self.unlocking.clear()
        if drop is None or found is None:
            self.header.set_title(self.tr("Look into files"))
            self._looking += 1
            self._look = None
            self.tabs.show_entry(None, None)
            self.list.show_groups(())
            self._stack.setCurrentWidget(self.empty)
            self.contents_changed.emit()
            return
        self.header.set_title(*self._title(drop, found))
        self.unlocking.setVisible(found.locked_count > 0)
        self.import_button.setEnabled(found.can_import)
        self.convert_button.setEnabled(bool(found.inspection.items))
        self.list.show_groups(found.groups, drop.current)
        self._stack.setCurrentWidget(self._splitter)
        self.contents_changed.emit()

    def _title(self, drop: Drop, found: Contents) -> tuple[str, str]:
        if drop.text:
            return self.tr("What is in this text"), ""
        said = visible(drop.names)
        passed = found.inspection.passed_over
        if passed:
            others = self.tr("{} files passed over: nothing that we recognise")
            said += " · " + others.format(f"{passed:,}")
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
        self._looking += 1
        if len(entries) == 1:
            self._show_entry(entries[0])
            return
        self._look = None
        self._renew_buttons(None)
        items = [entry.item for entry in entries]
        first, second = items[0], items[1]
        if len(items) == 2 and first is not None and second is not None:
            self.comparison.show_two(lambda: comparing.compare(first, second))
            self._right.setCurrentWidget(self.comparison)
        else:
            self._hint.setText(
                self.tr("{} selected. Select two to compare them.").format(f"{len(items):,}")
            )
            self._right.setCurrentWidget(self._hint)

    def _show_entry(self, entry: Entry) -> None:
        contents = self.contents
        if self._drop is None or contents is None:
            return
        self._drop = replace(self._drop, current=entry)
        number, ws = self._looking, self._desk.ws
        if not looking.is_heavy(contents, entry):
            self._present(entry, looking.look(ws, contents, entry))
            return
        self._hint.setText(self.tr("Looking into it…"))
        self._right.setCurrentWidget(self._hint)
        self._desk.jobs.run_task(
            lambda _control: looking.look(ws, contents, entry),
            lambda look: self._present(entry, look) if number == self._looking else None,
            title=self.tr("Looking into {}").format(visible(entry.title)),
            owner=self,
        )

    def _present(self, entry: Entry, look: Look | None) -> None:
        self._look = look
        self._renew_buttons(entry)
        self.tabs.show_entry(entry, look)
        self._right.setCurrentWidget(self.tabs)

    def _renew_buttons(self, entry: Entry | None) -> None:
        self.copy_button.setEnabled(bool(self._look and self._look.pem))
        self.save_button.setEnabled(entry is not None and bool(looking.forms(entry)))

    def _renew_entry(self) -> None:
        """The workspace has changed: a certificate may be in it now, or no more."""
        entry, contents = self._entry, self.contents
        if entry is None or contents is None or looking.is_heavy(contents, entry):
            return
        look = looking.look(self._desk.ws, contents, entry)
        if look != self._look:
            self._present(entry, look)

    def _choose_item(self, item: Item) -> None:
        found = self.contents
        for entry in found.entries if found is not None else ():
            if entry.item is item:
                self.list.choose(entry)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- acting

    def _pem(self) -> str:
        return self._look.pem if self._look is not None else ""

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
        copying.setEnabled(self.copy_button.isEnabled())
        copying.triggered.connect(self.copy_button.click)
        saving = menu.addMenu(plain_text(self.tr("Save as")))
        self._fill_save_menu(saving)
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

    def _fill_save_menu(self, menu: QMenu) -> None:
        menu.clear()
        entry = self._entry
        for form in looking.forms(entry) if entry is not None else ():
            action = menu.addAction(save_caption(form))
            action.triggered.connect(lambda _checked=False, form=form: self._ask_where(form))

    def _ask_where(self, form: Form) -> None:
        entry = self._entry
        if entry is None:
            return
        name = looking.render(entry, form).name
        folder = entry.source.path.parent if entry.source.path is not None else Path.home()
        dialog = QFileDialog(self, self.tr("Save as"), str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.save(form, Path(chosen)))
        dialog.open()

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
