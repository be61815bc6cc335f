"""The quiet list under a certificate's name: what it is for, its key, its digests."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.flow import Chip, ChipFlow, ChipText
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.gui.words import core
from mtlsgui.pki.describe import Card
from mtlsgui.workspace.viewing import CertificateView

translate = QCoreApplication.translate

MOST_CHIPS = 12
"""More names than this are folded away behind a link."""
_LONGEST_CHIP = 44
"""Characters; a longer name (a URI) is shown as text that wraps."""


class NamesValue(QWidget):
    """Alternative names as chips; many are folded, long ones stand as lines of text."""

    def __init__(self, theme: Theme, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(visible(name) for name in names)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.chips = ChipFlow(theme)
        self.lines = ValueText()
        self.more = link_button(translate("Inspector", "Show all {}").format(f"{len(names):,}"))
        self.more.clicked.connect(lambda _checked=False: self.show_all())
        few = self._names[:MOST_CHIPS]
        if any(len(name) > _LONGEST_CHIP for name in few):
            self.lines.setText("\n".join(few))
            self._column.addWidget(self.lines)
        else:
            self.chips.set_chips(ChipText(name, tooltip=name) for name in few)
            for chip in self.chips.findChildren(Chip):
                chip.label.setMinimumWidth(1)  # cut in a narrow place, not beyond its edge
            self._column.addWidget(self.chips)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.setVisible(len(names) > MOST_CHIPS)

    @property
    def texts(self) -> list[str]:
        """The names shown now."""
        return self.lines.text().split("\n") if self.lines.text() else self.chips.texts()

    def show_all(self) -> None:
        """Show every name, as text."""
        self.more.hide()
        self.chips.hide()
        self.lines.setText("\n".join(self._names))
        if self._column.indexOf(self.lines) < 0:
            self._column.addWidget(self.lines)
        self.lines.show()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)


class PillValue(QWidget):
    """A text with a state right behind it; the text wraps in a narrow place."""

    def __init__(self, text: str, pill: Pill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.pill = ValueText(text), pill
        self.text.setMaximumWidth(self.text.sizeHint().width() + 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.text, 1000)  # the text first, up to its own width
        row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.setAccessibleName(f"{text}, {pill.text}")


def add_card_fields(fields: FieldList, theme: Theme, view: CertificateView, key: str) -> None:
    """Fill the list with what a person wants to know of a certificate first.

    key: the key and where it is held, in words.
    """
    add_purposes(fields, theme, view, key)
    add_digests(fields, view.card)


def add_purposes(fields: FieldList, theme: Theme, view: CertificateView, key: str) -> None:
    """Its names, what it is good for, its key, and what a CA may not do."""
    card = view.card
    if card.names and card.names != (card.name,):
        fields.add_widget(translate("Inspector", "Names"), NamesValue(theme, card.names))
    if card.good_for:
        fields.add(translate("Inspector", "Good for"), "\n".join(map(core, card.good_for)))
    fields.add(translate("Inspector", "Key"), key)
    if view.limits:
        fields.add(translate("Inspector", "Limits"), visible("\n".join(view.limits)))


def add_digests(fields: FieldList, card: Card) -> None:
    """Its serial number and fingerprint."""
    if card.serial:
        add_digest(fields, translate("Inspector", "Serial"), card.serial_short, card.serial)
    add_digest(fields, translate("Inspector", "SHA-256"), card.sha256_short, card.sha256)


def add_digest(fields: FieldList, name: str, shown: str, whole: str) -> None:
    """Often shortened, with a link right behind it that copies the whole."""
    value = fields.add(name, shown, copy=whole, monospace=True)
    value.setMaximumWidth(value.sizeHint().width() + 4)
    box = value.parentWidget()
    row = box.layout() if box is not None else None
    if isinstance(row, QBoxLayout):
        row.setStretch(0, 1000)  # the value first, up to its own width
        row.addStretch(1)
