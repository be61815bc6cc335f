"""The wizard for authorities, by the keyboard alone, to a real authority."""

from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.gui.wizards import new_authority
from mtlsgui.gui.wizards.plans import Side
from mtlsgui.pki.keys import KeyAlgorithm
from tests.gui.keeping.support import LocalVaults, make_root
from tests.gui.wizards.support import everything, finish, focused, go_on, press, show, write
from tests.vault.backends import MemoryKeyring


class LockableKeyring(MemoryKeyring):
    """Refuses to write while it is locked."""

    locked = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("The collection is locked.")
        super().set_password(service, username, password)


def test_a_root_is_made_by_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    wizard = new_authority(desk, access, window)
    issued: list[int] = []
    wizard.issued.connect(issued.append)
    show(qtbot, wizard)

    press(Qt.Key.Key_Return)
    assert wizard.name_page.form.rows["common_name"].problem == "Give the authority a name."
    write("Example Root")
    press(Qt.Key.Key_Tab)
    write("Example Ltd")
    press(Qt.Key.Key_Return)
    assert wizard.flow.current.id == "key"
    qtbot.waitUntil(lambda: wizard.focusWidget() is wizard.key_page.validity.number)
    go_on(qtbot, wizard, "limits")
    go_on(qtbot, wizard, "review")
    said = [part.accessibleName() for part in wizard.review_page.fields.findChildren(ValueText)]
    assert "Subject: CN=Example Root,O=Example Ltd" in said
    assert wizard.review_page.commands.toPlainText().startswith("openssl genpkey")
    finish(qtbot, wizard)

    (made,) = issued
    row = desk.ws.inventory.certificates.get(made)
    assert row.subject == "CN=Example Root,O=Example Ltd"
    assert row.key_label == "ECDSA P-384"
    assert wizard.windowTitle() == "Example Root"
    with qtbot.waitSignal(wizard.certificate_requested) as asked:
        press(Qt.Key.Key_Return)  # what comes first after an authority
    assert asked.args == [made]


def test_entries_stay_when_one_goes_back(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    wizard = new_authority(desk, access, window)
    show(qtbot, wizard)
    write("Example Root")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.focusWidget() is wizard.key_page.validity.number)
    QTest.keyClick(wizard.key_page.validity.number, Qt.Key.Key_Up)
    wizard.key_page.choice.buttons[KeyAlgorithm.RSA4096].click()
    years = wizard.key_page.validity.number.value()
    wizard.back_button.click()
    assert wizard.name_page.name.text() == "Example Root"
    wizard.next_button.click()
    assert wizard.key_page.validity.number.value() == years > 10
    assert wizard.key_page.choice.chosen_button.text() == "RSA 4096"
    assert wizard.key_page.choice.more.is_open


def test_the_keyring_is_named_where_the_key_will_be(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    wizard = new_authority(desk, access, window)
    show(qtbot, wizard)
    write("Another")
    press(Qt.Key.Key_Return)
    assert (
        wizard.key_page.place.text() == f"The private key will be held in {desk.ws.custody.label}."
    )


def test_an_intermediate_takes_its_parent_and_title(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    root = make_root(desk.ws)
    wizard = new_authority(desk, access, window, root.id)
    show(qtbot, wizard)
    assert wizard.windowTitle() == "New intermediate authority"
    assert wizard.name_page.parent_choice.currentText() == root.name
    write("Issuing")
    press(Qt.Key.Key_Return)
    assert wizard.key_page.validity.number.value() == 5
    go_on(qtbot, wizard, "limits")
    assert wizard.limits_page.limited.isChecked()
    wizard.limits_page.edits[Side.PERMITTED].setFocus()
    write("internal a..b")
    assert wizard.limits_page.form.rows["permitted"].problem == ""
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    permitted = wizard.limits_page.form.rows["permitted"]
    qtbot.waitUntil(lambda: permitted.problem == "Mend or remove what is shown in red.")
    chip = wizard.limits_page.chips[Side.PERMITTED].chip(1)
    chip.close_button.click()
    assert permitted.problem == ""
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    (made,) = desk.ws.inventory.certificates.children(root.id)
    assert made.name == "Issuing"


def test_escape_leaves_no_trace(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    before = everything(desk.ws)
    wizard = new_authority(desk, access, window)
    show(qtbot, wizard)
    write("Example Root")
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert everything(desk.ws) == before
    assert desk.ws.custody.kind is None


def test_a_vault_that_fails_is_said_in_place(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, vaults: LocalVaults
) -> None:
    vaults.backend = keyring = LockableKeyring()
    make_root(desk.ws)
    before = everything(desk.ws)
    wizard = new_authority(desk, access, window)
    show(qtbot, wizard)
    write("Another")
    for step in ("key", "limits", "review"):
        wizard.next_button.click()
        assert wizard.flow.current.id == step

    keyring.locked = True
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.failure is not None)
    assert not wizard.is_done
    assert wizard.next_button.isEnabled()
    assert everything(desk.ws)[:3] == before[:3]

    keyring.locked = False
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.is_done)
    assert wizard.failure is None
