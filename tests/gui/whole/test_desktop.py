"""The window as a person meets it: from nothing to a working pair, and every way through it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from mtlsgui.gui.authorities.page import AuthoritiesPage
from mtlsgui.gui.comparing.dialog import CompareDialog
from mtlsgui.gui.connections.page import ConnectionsPage
from mtlsgui.gui.connections.serving.page import ServingPage
from mtlsgui.gui.desktop import Desktop
from mtlsgui.gui.exporting.dialog import ExportDialog
from mtlsgui.gui.importing.dialog import ImportDialog
from mtlsgui.gui.tools.page import ToolsPage
from mtlsgui.gui.wizards.authority import AuthorityWizard
from mtlsgui.gui.wizards.certificate import CertificateWizard
from mtlsgui.gui.wizards.done import DonePage
from mtlsgui.gui.wizards.making import MakingWizard
from mtlsgui.gui.wizards.signing import SignRequestWizard
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import exporting
from mtlsgui.workspace.exporting import Form, Options
from mtlsgui.workspace.inspecting import inspect_files
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import LocalVaults, find_dialog, make_root, make_server
from tests.gui.wizards.support import finish, go_on, has_keyboard, press, request_der, write
from tests.tls.papers import world

PAGES = (
    "overview",
    "authorities",
    "requests",
    "connections",
    "tools",
    "journal",
    "preferences",
)
CTRL = Qt.KeyboardModifier.ControlModifier


def authorities_page(desktop: Desktop) -> AuthoritiesPage:
    page = desktop.window.show_page("authorities")
    assert isinstance(page, AuthoritiesPage)
    return page


def select(qtbot: QtBot, desktop: Desktop, row: CertificateRow) -> None:
    desktop.desk.changes.look()
    desktop.reveal(row.id)
    page = authorities_page(desktop)
    qtbot.waitUntil(lambda: page.selected_ids == [row.id])
    qtbot.waitUntil(desktop.registry["edit.delete"].isEnabled)


def begun(qtbot: QtBot, kind: type[MakingWizard]) -> MakingWizard:
    """The wizard that has come up, the keyboard in its first field."""
    wizard = find_dialog(qtbot, kind)
    qtbot.waitUntil(lambda: has_keyboard(wizard))
    return wizard


def test_from_nothing_to_a_pair_by_the_keyboard_alone(qtbot: QtBot, desktop: Desktop) -> None:
    press(Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wizard = begun(qtbot, AuthorityWizard)
    write("Example Root CA")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "limits")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    press(Qt.Key.Key_Return)  # "New server certificate…" is the likely next thing

    wizard = begun(qtbot, CertificateWizard)
    write("localhost 127.0.0.1")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)

    inventory = desktop.desk.ws.inventory
    root, server = inventory.certificates.get(1), inventory.certificates.get(2)
    assert (root.name, server.name, server.issuer_id) == ("Example Root CA", "localhost", root.id)
    page = authorities_page(desktop)
    qtbot.waitUntil(lambda: page.selected_ids == [server.id])
    assert inventory.journal.verify().verified


@pytest.mark.parametrize("filled", [False, True])
def test_every_page_opens(qtbot: QtBot, desktop: Desktop, *, filled: bool) -> None:
    if filled:
        make_server(desktop.desk.ws, make_root(desktop.desk.ws), "localhost")
    for page in PAGES:
        desktop.registry.trigger(f"view.{page}" if page != "preferences" else "app.preferences")
        assert desktop.window.current_page == page
        qtbot.waitUntil(lambda: desktop.desk.jobs.running == 0)
        assert desktop.window.banners == []


def test_what_needs_a_selection_waits_for_one(qtbot: QtBot, desktop: Desktop) -> None:
    selected = ("certificate.export", "certificate.copy_pem", "edit.rename", "edit.delete")
    page = authorities_page(desktop)
    assert not any(desktop.registry[each].isEnabled() for each in selected)
    root = make_root(desktop.desk.ws)
    server = make_server(desktop.desk.ws, root, "localhost")
    desktop.reveal(server.id)
    qtbot.waitUntil(lambda: page.selected_ids == [server.id])
    qtbot.waitUntil(lambda: all(desktop.registry[each].isEnabled() for each in selected))
    assert not desktop.registry["authority.issue"].isEnabled()
    desktop.reveal(root.id)
    qtbot.waitUntil(desktop.registry["authority.issue"].isEnabled)


def test_each_dialog_comes_up_and_goes(qtbot: QtBot, desktop: Desktop) -> None:
    root = make_root(desktop.desk.ws)
    desktop.reveal(root.id)
    qtbot.waitUntil(desktop.registry["edit.rename"].isEnabled)
    for action in (
        "authority.new",
        "authority.intermediate",
        "authority.intermediate_below",
        "authority.issue",
        "authority.addresses",
        "certificate.server",
        "certificate.client",
        "certificate.peer",
        "certificate.workload",
        "certificate.export",
        "request.new",
        "edit.rename",
        "edit.notes",
        "edit.tags",
        "edit.delete",
        "workspace.back_up",
        "workspace.restore",
        "vault.move",
        "help.about",
    ):
        assert desktop.registry.trigger(action), action
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        qtbot.waitExposed(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert desktop.desk.ws.inventory.certificates.count() == 1


def test_files_are_looked_into_then_imported(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with Workspace.open(elsewhere, LocalVaults()) as other:
        server = make_server(other, make_root(other), "localhost")
        files = exporting.render(other, [server.id], Form.FOLDER, Options(plain_key=True))
        paths = exporting.write(other, [server.id], files, tmp_path, overwrite=False)
    desktop.open_files(paths)
    page = desktop.window.page("tools")
    assert isinstance(page, ToolsPage)
    qtbot.waitUntil(lambda: page.dropped.contents is not None)
    assert desktop.desk.ws.inventory.certificates.count() == 0
    page.import_requested.emit(page.dropped.contents.inspection if page.dropped.contents else None)
    dialog = find_dialog(qtbot, ImportDialog)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: desktop.desk.ws.inventory.certificates.count() == 2)
    qtbot.waitUntil(lambda: desktop.desk.jobs.running == 0)
    dialog.close()
    row = desktop.desk.ws.inventory.certificates.find("localhost")
    assert row.key_id is not None
    assert row.issuer_id is not None


def test_a_pasted_request_is_signed(qtbot: QtBot, desktop: Desktop) -> None:
    make_root(desktop.desk.ws)
    desktop.sign_request(request_der())
    wizard = find_dialog(qtbot, SignRequestWizard)
    wizard.reject()
    desktop.sign_request(b"not a request")
    (banner,) = desktop.window.banners
    assert banner.sentence.text() == "This request cannot be signed."


@pytest.mark.parametrize(
    "address", ["https://api.test/health", "db.lab.test:5432", "[::1]:8443", "api.lab.test"]
)
def test_a_pasted_address_is_for_the_connection_test(
    qtbot: QtBot, desktop: Desktop, address: str
) -> None:
    QApplication.clipboard().setText(f" {address}\n")
    assert desktop.window.paste()
    assert desktop.window.current_page == "connections"
    page = desktop.window.page("connections")
    assert isinstance(page, ConnectionsPage)
    assert page.testing.question.address.text() == address


def test_pasted_pem_is_shown(qtbot: QtBot, desktop: Desktop) -> None:
    root = make_root(desktop.desk.ws)
    desktop.reveal(root.id)
    desktop.copy_pem([root.id])
    assert desktop.window.paste()
    page = desktop.window.page("tools")
    assert isinstance(page, ToolsPage)
    qtbot.waitUntil(lambda: page.dropped.contents is not None)
    assert page.dropped.contents is not None
    assert len(page.dropped.contents.entries) == 1
    desktop.desk.clipboard.setMimeData(QMimeData())


def test_what_another_process_makes_appears(
    qtbot: QtBot, desktop: Desktop, vaults: LocalVaults
) -> None:
    page = authorities_page(desktop)
    with Workspace.open(desktop.desk.ws.layout.directory, vaults) as other:
        make_root(other, "Made elsewhere")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_a_connection_is_tested_with_the_certificate_selected(
    qtbot: QtBot, desktop: Desktop
) -> None:
    server = make_server(desktop.desk.ws, make_root(desktop.desk.ws), "localhost")
    desktop.test_connection(server)
    page = desktop.window.page("connections")
    assert isinstance(page, ConnectionsPage)
    assert page.testing.question.test.address.startswith("localhost")


def test_a_servers_certificate_is_looked_at(qtbot: QtBot, desktop: Desktop) -> None:
    """Where the workspace has it, in the tree; else as a file would be."""
    root = make_root(desktop.desk.ws)
    desktop.desk.changes.look()
    desktop.test_connection(None)
    connections = desktop.window.page("connections")
    assert isinstance(connections, ConnectionsPage)
    opened = connections.testing.findings.certificate_opened
    opened.emit(desktop.desk.ws.inventory.certificates.der(root.id))
    assert desktop.window.current_page == "authorities"
    qtbot.waitUntil(lambda: authorities_page(desktop).selected_ids == [root.id])
    opened.emit(world().root.facts.der)
    assert desktop.window.current_page == "tools"
    tools = desktop.window.page("tools")
    assert isinstance(tools, ToolsPage)
    qtbot.waitUntil(lambda: tools.dropped.contents is not None)
    assert tools.dropped.contents is not None
    (entry,) = tools.dropped.contents.entries
    assert entry.title == "Test Root"


def test_enter_begins_in_an_empty_workspace(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.show()
    press(Qt.Key.Key_Return)
    begun(qtbot, AuthorityWizard).reject()


def test_another_certificate_takes_the_verdict_away(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.test_connection(None)
    page = desktop.window.page("connections")
    assert isinstance(page, ConnectionsPage)
    page.testing.question.address.setText("localhost:1")
    page.testing.start()
    qtbot.waitUntil(lambda: page.testing.result is not None)
    server = make_server(desktop.desk.ws, make_root(desktop.desk.ws), "localhost")
    desktop.test_connection(server)
    assert page.testing.result is None
    assert page.testing.banner is None


def test_a_certificate_is_issued_by_the_authority_that_is_selected(
    qtbot: QtBot, desktop: Desktop
) -> None:
    selected = make_root(desktop.desk.ws, "Selected")
    leaf = make_server(desktop.desk.ws, selected, "leaf.example")
    make_server(desktop.desk.ws, make_root(desktop.desk.ws, "Last used"), "other.example")
    for row in (selected, leaf):
        select(qtbot, desktop, row)
        desktop.registry.trigger("certificate.client")
        wizard = begun(qtbot, CertificateWizard)
        assert isinstance(wizard, CertificateWizard)
        assert wizard.plan.draft.issuer_id == selected.id
        wizard.reject()


def test_what_another_page_shows_is_not_deleted(qtbot: QtBot, desktop: Desktop) -> None:
    select(qtbot, desktop, make_root(desktop.desk.ws))
    assert desktop.registry["edit.delete"].isEnabled()
    desktop.window.show_page("connections")
    assert not desktop.registry["edit.delete"].isEnabled()
    desktop.window.show_page("authorities")
    assert desktop.registry["edit.delete"].isEnabled()


def test_a_client_certificate_follows_the_servers(qtbot: QtBot, desktop: Desktop) -> None:
    root = make_root(desktop.desk.ws)
    desktop.new_certificate("server")
    wizard = begun(qtbot, CertificateWizard)
    write("localhost")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    (done,) = wizard.findChildren(DonePage)
    steps = done.buttons
    assert [step.accessibleName() for step in steps][-1] == "New client certificate…"
    steps[-1].click()
    qtbot.waitUntil(lambda: not wizard.isVisible())
    client = begun(qtbot, CertificateWizard)
    assert isinstance(client, CertificateWizard)
    assert (client.plan.draft.profile.id, client.plan.draft.issuer_id) == ("client", root.id)
    client.reject()


def test_exporting_after_issuing_stands_above_the_wizard(qtbot: QtBot, desktop: Desktop) -> None:
    make_root(desktop.desk.ws)
    desktop.new_certificate("server")
    wizard = begun(qtbot, CertificateWizard)
    write("localhost")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    press(Qt.Key.Key_Return)  # "Save to folder…"
    dialog = find_dialog(qtbot, ExportDialog)
    assert dialog.options_page.form is Form.FOLDER
    dialog.reject()
    wizard.close()


def test_what_was_imported_is_selected(qtbot: QtBot, desktop: Desktop, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "elsewhere", LocalVaults()) as other:
        root = make_root(other, "Theirs")
        files = exporting.render(other, [root.id], Form.PEM)
        paths = exporting.write(other, [root.id], files, tmp_path, overwrite=False)
    make_root(desktop.desk.ws, "Ours")
    desktop.import_found(inspect_files(paths))
    dialog = find_dialog(qtbot, ImportDialog)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    dialog.import_button.click()
    page = authorities_page(desktop)
    theirs = desktop.desk.ws.inventory.certificates
    qtbot.waitUntil(lambda: theirs.count() == 2)
    qtbot.waitUntil(lambda: page.selected_ids == [theirs.find("Theirs").id])
    dialog.close()


def test_two_certificates_selected_are_compared(qtbot: QtBot, desktop: Desktop) -> None:
    first, second = (make_root(desktop.desk.ws, name) for name in ("Old Root", "New Root"))
    desktop.desk.changes.look()
    desktop.reveal(first.id)
    assert not desktop.registry["certificate.compare"].isEnabled()
    page = authorities_page(desktop)
    page.tree.selectAll()
    qtbot.waitUntil(lambda: sorted(page.selected_ids) == [first.id, second.id])
    qtbot.waitUntil(desktop.registry["certificate.compare"].isEnabled)
    desktop.registry.trigger("certificate.compare")
    dialog = find_dialog(qtbot, CompareDialog)
    qtbot.waitUntil(lambda: dialog.page.comparison is not None)
    assert "Different keys" in dialog.page.sentence.text()
    assert "New Root" in dialog.page.text.toPlainText()
    dialog.reject()


def test_a_test_server_without_a_certificate_leads_to_the_wizard(
    qtbot: QtBot, desktop: Desktop
) -> None:
    make_root(desktop.desk.ws)
    desktop.show()
    page = desktop.window.show_page("connections")
    assert isinstance(page, ConnectionsPage)
    page.show_tab("serving")
    serving = page.page("serving")
    assert isinstance(serving, ServingPage)
    (button,) = serving.lacking.buttons
    qtbot.waitUntil(button.isVisible)
    button.click()
    wizard = begun(qtbot, CertificateWizard)
    assert isinstance(wizard, CertificateWizard)
    assert "localhost" in wizard.plan.draft.names_text
    wizard.reject()
