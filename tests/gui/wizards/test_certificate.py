"""The wizard for certificates: names typed and pasted, keys, requests, by the keyboard alone."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.drop import Offered
from mtlsgui.gui.vault_access import KeyAccess, UnlockDialog
from mtlsgui.gui.wizards import new_certificate
from mtlsgui.gui.wizards.plans import KeySource
from mtlsgui.gui.wizards.save_profile import SaveProfileDialog
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import authorities
from mtlsgui.workspace.drafts import AuthorityDraft
from tests.gui.keeping.support import PASSPHRASE, find_dialog, make_root, make_server
from tests.gui.wizards.support import (
    ALT,
    CTRL,
    everything,
    finish,
    focused,
    go_on,
    press,
    request_der,
    show,
    write,
)

MESSY = (
    "api.internal,\tbücher.internal;;\r\n  10.0.12.7 \n api..internal *.shop.internal api.internal"
)


def test_a_certificate_is_issued_by_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    root = make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    issued: list[int] = []
    wizard.issued.connect(issued.append)
    show(qtbot, wizard)
    write("api.internal 10.0.12.7")
    press(Qt.Key.Key_Return, CTRL)
    assert wizard.flow.current.id == "key"
    go_on(qtbot, wizard, "review")
    assert wizard.review_page.commands.toPlainText().startswith("openssl genpkey")
    finish(qtbot, wizard)

    (made,) = issued
    row = desk.ws.inventory.certificates.get(made)
    assert (row.name, row.issuer_id, row.kind) == ("api.internal", root.id, "server")
    assert row.san == ("dns:api.internal", "ip:10.0.12.7")
    with qtbot.waitSignal(wizard.save_requested) as saved:
        press(Qt.Key.Key_Return)
    assert saved.args == [made]
    with qtbot.waitSignal(wizard.accepted):
        press(Qt.Key.Key_Escape)


def test_pasted_names_become_chips_that_can_be_taken_away(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    page = wizard.names_page
    QGuiApplication.clipboard().setText(MESSY)
    press(Qt.Key.Key_V, CTRL)
    assert [line.shown for line in page.chips.lines] == [
        "DNS api.internal",
        "DNS bücher.internal → xn--bcher-kva.internal",
        "IP 10.0.12.7",
        "api..internal",
        "DNS *.shop.internal",
    ]
    red = page.chips.chip(3)
    assert red.accessibleName() == "api..internal — There is an empty part between two dots."
    assert page.names_row.problem == (
        "*.shop.internal: Stands for one label only: a.shop.internal, not a.b.shop.internal."
    )
    press(Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: page.names_row.problem == "Mend or remove what is shown in red.")
    assert wizard.flow.current.id == "names"
    # Tab leads from the text to the chips: the fourth of them is the red one.
    for _ in range(4):
        press(Qt.Key.Key_Tab)
    assert focused() is red.close_button
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "api..internal" not in page.edit.toPlainText())
    go_on(qtbot, wizard, "key")


def test_the_common_name_follows_the_first_name_unless_changed(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    page = wizard.names_page
    write("api.internal")
    assert page.common_name.placeholderText() == "api.internal"
    page.common_name.setFocus()
    write("Payments")
    page.edit.setPlainText("other.internal")
    assert page.common_name.text() == "Payments"
    assert wizard.plan.preview().subject == "CN=Payments"
    page.common_name.setFocus()
    page.common_name.selectAll()
    press(Qt.Key.Key_Delete)
    assert wizard.plan.preview().subject == "CN=other.internal"
    write("x" * 65)
    press(Qt.Key.Key_Return)
    assert "at most 64" in page.form.rows["subject"].problem


def test_entries_stay_when_one_goes_back_and_forward(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window, "client")
    show(qtbot, wizard)
    write("alice@example.org")
    page = wizard.names_page
    page.more.set_open(True)
    page.subject.edits["organization"].setFocus()
    write("Example Ltd")
    go_on(qtbot, wizard, "key")
    validity = wizard.key_page.validity
    assert validity is not None
    validity.field.number.setValue(30)
    go_on(qtbot, wizard, "review")
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: wizard.flow.current.id == "key")
    assert validity.field.number.value() == 30
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: wizard.flow.current.id == "names")
    assert page.edit.toPlainText() == "alice@example.org"
    assert page.subject.edits["organization"].text() == "Example Ltd"
    assert "O=Example Ltd" in wizard.plan.preview().subject


def test_another_kind_changes_title_and_defaults_and_keeps_the_names(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("spiffe://example.org/api")
    assert wizard.windowTitle() == "New server certificate"
    press(Qt.Key.Key_K, ALT)
    page = wizard.names_page
    qtbot.waitUntil(page.profile.hasFocus)
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert wizard.windowTitle() == "New SPIFFE certificate"
    assert page.names_row.label.text() == "&SPIFFE ID"
    assert page.edit.toPlainText() == "spiffe://example.org/api"
    go_on(qtbot, wizard, "key")
    assert wizard.key_page.validity is not None
    assert wizard.key_page.validity.field.number.value() == 7


def test_never_past_the_end_of_the_issuer(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    authorities.create(desk.ws, AuthorityDraft(subject=Subject(common_name="Short"), days=30))
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("api.internal")
    go_on(qtbot, wizard, "key")
    assert wizard.key_page.validity is not None
    assert wizard.key_page.validity.problem.startswith("Cut to the end of Short")
    go_on(qtbot, wizard, "review")
    titles = [banner.sentence.text() for banner in wizard.review_page.banners]
    assert "Cut to the end of its issuer" in titles


def test_without_an_authority_one_can_be_made_first(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    row = wizard.names_page.issuer_row
    assert row is not None
    assert row.problem.endswith("For testing only.")
    with qtbot.waitSignals([wizard.rejected, wizard.authority_wanted]):
        wizard.names_page.authority_wanted.emit()


def test_a_self_signed_one_is_made_after_the_warning(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("localhost")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    (banner,) = wizard.review_page.banners
    assert banner.sentence.text() == "Self-signed: for testing"
    finish(qtbot, wizard)
    row = desk.ws.inventory.certificates.get(1)
    assert row.self_signed


def test_a_held_key_is_chosen_from_the_list(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    root = make_root(desk.ws)
    for name in ("first.internal", "second.internal"):
        make_server(desk.ws, root, name)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("third.internal")
    go_on(qtbot, wizard, "key")
    press(Qt.Key.Key_U, ALT)
    keys = wizard.key_page.keys
    qtbot.waitUntil(lambda: keys.list.count() == 2)
    assert wizard.plan.key_source is KeySource.HELD
    assert keys.list.item(0).text() == "second.internal"
    keys.search.setFocus()
    write("first")
    qtbot.waitUntil(lambda: keys.list.count() == 1)
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    third, first = (desk.ws.inventory.certificates.get(made) for made in (4, 2))
    assert third.spki_sha256 == first.spki_sha256
    assert desk.ws.inventory.keys.count() == 3


def test_a_request_can_be_dropped_on_it(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, tmp_path: Path
) -> None:
    make_root(desk.ws)
    file = tmp_path / "shop.csr"
    file.write_bytes(request_der(ca=True))
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, keys)
    QApplication.sendEvent(wizard, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(wizard, QDropEvent(QPointF(50, 50), copy, mime, left, keys))
    qtbot.waitUntil(lambda: wizard.plan.request_source == "shop.csr")
    assert [name.value for name in wizard.plan.draft.names(wizard.plan.issuer)] == ["shop.internal"]
    go_on(qtbot, wizard, "key")
    assert wizard.key_page.asked.isChecked()
    go_on(qtbot, wizard, "review")
    assert wizard.review_page.banners[0].sentence.text() == "Not granted"
    finish(qtbot, wizard)
    row = desk.ws.inventory.certificates.get(2)
    assert (row.name, row.key_id, row.is_ca) == ("shop.internal", None, False)


def test_a_file_without_a_request_is_said_in_place(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, tmp_path: Path
) -> None:
    make_root(desk.ws)
    file = tmp_path / "notes.txt"
    file.write_text("nothing of interest")
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    wizard.take_request_from(Offered(files=(file,)))
    qtbot.waitUntil(lambda: wizard.failure is not None)
    assert wizard.failure is not None
    assert wizard.failure.sentence.text() == "There is no certificate request in this."
    assert wizard.plan.key_source is KeySource.NEW


def test_escape_leaves_no_trace(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    before = everything(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("api.internal")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert everything(desk.ws) == before


def test_a_locked_vault_asks_for_its_passphrase_and_then_goes_on(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    desk.ws.custody.set_up("file", PASSPHRASE)
    make_root(desk.ws)
    desk.ws.custody.lock()
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    write("api.internal")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    press(Qt.Key.Key_Return)
    dialog = find_dialog(qtbot, UnlockDialog)
    assert not wizard.next_button.isEnabled()
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
    qtbot.waitUntil(wizard.next_button.isEnabled)
    assert wizard.flow.current.id == "review"
    assert desk.ws.inventory.certificates.count() == 1

    wizard.next_button.click()
    qtbot.waitUntil(lambda: find_dialog(qtbot, UnlockDialog) is not dialog)
    dialog = find_dialog(qtbot, UnlockDialog)
    qtbot.waitUntil(dialog.row.edit.hasFocus)
    write(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.is_done)


def test_what_was_entered_can_be_kept_as_a_profile(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    assert not wizard.profile_button.isVisible()
    write("api.internal")
    go_on(qtbot, wizard, "key")
    assert wizard.key_page.validity is not None
    wizard.key_page.validity.field.number.setValue(14)
    go_on(qtbot, wizard, "review")
    press(Qt.Key.Key_P, ALT)
    dialog = find_dialog(qtbot, SaveProfileDialog)
    qtbot.waitUntil(dialog.name.hasFocus)
    press(Qt.Key.Key_Return)
    assert dialog.row.problem == "Give the profile a name."
    write("Two weeks")
    with qtbot.waitSignal(dialog.accepted):
        press(Qt.Key.Key_Return)
    assert desk.ws.profiles.get("two-weeks").days == 14


def test_many_names_are_counted_and_the_wrong_ones_still_shown(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_certificate(desk, access, window)
    show(qtbot, wizard)
    names = [f"n{number}.internal" for number in range(150)]
    wizard.names_page.edit.setPlainText("\n".join([*names, "a..b"]))
    chips = wizard.names_page.chips
    assert len(chips.lines) == 151
    assert chips.chip(150).isVisible()
