"""Driving wizards by the keyboard, and requests made by somebody else."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtlsgui.gui.wizard.frame import WizardDialog
from mtlsgui.gui.wizards.making import MakingWizard
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import focused, press, wait_for_focus, write

__all__ = ["focused", "press", "wait_for_focus", "write"]

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def request_der(name: str = "shop.internal", *, ca: bool = False) -> bytes:
    """A request; with `ca` it asks to become an authority."""
    builder = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
    )
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
    made = builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def show(qtbot: QtBot, wizard: MakingWizard) -> None:
    """Bring the wizard up, with the keyboard in its first field."""
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it after
    qtbot.addWidget(wizard)
    with qtbot.waitExposed(wizard):
        wizard.open()
    qtbot.waitUntil(lambda: has_keyboard(wizard))


def has_keyboard(wizard: WizardDialog) -> bool:
    """Whether the keyboard is in the page being shown, or on the page as a whole."""
    focus, page = QApplication.focusWidget(), wizard.page
    if focus is None or not focus.isVisible():
        return False
    return page.isAncestorOf(focus) or focus.isAncestorOf(page)


def go_on(qtbot: QtBot, wizard: WizardDialog, step: str) -> None:
    """Press Alt+N, and wait for that step."""
    press(Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: wizard.flow.current.id == step)
    qtbot.waitUntil(lambda: has_keyboard(wizard))


def finish(qtbot: QtBot, wizard: WizardDialog) -> None:
    """Press Enter on the review page, and wait until it is done."""
    qtbot.waitUntil(wizard.next_button.isEnabled)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.is_done)


def everything(ws: Workspace) -> tuple[int, int, int, int]:
    """How many certificates, keys, requests and journal entries there are."""
    inventory = ws.inventory
    return (
        inventory.certificates.count(),
        inventory.keys.count(),
        inventory.requests.count(),
        inventory.journal.count(),
    )
