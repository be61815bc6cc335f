"""What a wizard shows when it has made something: that it has, and what to do with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.card import Banner, ButtonFlow
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.pki.describe.words import colons


class DonePage(QWidget):
    """A sentence that it is done, the facts, and buttons, the likely one first."""

    def __init__(
        self,
        desk: Desk,
        sentence: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=112)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addWidget(Banner(desk.theme, Tone.GOOD, sentence, text))
        column.addWidget(self.fields)
        self.buttons = []
        for at, (caption, act) in enumerate(actions):
            button = (plain_button if at else primary_button)(caption)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self.buttons.append(button)
        column.addWidget(ButtonFlow(*self.buttons))
        column.addStretch()

    def show_certificate(self, desk: Desk, certificate_id: int) -> None:
        """List what tells the certificate from others."""
        row = desk.ws.inventory.certificates.get(certificate_id)
        fingerprint = colons(row.fingerprint)
        self.fields.add(self.tr("Name"), row.name, strong=True)
        self.fields.add(self.tr("Valid until"), words.date_and_time(row.not_after))
        self.fields.add(self.tr("Serial"), colons(row.serial), monospace=True)
        self.fields.add(self.tr("SHA-256"), fingerprint, copy=fingerprint, monospace=True)
