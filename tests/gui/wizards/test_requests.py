"""The wizards for requests: made for somebody else's authority, and signed for somebody else."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.formats.items import RequestItem
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizards import new_request, sign_request
from mtlsgui.inventory.records import RequestState
from mtlsgui.workspace.inspecting import inspect_files
from tests.gui.keeping.support import make_root
from tests.gui.wizards.support import finish, go_on, press, request_der, show, write


def test_a_request_is_made_by_the_keyboard_alone_and_saved(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget, tmp_path: Path
) -> None:
    wizard = new_request(desk, access, window)
    made: list[int] = []
    wizard.request_made.connect(made.append)
    show(qtbot, wizard)
    write("api.internal")
    go_on(qtbot, wizard, "key")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    row = desk.ws.inventory.requests.get(made[0])
    assert (row.name, row.state) == ("api.internal", RequestState.OPEN)
    assert row.key_id is not None

    file = tmp_path / "api.csr"
    wizard.save_to(made[0], file)
    (item,) = inspect_files([file]).items
    assert isinstance(item, RequestItem)
    assert item.facts.der == row.der
    wizard.save_to(made[0], tmp_path / "missing" / "api.csr")
    assert wizard.failure is not None


def test_a_request_is_signed_by_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    root = make_root(desk.ws)
    wizard = sign_request(desk, access, window, request_der(ca=True))
    issued: list[int] = []
    wizard.issued.connect(issued.append)
    show(qtbot, wizard)
    lines = {line.what: line for line in wizard.request_page.lines.lines}
    assert (lines["Authority"].asked, lines["Authority"].granted) == ("CA:TRUE", "CA:FALSE")
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not wizard.request_page.take.isChecked())
    assert [line.granted for line in wizard.request_page.lines.lines if line.what == "Name"] == [""]
    press(Qt.Key.Key_Return)
    assert wizard.request_page.names_row.problem == (
        "Give at least one name that others will connect to."
    )
    wizard.request_page.edit.setFocus()
    write("other.internal")
    go_on(qtbot, wizard, "validity")
    go_on(qtbot, wizard, "review")
    finish(qtbot, wizard)
    row = desk.ws.inventory.certificates.get(issued[0])
    assert (row.issuer_id, row.san, row.is_ca) == (root.id, ("dns:other.internal",), False)


def test_a_wrong_signature_stops_it(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    make_root(desk.ws)
    der = bytearray(request_der())
    der[-1] ^= 1
    wizard = sign_request(desk, access, window, bytes(der))
    show(qtbot, wizard)
    press(Qt.Key.Key_Return)
    assert wizard.flow.current.id == "request"


def test_without_an_authority_nothing_is_signed(
    qtbot: QtBot, desk: Desk, access: KeyAccess, window: QWidget
) -> None:
    wizard = sign_request(desk, access, window, request_der())
    show(qtbot, wizard)
    press(Qt.Key.Key_Return)
    assert wizard.request_page.issuer_row.problem == (
        "A request is signed by an authority: choose one."
    )
