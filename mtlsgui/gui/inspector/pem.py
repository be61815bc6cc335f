"""The certificate as PEM, to read and to copy."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button
from mtlsgui.gui.widgets.card import ButtonFlow


class PemPage(QWidget):
    """Read-only text; Copy takes it, the other button the certificate's chain too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pem = self._chain = ""
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAcceptDrops(False)  # files dropped here are for the window
        self.text.setFont(desk.theme.monospace())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(self.tr("PEM"))
        self.copy_button = CopyButton(
            lambda: self._pem, desk.clipboard, what=self.tr("the PEM"), link=False
        )
        self.chain_button = plain_button(self.tr("Copy with chain"))
        self.chain_button.setToolTip(
            self.tr("The certificate and the intermediates above it, as a server sends them.")
        )
        self.chain_button.clicked.connect(
            lambda _checked=False: desk.clipboard.setText(self._chain)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        column.setSpacing(GAP)
        column.addWidget(ButtonFlow(self.copy_button, self.chain_button))
        column.addWidget(self.text, 1)

    def show_pem(self, pem: str, chain: str = "") -> None:
        """Show this; `chain` is what the other button copies, which only certificates have."""
        self._chain = chain
        self.chain_button.setVisible(bool(chain))
        self.chain_button.setEnabled(chain != pem)
        if pem != self._pem:
            self._pem = pem
            self.text.setPlainText(pem)
