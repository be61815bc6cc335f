"""The window put together: pages, actions, and what leads from one to another."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui import commands
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.page import AuthoritiesPage
from mtlsgui.gui.commands import Selection
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.place import InspectorPlace
from mtlsgui.gui.main_window import MainWindow, PageSpec
from mtlsgui.gui.overview.reader import OverviewReader
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.workspace import copies, recovery

# Wizards, dialogs and the other pages are imported when they are first wanted, so that the
# window shows at once.


if TYPE_CHECKING:
    from mtlsgui.gui.connections.page import ConnectionsPage
    from mtlsgui.gui.requests.page import RequestsPage
    from mtlsgui.gui.tools.page import ToolsPage
    from mtlsgui.gui.wizards.certificate import IssuedWizard
    from mtlsgui.workspace.importing import Report
    from mtlsgui.workspace.inspecting import Inspection, Progress


class Desktop(QObject):
    """One window on one workspace: what the actions of `commands` do."""

    def __init__(self, desk: Desk, open_elsewhere: Callable[[Path], object]) -> None:
        """open_elsewhere: opens the workspace in a folder in a window of its own."""
        super().__init__()
        self.desk = desk
        self._open_elsewhere = open_elsewhere
        self.window = MainWindow(desk.theme, desk.jobs, desk.settings, desk.clipboard)
        self.access = KeyAccess(desk, self)
        self._selection = Selection()
        self.registry: ActionRegistry[Selection] = ActionRegistry(
            self.window, desk.theme, self._context
        )
        self.registry.add(*commands.actions(self))
        self._overview = OverviewReader(desk, self)
        self._add_pages()
        self._overview.attention_changed.connect(
            lambda count: self.window.navigation.set_count("overview", count)
        )
        self.window.set_actions(self.registry, commands.menus())
        self.window.setWindowTitle(f"{desk.ws.name} — mtlsgui")
        self.window.drag_entered.connect(self._warm_up)
        self.window.files_dropped.connect(self.open_files)
        self.window.text_pasted.connect(self.open_text)
        self.window.page_changed.connect(lambda _page: self.registry.refresh())
        desk.changes.changed.connect(self._workspace_changed)
        self._workspace_changed()

    def show(self) -> None:
        """Show the window, at the page that was open last; where nothing is yet, at the start."""
        if self.desk.ws.inventory.certificates.count():
            page = self.window.show_last_page("authorities")
        else:
            page = self.window.show_page("authorities")
        self.window.show()
        first = page.focusProxy()
        if first is not None and first.isVisible():
            first.setFocus()  # else the navigation bar has the keyboard
        self.recover()

    # Pages

    def _add_pages(self) -> None:
        for spec in (
            PageSpec("overview", self.tr("&Overview"), "home", self._make_overview),
            PageSpec("authorities", self.tr("&Authorities"), "authorities", self._make_authorities),
            PageSpec("requests", self.tr("&Requests"), "requests", self._make_requests),
            PageSpec("connections", self.tr("Co&nnections"), "connections", self._make_connections),
            PageSpec("tools", self.tr("Too&ls"), "tools", self._make_tools),
            PageSpec("journal", self.tr("&Journal"), "journal", self._make_journal),
            PageSpec(
                "preferences",
                self.tr("&Preferences"),
                "preferences",
                self._make_preferences,
                at_bottom=True,
            ),
        ):
            self.window.add_page(spec)

    def _make_overview(self) -> QWidget:
        from mtlsgui.gui.overview.page import OverviewPage

        page = OverviewPage(
            self.desk,
            self.registry,
            commands.NEW_MENU,
            commands.FIRST,
            commands.FIRST_LINKS,
            reader=self._overview,
        )
        page.certificate_chosen.connect(self.reveal)
        page.status_chosen.connect(self._show_status)
        return page

    def _make_requests(self) -> QWidget:
        from mtlsgui.gui.requests.page import RequestsPage

        page = RequestsPage(self.desk, self.registry, self.access)
        page.certificate_chosen.connect(self.reveal)
        page.sign_requested.connect(self.sign_request)
        return page

    def _make_journal(self) -> QWidget:
        from mtlsgui.gui.journal.page import JournalPage

        page = JournalPage(self.desk)
        page.certificate_chosen.connect(self.reveal)
        return page

    def _make_preferences(self) -> QWidget:
        from mtlsgui.gui.preferences.page import PreferencesPage

        return PreferencesPage(self.desk, self.registry)

    def _make_authorities(self) -> QWidget:
        inspector = InspectorPlace(self.desk, self.registry, commands.inspector_actions())
        page = AuthoritiesPage(self.desk, self.registry, inspector, commands.page_actions())
        page.selection_changed.connect(self._select)
        page.selection_changed.connect(inspector.show_several)
        inspector.certificate_chosen.connect(page.reveal)
        return page

    def _make_connections(self) -> QWidget:
        from mtlsgui.gui.connections.page import ConnectionsPage

        page = ConnectionsPage(self.desk, self.access)
        page.certificate_opened.connect(self.open_certificate)
        page.new_server_requested.connect(
            lambda: self.new_certificate("server", names="localhost 127.0.0.1")
        )
        page.testing.issue_wanted.connect(self.new_certificate)
        return page

    def _make_tools(self) -> QWidget:
        from mtlsgui.gui.tools.page import ToolsPage

        page = ToolsPage(self.desk)
        page.import_requested.connect(self.import_found)
        page.sign_requested.connect(self.sign_request)
        page.certificate_chosen.connect(self.reveal)
        self.access.locked.connect(page.forget)
        return page

    def _tools(self) -> "ToolsPage":
        return cast("ToolsPage", self.window.show_page("tools"))

    def _context(self) -> Selection:
        """What is selected, where it can be seen: nobody deletes what another page shows."""
        return self._selection if self.window.current_page == "authorities" else Selection()

    def _select(self, certificate_ids: list[int]) -> None:
        rows = self.desk.ws.inventory.certificates.get_many(certificate_ids)
        self._selection = Selection(tuple(rows))
        self.registry.refresh()

    def _workspace_changed(self) -> None:
        self._select(self._selection.ids)
        count = self.desk.ws.inventory.certificates.count()
        texts = []
        if count:
            many = self.tr("{} certificates").format(f"{count:,}")
            texts.append(self.tr("1 certificate") if count == 1 else many)
        if self.desk.ws.custody.label:
            texts.append(self.tr("Keys: {}").format(self.desk.ws.custody.label))
        self.window.status.show_texts(texts)

    def _show_status(self, status: Status) -> None:
        page = self.window.show_page("authorities")
        if isinstance(page, AuthoritiesPage):
            page.filter_status(status)

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
        wizard.export_requested.connect(lambda made_id: self.export([made_id], above=wizard))
        wizard.open()

    def new_intermediate(self, selection: Selection) -> None:
        """The wizard for an intermediate, under the authority selected or the one last used."""
        from mtlsgui.workspace import offering

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

    def new_certificate(
        self, profile_id: str, issuer_id: int | None = None, names: str = ""
    ) -> None:
        """The wizard for a certificate of that profile, under the authority that is selected,
        or that issued what is selected; else under the one last used. names: filled in.
        """
        from mtlsgui.gui.wizards.certificate import new_certificate

        if issuer_id is None:
            issuer_id = self._context().issuer_id
        self._show_wizard(
            new_certificate(self.desk, self.access, self.window, profile_id, issuer_id, names=names)
        )

    def sign_request(self, der: bytes) -> None:
        """The wizard for somebody else's request."""
        from mtlsgui.gui.wizards.signing import sign_request

        try:
            wizard = sign_request(self.desk, self.access, self.window, der)
        except MtlsguiError as error:
            self.window.show_error(error)
        else:
            self._show_wizard(wizard)

    def _show_wizard(self, wizard: "IssuedWizard") -> None:
        wizard.issued.connect(self.reveal)
        wizard.authority_wanted.connect(self.new_authority)
        wizard.export_requested.connect(lambda made_id: self.export([made_id], above=wizard))
        wizard.save_requested.connect(
            lambda made_id: self.export([made_id], to_folder=True, above=wizard)
        )
        wizard.test_requested.connect(lambda made_id: self._test_made(made_id, wizard))
        wizard.client_requested.connect(lambda issuer_id: self.new_certificate("client", issuer_id))
        wizard.open()

    def _test_made(self, certificate_id: int, wizard: QWidget) -> None:
        wizard.close()
        self.test_connection(self.desk.ws.inventory.certificates.get(certificate_id))

    def new_request(self) -> None:
        """The wizard for a key and a request for somebody else's authority."""
        from mtlsgui.gui.wizards.request import new_request

        wizard = new_request(self.desk, self.access, self.window)
        wizard.request_made.connect(self._show_request)
        wizard.open()

    def _show_request(self, request_id: int) -> None:
        page = cast("RequestsPage", self.window.show_page("requests"))
        page.reveal(request_id)

    # What is selected

    def export(
        self,
        certificate_ids: Sequence[int],
        *,
        to_folder: bool = False,
        above: QWidget | None = None,
    ) -> None:
        """The export of certificates; to_folder: as a deployment."""
        from mtlsgui.gui.exporting.dialog import ExportDialog
        from mtlsgui.workspace.exporting import Form

        ExportDialog(
            self.desk,
            self.access,
            certificate_ids,
            above or self.window,
            form=Form.FOLDER if to_folder else Form.PEM,
        ).open()

    def test_connection(self, row: CertificateRow | None) -> None:
        """The connection test: to a server's own name, or with a client's certificate."""
        page = cast("ConnectionsPage", self.window.show_page("connections"))
        if row is None:
            return
        if row.kind == "server":
            page.show_target(host=next((name.partition(":")[2] for name in row.san), row.name))
        else:
            page.show_target(row.id)

    def test_server(self, address: str) -> None:
        """The connection test, with this server filled in."""
        page = cast("ConnectionsPage", self.window.show_page("connections"))
        page.show_target(host=address)

    def copy_pem(self, certificate_ids: Sequence[int]) -> None:
        """Certificates to the clipboard."""
        self.desk.clipboard.setText(copies.pem_text(self.desk.ws, certificate_ids))

    def compare(self, rows: Sequence[CertificateRow]) -> None:
        """Two certificates field by field."""
        from mtlsgui.gui.comparing.dialog import CompareDialog

        left, right = rows
        CompareDialog(self.desk, left, right, self.window).open()

    def edit_addresses(self, row: CertificateRow | None) -> None:
        """What an authority puts into what it issues."""
        from mtlsgui.gui.authorities.addresses import AddressesDialog

        if row is not None:
            AddressesDialog(self.desk, row, self.window).open()

    def rename(self, row: CertificateRow | None) -> None:
        """Another name in lists."""
        from mtlsgui.gui.authorities.edit import RenameDialog

        if row is not None:
            RenameDialog(self.desk, row, self.window).open()

    def edit_notes(self, row: CertificateRow | None) -> None:
        """The notes of a certificate."""
        from mtlsgui.gui.authorities.edit import NotesDialog

        if row is not None:
            NotesDialog(self.desk, row, self.window).open()

    def edit_tags(self, rows: Sequence[CertificateRow]) -> None:
        """The tags of certificates."""
        from mtlsgui.gui.authorities.edit import TagsDialog

        TagsDialog(self.desk, rows, self.window).open()

    def choose_colour(self, rows: Sequence[CertificateRow]) -> None:
        """A menu of colour labels, where the pointer is."""
        from mtlsgui.gui.authorities.edit import colour_menu

        colour_menu(self.desk, rows, self.window).popup(QCursor.pos())

    def delete(self, certificate_ids: Sequence[int]) -> None:
        """The question before certificates are deleted."""
        from mtlsgui.gui.authorities.deleting import ask_to_delete

        ask_to_delete(self.desk, self.access, certificate_ids, self.window)

    # Keeping safe

    @property
    def has_unfinished(self) -> bool:
        """Whether something was cut short and waits to be finished."""
        return bool(recovery.unfinished(self.desk.ws))

    def recover(self) -> None:
        """Finish or undo what was cut short, and tell of it; copy the inventory where it is due."""
        from mtlsgui.gui.safekeeping.recovering import Recovery

        Recovery(self.desk, self.access, self.window, self.window.show_banner).start()

    def back_up(self) -> None:
        """Back up the workspace, keys included."""
        from mtlsgui.gui.safekeeping.backing_up import BackupDialog

        BackupDialog(self.desk, self.access, self.window).open()

    def restore(self) -> None:
        """Make a workspace of a backup, in another folder."""
        from mtlsgui.gui.safekeeping.restoring import RestoreDialog

        dialog = RestoreDialog(self.desk, self.window)
        dialog.open_requested.connect(self._open_elsewhere)
        dialog.open()

    def move_keys(self) -> None:
        """Hold the keys in another vault."""
        from mtlsgui.gui.safekeeping.moving import MoveKeysDialog

        MoveKeysDialog(self.desk, self.access, self.window).open()

    def change_passphrase(self) -> None:
        """Another passphrase for the vault's file."""
        from mtlsgui.gui.safekeeping.moving import ChangePassphraseDialog

        ChangePassphraseDialog(self.desk, self.window).open()

    # Files

    def _warm_up(self) -> None:
        """What is dragged over the window, or chosen, will be read in a moment."""
        self.desk.reader.warm_up()

    def choose_files(self) -> None:
        """Choose files to look into."""
        self._warm_up()
        names, _ = QFileDialog.getOpenFileNames(self.window, self.tr("Look into files"))
        if names:
            self.open_files([Path(name) for name in names])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Show what is in files."""
        self._tools().show_files(paths)

    def convert_files(self) -> None:
        """Show what can be made of the files that are looked into, or ask for some."""
        self._tools().convert()

    def open_text(self, text: str) -> None:
        """Show what is in a text that was pasted; a server's address is for the connection test."""
        from mtlsgui.workspace.pasted import target_of

        server = target_of(text)
        if server is None:
            self._tools().show_text(text)
        else:
            self.test_server(server)

    def open_certificate(self, der: bytes) -> None:
        """Go to a certificate in the tree, or look into one that is not of the workspace."""
        held = self.desk.ws.inventory.certificates.id_of(sha256(der).hexdigest())
        if held is not None:
            self.reveal(held)
        else:
            self.open_text(copies.certificate_pem(der))

    def import_files(self) -> None:
        """Choose files and import them."""
        from mtlsgui.gui.importing.dialog import choose_and_import

        dialog = choose_and_import(self.desk, self.access, self.window)
        if dialog is not None:
            dialog.imported.connect(self._show_imported)

    def import_found(self, inspection: "Inspection") -> None:
        """Import what was looked into."""
        from mtlsgui.gui.importing.dialog import import_inspection
        from mtlsgui.workspace.inspecting import inspect_files

        paths = [source.path for source in inspection.sources if source.path is not None]

        def read_again(passphrases: Sequence[str], progress: "Progress") -> "Inspection":
            pasted = len(paths) < len(inspection.sources)
            if pasted:
                return inspection
            return inspect_files(paths, passphrases, reader=self.desk.reader, progress=progress)

        dialog = import_inspection(self.desk, self.access, self.window, inspection, read_again)
        dialog.imported.connect(self._show_imported)

    def _show_imported(self, report: "Report") -> None:
        """Select the first of what came: an authority, where there is one."""
        if report.certificates:
            self.reveal(report.certificates[0])

    def about(self) -> None:
        """What this program is."""
        from mtlsgui.gui.about import AboutDialog

        AboutDialog(self.desk, self.window).open()
