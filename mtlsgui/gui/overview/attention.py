"""The card that lists what needs attention."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.authorities.wording import STATUS_TONES, kind_text
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.overview.wording import attention_text, unlisted_text
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP, UNIT, Tone
from mtlsgui.gui.widgets.buttons import link_button, plain_button
from mtlsgui.gui.widgets.card import ButtonFlow, IconLabel
from mtlsgui.gui.widgets.labels import ElidedLabel, label, rule
from mtlsgui.gui.widgets.pill import Dot
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.overview import MOST_LISTED, URGENCY, Overview

_SIDE = 18


class AttentionRow(QWidget):
    """One certificate: its name, what is the matter with it, and the way to it."""

    chosen = Signal(int)
    """The certificate's id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = 0
        self.dot = Dot(theme, Tone.NEUTRAL)
        self.name = ElidedLabel()
        self.name.setFont(theme.font(strong=True))
        self.sentence = ElidedLabel()
        self.sentence.setProperty("role", "muted")
        self.kind = label(role="muted")
        self.button = plain_button(self.tr("Show"))
        self.button.clicked.connect(lambda _checked=False: self.chosen.emit(self._id))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 9, _SIDE, 9)
        row.setSpacing(GAP)
        row.addWidget(self.dot)
        row.addLayout(texts, 1)
        row.addWidget(self.kind)
        row.addWidget(self.button)
        self.line = rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addLayout(row)

    def show_certificate(self, shown: CertificateRow, now: datetime) -> None:
        """Show this one."""
        self._id = shown.id
        name, sentence = visible(shown.name), attention_text(shown, now)
        self.dot.set_tone(STATUS_TONES[shown.status])
        self.name.setText(name)
        self.sentence.setText(sentence)
        self.kind.setText(kind_text(shown.kind))
        self.button.setAccessibleName(self.tr("Show {}").format(name))
        self.button.setAccessibleDescription(sentence)


class AttentionCard(QFrame):
    """What needs attention, or that nothing does.

    The rows are there once and for all, so that the keyboard's place survives a refresh.
    """

    certificate_chosen = Signal(int)
    status_chosen = Signal(object)
    """The `Status` of which there are more than are listed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        column.setSpacing(0)
        self.rows = [AttentionRow(theme, self) for _ in range(MOST_LISTED)]
        for at, row in enumerate(self.rows):
            row.line.setHidden(at == 0)
            row.chosen.connect(self.certificate_chosen)
            column.addWidget(row)
        self.links: dict[object, QPushButton] = {}
        for status in URGENCY:
            link = link_button("")
            link.clicked.connect(lambda _checked=False, of=status: self.status_chosen.emit(of))
            self.links[status] = link
        self.more = QWidget(self)
        more = QVBoxLayout(self.more)
        more.setContentsMargins(1, 0, 1, 0)
        more.setSpacing(0)
        more.addWidget(rule())
        flow = ButtonFlow(*self.links.values())
        flow.setContentsMargins(_SIDE + GAP + 10, 10, _SIDE, 10)
        more.addWidget(flow)
        column.addWidget(self.more)
        self.calm = self._make_calm(theme)
        column.addWidget(self.calm)

    def _make_calm(self, theme: Theme) -> QWidget:
        calm = QWidget(self)
        row = QHBoxLayout(calm)
        row.setContentsMargins(_SIDE - 2, GAP, _SIDE, GAP)
        row.setSpacing(GAP)
        row.addWidget(IconLabel(theme, "check", "good_text"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(self.tr("Everything is in order"), "strong"))
        self.next = ElidedLabel()
        self.next.setProperty("role", "muted")
        texts.addWidget(self.next)
        row.addLayout(texts, 1)
        return calm

    def show_overview(self, shown: Overview) -> None:
        """Show this."""
        for row, certificate in zip(self.rows, shown.attention, strict=False):
            row.show_certificate(certificate, shown.now)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(shown.attention))
        unlisted = shown.unlisted
        for status, link in zip(URGENCY, self.links.values(), strict=True):
            number = unlisted.get(status, 0)
            link.setText(unlisted_text(status, number))
            link.setAccessibleName(link.text())
            link.setVisible(number > 0)
        self.more.setVisible(bool(unlisted))
        self.calm.setVisible(not shown.attention)
        self.next.setText(self._next_text(shown))
        self.next.setVisible(bool(self.next.text()))

    def _next_text(self, shown: Overview) -> str:
        if shown.next_to_end is None:
            return ""
        return self.tr("The next to expire is {}, {}.").format(
            visible(shown.next_to_end.name), words.relative(shown.next_to_end.not_after, shown.now)
        )
