"""What is wrong, and how to mend it: one card a problem, and what is right after them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.keeping import ResultKeeping
from mtlsgui.gui.connections.testing.server import SentChain, ServerAnswer
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button, primary_button
from mtlsgui.gui.widgets.card import ButtonFlow, Card
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import ElidedLabel, rule, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.tls.result import ProbeResult, Problem, RemedyKind, Side

if TYPE_CHECKING:
    from mtlsgui.workspace.remedies import Offer


class Findings(QWidget):
    """The right side of the page."""

    remedy_chosen = Signal(object)
    """One of the offers."""
    choose_identity = Signal()
    """Another certificate shall be chosen, of which it is not known here which."""
    choose_trust = Signal()
    """The same of what is trusted."""
    certificate_opened = Signal(bytes)
    """The DER of a certificate that shall be looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._result: ProbeResult | None = None
        self.cards: list[Card] = []
        self.remedies: list[QPushButton] = []
        self.chain: SentChain | None = None
        self.answer: ServerAnswer | None = None
        self.keeping = ResultKeeping(desk, self, lambda: self._result)
        self.keeping.done.connect(self._say)
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
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, GAP)
        foot.setSpacing(GAP_SMALL)
        self.said = ElidedLabel()
        self.said.setProperty("role", "muted")
        self.copy_button = MenuButton(self.tr("Copy"), self.keeping.copy_menu)
        self.copy_button.setAccessibleName(self.tr("Copy the test"))
        self.save_button = MenuButton(self.tr("Save"), self.keeping.save_menu)
        self.save_button.setAccessibleName(self.tr("Save the test"))
        foot.addWidget(self.said, 1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.save_button)
        return foot

    def show_result(self, result: ProbeResult, offers: Sequence["Offer"] = ()) -> None:
        """Show what one test found, and what can be done about it here."""
        self._result = result
        self._say(self.tr("The whole test"))
        clear_layout(self._list)
        self.remedies = []
        problems = sorted(result.problems, key=lambda problem: problem.is_warning)
        self.cards = [
            self._problem(problem, [offer for offer in offers if offer.problem == problem])
            for problem in problems
        ]
        for side, text in (
            (Side.CLIENT, wording.client_is_fine(result)),
            (Side.SERVER, wording.server_is_fine(result)),
        ):
            if text:
                title = self.tr("Nothing wrong")
                self.cards.append(self._card(side, Tone.GOOD, title, text))
        title, text = wording.client_certificate(result)
        if title:
            self.cards.append(self._card(Side.SERVER, Tone.NEUTRAL, title, text))
        for card in self.cards:
            self._list.addWidget(card)
        self._show_server(result)
        self._order_tabs()
        self.heading.setText(
            self.tr("What is wrong, and how to mend it")
            if result.errors
            else self.tr("What to look at")
            if result.problems
            else self.tr("Nothing is wrong")
        )

    def _show_server(self, result: ProbeResult) -> None:
        self.chain = self.answer = None
        if result.server_chain:
            self.chain = SentChain(self._theme, result)
            self.chain.certificate_opened.connect(self.certificate_opened)
            self._list.addWidget(self.chain)
        if result.answer:
            self.answer = ServerAnswer(self._theme, result.answer)
            self._list.addWidget(self.answer)

    def _order_tabs(self) -> None:
        """Tab goes through the remedies first, and to the foot last, as the eye does."""
        parts = [each for each in (*self.cards, self.chain, self.answer) if each is not None]
        within = [each for part in parts for each in part.findChildren(QWidget)]
        reached = [each for each in within if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if reached:
            QWidget.setTabOrder(reached[-1], self.copy_button)
            QWidget.setTabOrder(self.copy_button, self.save_button)

    def _say(self, text: str) -> None:
        self.said.setText(visible(text))

    def _problem(self, problem: Problem, offers: Sequence["Offer"]) -> Card:
        tone = Tone.ATTENTION if problem.is_warning else Tone.BAD
        card = self._card(problem.side, tone, visible(problem.title), visible(problem.explanation))
        if problem.fix:
            card.body.addWidget(_selectable(visible(problem.fix), "muted"))
        buttons = [self._remedy(offer) for offer in offers]
        kinds = {offer.kind for offer in offers}
        choose = None if problem.is_warning else wording.choice(problem)
        if choose is Side.CLIENT and RemedyKind.CHOOSE_IDENTITY not in kinds:
            buttons.append(self._choice(self.tr("Choose another"), self.choose_identity))
        elif choose is Side.SERVER and RemedyKind.TRUST not in kinds:
            buttons.append(self._choice(self.tr("Choose what to trust"), self.choose_trust))
        if buttons:
            card.body.addWidget(ButtonFlow(*buttons))
        return card

    def _choice(self, text: str, chosen: SignalInstance) -> QPushButton:
        button = plain_button(text)
        button.clicked.connect(lambda _checked=False: chosen.emit())
        self.remedies.append(button)
        return button

    def _remedy(self, offer: "Offer") -> QPushButton:
        """The first of all is the likely one; a warning is nobody's first concern."""
        first = not self.remedies and not offer.problem.is_warning
        text = visible(wording.remedy_text(offer)).replace("&", "&&")
        button = (primary_button if first else plain_button)(text)
        button.clicked.connect(lambda _checked=False: self.remedy_chosen.emit(offer))
        self.remedies.append(button)
        return button

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
            card.body.addWidget(_selectable(text))
        return card


def _selectable(text: str, role: str = "") -> QLabel:
    made = wrapped(text, role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
