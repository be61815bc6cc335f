"""One visit: what came of it, all that is wrong, the handshake, and the certificates shown."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.connections.serving import wording
from mtlsgui.gui.connections.testing.sequence import SequenceView
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.card import Card
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.pki.describe import display_name
from mtlsgui.tls.result import Problem, Step
from mtlsgui.tls.serving.visit import Visit


class VisitView(QWidget):
    """Shows one visit; everything in it can be selected and copied."""

    certificate_opened = Signal(bytes)
    """The DER of a certificate that the client showed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.visit: Visit | None = None
        self.sequence: SequenceView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        self._column.setSpacing(GAP + 2)

    def show_visit(self, visit: Visit) -> None:
        """Show this one."""
        if visit is self.visit:
            return
        self.visit = visit
        clear_layout(self._column)
        self._add_head(visit)
        for problem in visit.problems:
            self._column.addWidget(self._card(problem))
        if visit.upstream is not None:
            self._column.addWidget(wrapped(self.tr("The client and this program"), "section"))
        self._add_steps(visit.steps, self.tr("Server"), self.tr("Client"))
        if visit.upstream is not None:
            self._column.addWidget(wrapped(self.tr("This program and the real server"), "section"))
            self._column.addWidget(wrapped(visit.upstream.sentence))
            for problem in visit.upstream.problems:
                self._column.addWidget(self._card(problem))
            self._add_steps(visit.upstream.steps, visit.upstream.server_name, "mtlsgui")
        self._add_certificates(visit)
        self._add_fields(visit)
        self._column.addStretch()

    def _add_head(self, visit: Visit) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(wrapped(wording.who(visit), "title"), 1)
        pill = Pill(self._desk.theme, wording.outcome_text(visit), wording.outcome_tone(visit))
        head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        sentence = wrapped(visit.sentence)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(sentence)

    def _card(self, problem: Problem) -> Card:
        card = Card()
        card.setAccessibleName(problem.title)
        card.setAccessibleDescription(problem.explanation)
        tone = Tone.ATTENTION if problem.is_warning else Tone.BAD
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        word = self.tr("Note") if problem.is_warning else self.tr("Wrong")
        head.addWidget(Pill(self._desk.theme, word, tone), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(wrapped(problem.title, "strong"), 1)
        card.body.addLayout(head)
        for text, role in ((problem.explanation, ""), (problem.fix, "muted")):
            if text:
                line = wrapped(text, role)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                card.body.addWidget(line)
        return card

    def _add_steps(self, steps: tuple[Step, ...], server: str, client: str) -> None:
        if steps:
            # Explanations speak to the client, who somebody else is here.
            told = [replace(step, explanation="") for step in steps]
            self.sequence = SequenceView(self._desk)
            self.sequence.show_steps(told, server, client)
            self._column.addWidget(self.sequence)

    def _add_certificates(self, visit: Visit) -> None:
        if not visit.chain:
            return
        self._column.addWidget(wrapped(self.tr("Certificates it showed"), "section"))
        for facts in visit.chain:
            button = link_button(display_name(facts))
            button.setAccessibleName(self.tr("Open {}").format(display_name(facts)))
            button.clicked.connect(
                lambda _checked=False, der=facts.der: self.certificate_opened.emit(der)
            )
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_fields(self, visit: Visit) -> None:
        fields = FieldList(self._desk.theme, self._desk.clipboard, label_width=110)
        tls, offered = visit.tls, visit.offered
        for name, value in (
            (self.tr("Request"), visit.request),
            (self.tr("Answered"), f"HTTP {visit.http_status}" if visit.http_status else ""),
            (self.tr("Asked for"), visit.server_name),
            (
                self.tr("Agreed"),
                " · ".join(part for part in (tls.version, tls.cipher, tls.group) if part)
                if tls
                else "",
            ),
            (self.tr("ALPN"), tls.alpn if tls else ""),
            (self.tr("Offered"), ", ".join(offered.versions)),
            (self.tr("Groups"), ", ".join(offered.groups)),
            (self.tr("From"), visit.peer),
            (self.tr("Came"), local_time(visit.at, seconds=True)),
            (self.tr("Took"), self.tr("{:.0f} ms").format(visit.duration)),
        ):
            if value:
                fields.add(name, value)
        self._column.addWidget(fields)
