"""The window put together: pages, actions, and what leads from one to another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from mtlsgui.gui import commands
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.deleting import ask_to_delete
from mtlsgui.gui.authorities.edit import NotesDialog, RenameDialog, TagsDialog, colour_menu
from mtlsgui.gui.authorities.page import AuthoritiesPage
from mtlsgui.gui.commands import Selection
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.inspector import CertificateInspector
from mtlsgui.gui.main_window import MainWindow, PageSpec
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import copies, offering, recovery

# Wizards, dialogs and the other pages are imported when they are first wanted, so that the
# window shows at once.


class Desktop(QObject):
    """One window on one workspace: what the actions of `commands` do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.window = MainWindow(desk.theme, desk.jobs, desk.settings, desk.clipboard)
        self.access = KeyAccess(desk, self)
        self._selection = Selection()
        self.registry: ActionRegistry[Selection] = ActionRegistry(
            self.window, desk.theme, lambda: self._selection
        )
        self.registry.add(*commands.actions(self))
        self._add_pages()
        self.window.set_actions(self.registry, commands.menus())
        self.window.setWindowTitle(f"{desk.ws.name} — mtlsgui")
        self.window.files_dropped.connect(self.open_files)
        self.window.text_pasted.connect(self.open_text)
        desk.changes.changed.connect(self._workspace_changed)
        self._workspace_changed()

    def show(self) -> None:
        """Show the window, at the page that was open last."""
        self.window.show_last_page("authorities")
        self.window.show()

    # Pages

    def _add_pages(self) -> None:
        tr = self.tr
        self.window.add_page(
            PageSpec("authorities", tr("&Authorities"), "authorities", self._make_authorities)
        )

    def _make_authorities(self) -> QWidget:
        inspector = CertificateInspector(self.desk, self.registry, commands.inspector_actions())
        page = AuthoritiesPage(self.desk, self.registry, inspector, commands.page_actions())
        page.selection_changed.connect(self._select)
        page.selection_changed.connect(inspector.show_several)
        inspector.certificate_chosen.connect(page.reveal)
        return page

    def _select(self, certificate_ids: list[int]) -> None:
        rows = self.desk.ws.inventory.certificates.get_many(certificate_ids)
        self._selection = Selection(tuple(rows))
        self.registry.refresh()

    def _workspace_changed(self) -> None:
        self._select(self._selection.ids)
        count = self.desk.ws.inventory.certificates.count()
        texts = [
            self.tr("1 certificate")
            if count == 1
            else self.tr("{} certificates").format(f"{count:,}")
        ]
        if self.desk.ws.custody.label:
            texts.append(self.tr("Keys: {}").format(self.desk.ws.custody.label))
        self.window.status.show_texts(texts)

    def reveal(self, certificate_id: int) -> None:
        """Go to a certificate in the tree."""
        page = self.window.show_page("authorities")
        if isinstance(page, AuthoritiesPage):
            page.reveal(certificate_id)

    def search(self) -> None:
        """Go to the search field of the authorities."""
        page = self.window.show_page("authorities")
        if isinstance(page, AuthoritiesPage):
            page.focus_search()

    # Making

    @property
    def can_issue(self) -> bool:
        """Whether an authority's key is held."""
        return self.desk.ws.inventory.keys.count() > 0

    def new_authority(self, parent: CertificateRow | None = None) -> None:
        """The wizard for a root, or for an intermediate under `parent`."""
        from mtlsgui.gui.wizards.authority import new_authority

        wizard = new_authority(
            self.desk, self.access, self.window, parent.id if parent is not None else None
        )
        wizard.issued.connect(self.reveal)
        wizard.certificate_requested.connect(
            lambda issuer_id: self.new_certificate("server", issuer_id)
        )
        wizard.export_requested.connect(lambda made_id: self.export([made_id]))
        wizard.open()

    def new_intermediate(self, selection: Selection) -> None:
        """The wizard for an intermediate, under the authority selected or the one last used."""
        parent = selection.authority
        if parent is None:
            issuer = next(iter(offering.issuers_by_use(self.desk.ws)), None)
            if issuer is not None:
                parent = self.desk.ws.inventory.certificates.get(issuer.id)
        self.new_authority(parent)

    def issue_under(self, authority: CertificateRow | None) -> None:
        """The wizard for a certificate under an authority."""
        if authority is not None:
            self.new_certificate("server", authority.id)

    def new_certificate(self, profile_id: str, issuer_id: int | None = None) -> None:
        """The wizard for a certificate of that profile."""
        from mtlsgui.gui.wizards.certificate import new_certificate

        wizard = new_certificate(self.desk, self.access, self.window, profile_id, issuer_id)
        wizard.issued.connect(self.reveal)
        wizard.authority_wanted.connect(self.new_authority)
        wizard.open()

    # What is selected

    def export(self, certificate_ids: Sequence[int]) -> None:
        """The export of certificates."""
        from mtlsgui.gui.exporting.dialog import ExportDialog

        ExportDialog(self.desk, self.access, certificate_ids, self.window).open()

    def copy_pem(self, certificate_ids: Sequence[int]) -> None:
        """Certificates to the clipboard."""
        self.desk.clipboard.setText(copies.pem_text(self.desk.ws, certificate_ids))

    def rename(self, row: CertificateRow | None) -> None:
        """Another name in lists."""
        if row is not None:
            RenameDialog(self.desk, row, self.window).open()

    def edit_notes(self, row: CertificateRow | None) -> None:
        """The notes of a certificate."""
        if row is not None:
            NotesDialog(self.desk, row, self.window).open()

    def edit_tags(self, rows: Sequence[CertificateRow]) -> None:
        """The tags of certificates."""
        TagsDialog(self.desk, rows, self.window).open()

    def choose_colour(self, rows: Sequence[CertificateRow]) -> None:
        """A menu of colour labels, where the pointer is."""
        colour_menu(self.desk, rows, self.window).popup(QCursor.pos())

    def delete(self, certificate_ids: Sequence[int]) -> None:
        """The question before certificates are deleted."""
        ask_to_delete(self.desk, self.access, certificate_ids, self.window)

    # Keeping safe

    @property
    def has_unfinished(self) -> bool:
        """Whether something was cut short and waits to be finished."""
        return bool(recovery.unfinished(self.desk.ws))

    # Files

    def choose_files(self) -> None:
        """Choose files to look into."""
        names, _ = QFileDialog.getOpenFileNames(self.window, self.tr("Look into files"))
        if names:
            self.open_files([Path(name) for name in names])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Show what is in files."""

    def open_text(self, text: str) -> None:
        """Show what is in a text that was pasted."""

    def import_files(self) -> None:
        """Choose files and import them."""
        from mtlsgui.gui.importing.dialog import choose_and_import

        choose_and_import(self.desk, self.access, self.window)
