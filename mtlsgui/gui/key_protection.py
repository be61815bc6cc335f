"""A private key on its way out: under a passphrase, or in the clear after a plain question."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.buttons import danger_button


class ProtectionChoice(QWidget):
    """Encrypted, which is chosen at first, or not."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.encrypted_radio = QRadioButton(self.tr("&Encrypt the private key with a passphrase"))
        self.plain_radio = QRadioButton(self.tr("Write the private key &unencrypted"))
        self.encrypted_radio.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for radio in (self.encrypted_radio, self.plain_radio):
            column.addWidget(radio)
        self.plain_radio.toggled.connect(lambda _on: self.changed.emit())

    @property
    def is_plain(self) -> bool:
        """Whether the key shall be written in the clear."""
        return self.plain_radio.isChecked()


class PlainKeyQuestion(PanelDialog):
    """Asks once, in plain words, before a private key is written or copied in the clear.

    name: whose key it is; "" where that is not known. copies: to the clipboard, not into a file.
    """

    def __init__(
        self, desk: Desk, name: str = "", *, copies: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, "", width=440, parent=parent)
        if copies:
            self.set_heading(
                self.tr("Copy the private key unencrypted?"),
                self.tr(
                    "Every program on this computer can read the clipboard, and some keep what "
                    "was in it."
                ),
            )
            self.yes_button = danger_button(self.tr("&Copy it unencrypted"))
        else:
            self.set_heading(
                self.tr("Write the private key unencrypted?"),
                self.tr(
                    "Whoever reads the file, or a backup of it, can pose as {}. "
                    "The file will be readable by your user account only."
                ).format(name or self.tr("its owner")),
            )
            self.yes_button = danger_button(self.tr("&Write it unencrypted"))
        self.yes_button.clicked.connect(self.accept)
        self.cancel_button.setDefault(True)
        self.add_button(self.yes_button)

    def first_field(self) -> QWidget:
        return self.cancel_button
