"""What is in files that were dropped, opened or pasted. Nothing is stored before "Import"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import Item
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.contents_list import ContentsList
from mtlsgui.gui.dropped.entry_view import EntryView, save_caption
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.passphrases import PassphraseRow
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import (
    CopyButton,
    MenuButton,
    link_button,
    plain_button,
    primary_button,
)
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.gui.widgets.labels import rule
from mtlsgui.workspace import looking
from mtlsgui.workspace.contents import Contents, Entry, read_files, sort
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.inspecting import inspect_bytes
from mtlsgui.workspace.looking import Look

MOST_KEPT = 5
"""So many earlier drops can be gone back to."""
_SPLITTER_KEY = "splitters/dropped"
_LIST_WIDTH = 330


@dataclass
class _Drop:
    """One drop, and how to read it again. It stays in memory only."""

    paths: tuple[Path, ...] = ()
    text: str = field(default="", repr=False)
    passphrases: list[str] = field(default_factory=list, repr=False)
    contents: Contents | None = field(default=None, repr=False)
    current: Entry | None = field(default=None, repr=False)


class DroppedPage(QWidget):
    """The page "Tools": a list of what was found, and the one chosen in full."""

    import_requested = Signal(object)
    """The Inspection whose items shall be kept."""
    sign_requested = Signal(bytes)
    """The DER of a certificate signing request."""
    certificate_chosen = Signal(int)
    """The id of a certificate of the workspace that shall be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self._drop: _Drop | None = None
        self._earlier: list[_Drop] = []
        self._reading = 0
        self._look: Look | None = None
        self.view: EntryView | None = None

        self.back_button = link_button(self.tr("Back"))
        theme.icons.bind(self.back_button, "chevron-left", "accent_text")
        self.back_button.setToolTip(self.tr("What was dropped before"))
        self.back_button.clicked.connect(lambda _checked=False: self.go_back())
        self._save_menu = QMenu(self)
        self._save_menu.aboutToShow.connect(self._fill_save_menu)
        self.save_button = MenuButton(self.tr("Save as"), self._save_menu)
        self.copy_button = CopyButton(self._pem, desk.clipboard, what=self.tr("as PEM"), link=False)
        self.import_button = primary_button(self.tr("Import"))
        self.import_button.clicked.connect(lambda _checked=False: self._import())
        self.open_button = plain_button(self.tr("Open…"))
        self.open_button.clicked.connect(lambda _checked=False: self.choose_files())
        self.header = PageHeader(theme, "")
        self.header.add_left(self.back_button)
        self.header.add_right(
            self.open_button, self.save_button, self.copy_button, self.import_button
        )

        self.list = ContentsList(theme)
        self.list.chosen.connect(self._show_entry)
        self.passphrase = PassphraseRow(
            self.tr("&Passphrase of what is locked"), self.tr("It is tried on everything here.")
        )
        self.passphrase.edit.setAcceptDrops(False)  # files dropped here are for the window
        self.passphrase.edit.returnPressed.connect(self.unlock)
        self.unlock_button = plain_button(self.tr("Unlock"))
        self.unlock_button.clicked.connect(lambda _checked=False: self.unlock())
        self._locked_bar = self._make_locked_bar()
        left = QWidget()
        left.setMinimumWidth(200)
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, GAP_SMALL, 0, 0)
        left_column.setSpacing(0)
        left_column.addWidget(self.list, 1)
        left_column.addWidget(self._locked_bar)
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.viewport().setAutoFillBackground(False)
        right = QWidget()
        right.setMinimumWidth(240)
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.setSpacing(0)
        right_column.addLayout(self._notices)
        right_column.addWidget(self.area, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        saved = desk.settings.value(_SPLITTER_KEY)
        if not (isinstance(saved, QByteArray) and self._splitter.restoreState(saved)):
            width = round(_LIST_WIDTH * theme.sizes.control / 30)
            self._splitter.setSizes([width, 3 * width])
        self._splitter.splitterMoved.connect(
            lambda *_: desk.settings.setValue(_SPLITTER_KEY, self._splitter.saveState())
        )

        opening = QAction(self.tr("Open files…"), self)
        opening.triggered.connect(self.choose_files)
        self.empty = EmptyState(
            theme,
            self.tr("Look into certificate files"),
            self.tr(
                "Drop certificates, keys, requests, revocation lists or PKCS#12 files here, or "
                "paste them as text with {}. Nothing is stored unless you import it."
            ).format(
                QKeySequence(QKeySequence.StandardKey.Paste).toString(
                    QKeySequence.SequenceFormat.NativeText
                )
            ),
            icon="file",
            actions=[opening],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.list)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_button.click)
        going_back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        going_back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        going_back.activated.connect(self.go_back)
        self._renew = QTimer(self)  # not at once: the change may come from a click in the view
        self._renew.setSingleShot(True)
        self._renew.setInterval(0)
        self._renew.timeout.connect(self._renew_entry)
        desk.changes.changed.connect(self._renew.start)
        self._show_drop()

    # -- what others call

    @property
    def contents(self) -> Contents | None:
        """What is shown; None before the first drop."""
        return self._drop.contents if self._drop is not None else None

    def show_files(self, paths: Sequence[Path]) -> None:
        """Read these files and show what is in them. What was shown can be gone back to."""
        if paths:
            self._read(_Drop(paths=tuple(paths)))

    def show_text(self, text: str) -> None:
        """Show what is in a text that was pasted."""
        if text.strip():
            self._read(_Drop(text=text))

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
        """Show nothing, and keep nothing of earlier drops in memory."""
        self._reading += 1
        self._earlier.clear()
        self._drop = None
        self._show_drop()

    def unlock(self) -> None:
        """Read the drop again with the passphrase that was typed, and those before it."""
        typed = self.passphrase.edit.text()
        drop = self._drop
        if drop is None or drop.contents is None or not typed:
            return
        before = drop.contents.locked_count
        self.unlock_button.setEnabled(False)
        again = _Drop(drop.paths, drop.text, [*drop.passphrases, typed], None, drop.current)

        def show(found: Contents) -> None:
            if found.locked_count >= before:
                self.passphrase.refuse(self.tr("It opens nothing of what is locked."))
                return
            again.contents = found
            self._drop = again
            self._show_drop()
            if found.locked_count:
                self.passphrase.advise(self.tr("Some of it has another passphrase."))
                self.passphrase.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._run(again, show)

    def save(self, form: Form, path: Path) -> None:
        """Write the entry shown into a file. What goes wrong is shown in the window."""
        entry = self.list.current_entry
        if entry is None:
            return
        try:
            looking.save(looking.render(entry, form), path)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)
        else:
            self._notify(self.tr("Saved as {}.").format(path))

    # -- reading

    def _read(self, drop: _Drop) -> None:
        def show(found: Contents) -> None:
            drop.contents = found
            if self._drop is not None:
                self._earlier.append(self._drop)
                del self._earlier[:-MOST_KEPT]
            self._drop = drop
            self._show_drop()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._run(drop, show)

    def _run(self, drop: _Drop, show: Callable[[Contents], None]) -> None:
        """Read in a worker thread: files may be slow, and keys take time to check."""
        self._reading += 1
        number = self._reading
        text_name = self.tr("Pasted text")

        def read(control: TaskControl) -> Contents:
            if drop.text:
                found = inspect_bytes(
                    drop.text.encode(),
                    text_name,
                    drop.passphrases,
                    reader=self._desk.reader,
                    progress=control.report,
                )
                return sort(found)
            return read_files(
                drop.paths, drop.passphrases, control.report, reader=self._desk.reader
            )

        self._desk.jobs.run_task(
            read,
            lambda found: show(found) if number == self._reading else None,
            title=self.tr("Reading {} files").format(len(drop.paths))
            if len(drop.paths) > 1
            else self.tr("Reading {}").format(drop.paths[0].name if drop.paths else text_name),
            cancellable=True,
            owner=self,
            on_finished=lambda: self.unlock_button.setEnabled(True),
        )

    # -- showing

    def _show_drop(self) -> None:
        drop = self._drop
        found = drop.contents if drop is not None else None
        self._clear_notice()
        self.back_button.setVisible(bool(self._earlier))
        for button in (self.open_button, self.save_button, self.copy_button, self.import_button):
            button.setVisible(found is not None)
        self.passphrase.edit.clear()
        self.passphrase.advise("")
        if drop is None or found is None:
            self.header.set_title(self.tr("Look into files"))
            self._set_view(None)
            self._look = None
            self.list.contents.show_groups(())
            self._stack.setCurrentWidget(self.empty)
            return
        self.header.set_title(*self._title(drop))
        self._locked_bar.setVisible(found.locked_count > 0)
        self.import_button.setEnabled(found.can_import)
        self.list.show_groups(found.groups, drop.current)
        self._stack.setCurrentWidget(self._splitter)

    def _title(self, drop: _Drop) -> tuple[str, str]:
        if drop.text:
            return self.tr("What is in this text"), ""
        names = ", ".join(path.name for path in drop.paths)
        if len(drop.paths) == 1:
            return self.tr("What is in this file"), names
        return self.tr("What is in these files"), names

    def _show_entry(self, entry: Entry) -> None:
        if self._drop is not None:
            self._drop.current = entry
        self._clear_notice()
        self._look = looking.look(self._desk.ws, entry)
        self.copy_button.setEnabled(bool(self._look and self._look.pem))
        self.save_button.setEnabled(bool(looking.forms(entry)))
        self._set_view(
            EntryView(
                self._desk,
                entry,
                self._look,
                choose=self._choose_item,
                sign=self.sign_requested.emit,
                save_chain=lambda: self._ask_where(Form.FULL_CHAIN),
                show_stored=self.certificate_chosen.emit,
            )
        )

    def _renew_entry(self) -> None:
        """The workspace has changed: a certificate may be in it now, or no more."""
        entry = self.list.current_entry
        if entry is None:
            return
        look = looking.look(self._desk.ws, entry)
        if look != self._look:
            self._show_entry(entry)

    def _set_view(self, view: EntryView | None) -> None:
        # Not setWidget alone, which deletes the old view: a card in it may be what was clicked.
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.view = view
        if view is None:
            return
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(GAP_PAGE + 6, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        inner.addWidget(view)
        self.area.setWidget(holder)
        holder.setAutoFillBackground(False)

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

    def _fill_save_menu(self) -> None:
        self._save_menu.clear()
        entry = self.list.current_entry
        for form in looking.forms(entry) if entry is not None else ():
            action = self._save_menu.addAction(save_caption(form))
            action.triggered.connect(lambda _checked=False, form=form: self._ask_where(form))

    def _ask_where(self, form: Form) -> None:
        entry = self.list.current_entry
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

    def _make_locked_bar(self) -> QFrame:
        bar = QFrame()
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        inner = QHBoxLayout()
        inner.setContentsMargins(18, GAP_LARGE, GAP_LARGE, GAP_LARGE)
        inner.setSpacing(GAP_SMALL)
        inner.addWidget(self.passphrase, 1)
        inner.addWidget(self.unlock_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(inner)
        return bar
