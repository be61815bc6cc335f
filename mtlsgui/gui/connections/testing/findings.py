"""What is wrong, and how to mend it: one card a problem, and what is right after them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button
from mtlsgui.gui.widgets.card import ButtonFlow, Card
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import rule, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.tls.result import ProbeResult, Problem, Side
from mtlsgui.workspace.connecting import report

_CHOOSE_CODES = "client_certificate_"


class Offered(Protocol):
    """Something that can be done about a problem; label: what its button says."""

    @property
    def problem(self) -> Problem: ...
    @property
    def label(self) -> str: ...


class Findings(QWidget):
    """The right side of the page."""

    choose_identity = Signal()
    """Another certificate shall be chosen."""
    choose_trust = Signal()

    remedy_chosen = Signal(object)
    """One of the offers."""
    certificate_opened = Signal(bytes)
    """The DER of a certificate that shall be looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._clipboard = desk.theme, desk.clipboard
        self._result: ProbeResult | None = None
        self._offers: tuple[Offered, ...] = ()
        self.cards: list[Card] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        self._column.setSpacing(GAP + 2)
        self.heading = wrapped("", "section")
        self._column.addWidget(self.heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP + 2)
        self._column.addLayout(self._list)
        self._column.addStretch()
        page.setAccessibleName(self.tr("What is wrong, and how to mend it"))
        column.addWidget(scrolling(page), 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, GAP)
        self.copy_button = CopyButton(
            self._report, self._clipboard, what=self.tr("report"), link=False
        )
        foot.addWidget(wrapped(self.tr("The whole test as text"), "muted"), 1)
        foot.addWidget(self.copy_button)
        column.addLayout(foot)

    def show_result(self, result: ProbeResult, offers: Sequence[Offered] = ()) -> None:
        """Show what one test found, and what can be done about it here."""
        self._offers = tuple(offers)
        self._result = result
        clear_layout(self._list)
        self.cards = [self._problem(problem) for problem in result.problems]
        for side, text in (
            (Side.CLIENT, wording.client_is_fine(result)),
            (Side.SERVER, wording.server_is_fine(result)),
        ):
            if text:
                self.cards.append(self._fine(side, text))
        for card in self.cards:
            self._list.addWidget(card)
        self.heading.setText(
            self.tr("What is wrong, and how to mend it")
            if result.problems
            else self.tr("Nothing is wrong")
        )

    def _report(self) -> str:
        return report(self._result) if self._result is not None else ""

    def _problem(self, problem: Problem) -> Card:
        tone = Tone.ATTENTION if problem.is_warning else Tone.BAD
        card = self._card(problem.side, tone, problem.title, problem.explanation)
        if problem.fix:
            fix = wrapped(problem.fix, "muted")
            fix.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(fix)
        buttons = []
        for offer in self._offers:
            if offer.problem == problem:
                button = plain_button(offer.label)
                button.clicked.connect(
                    lambda _checked=False, offer=offer: self.remedy_chosen.emit(offer)
                )
                buttons.append(button)
        if buttons:
            card.body.addWidget(ButtonFlow(*buttons))
        elif problem.code.startswith(_CHOOSE_CODES) and problem.side is Side.CLIENT:
            choose = plain_button(self.tr("Choose another"))
            choose.clicked.connect(lambda _checked=False: self.choose_identity.emit())
            card.body.addWidget(ButtonFlow(choose))
        elif problem.code == "unknown_authority":
            trust = plain_button(self.tr("Choose what to trust"))
            trust.clicked.connect(lambda _checked=False: self.choose_trust.emit())
            card.body.addWidget(ButtonFlow(trust))
        return card

    def _fine(self, side: Side, text: str) -> Card:
        return self._card(side, Tone.GOOD, self.tr("Nothing wrong"), text)

    def _card(self, side: Side, tone: Tone, title: str, text: str) -> Card:
        card = Card()
        card.setAccessibleName(f"{wording.side_text(side)}: {title}")
        card.setAccessibleDescription(text)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(Pill(self._theme, wording.side_text(side), tone), 0, top)
        head.addWidget(wrapped(title, "strong"), 1)
        card.body.addLayout(head)
        if text:
            words = wrapped(text)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(words)
        return card
