"""What the server showed: its certificates as sent, and what it answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.inspector.text import ElidedLink, visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL, Tone
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.pki.describe import display_name
from mtlsgui.tls.result import ProbeResult

_MOST_CERTIFICATES = 10
_MOST_CHARACTERS = 8_192


class SentChain(QWidget):
    """The server's certificates, its own first; each can be looked at."""

    certificate_opened = Signal(bytes)
    """Its DER."""

    def __init__(self, theme: Theme, result: ProbeResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.links: list[ElidedLink] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_SMALL, 0, 0)
        column.setSpacing(2)
        column.addWidget(wrapped(self.tr("The server's certificates, as sent"), "strong"))
        for facts in result.server_chain[:_MOST_CERTIFICATES]:
            link = ElidedLink(visible(display_name(facts)))
            link.button.clicked.connect(
                lambda _checked=False, der=facts.der: self.certificate_opened.emit(der)
            )
            self.links.append(link)
            row = QHBoxLayout()
            row.setContentsMargins(0, GAP_SMALL, 0, 0)
            row.setSpacing(GAP_SMALL)
            row.addWidget(link, 1)
            if facts.not_after is not None and facts.not_after < result.at:
                row.addWidget(Pill(theme, self.tr("Expired"), Tone.BAD))
            column.addLayout(row)
            line = wrapped(visible(wording.chain_line(facts)), "muted")
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line.setContentsMargins(3, 0, 0, 0)  # under the link's text
            column.addWidget(line)
        left = len(result.server_chain) - _MOST_CERTIFICATES
        if left > 0:
            column.addWidget(label(self.tr("and {} more").format(f"{left:,}"), "muted"))


class ServerAnswer(MoreSection):
    """What the server said inside TLS, behind a click: plain text, whatever it wants to be."""

    def __init__(self, theme: Theme, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.button.setText(self.tr("What the server answered"))
        self.button.setAccessibleName(self.button.text())
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAcceptDrops(False)  # files dropped here are for the window
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.monospace())
        self.text.setAccessibleName(self.button.text())
        shown = visible(answer[:_MOST_CHARACTERS].replace("\r\n", "\n"))
        if len(answer) > _MOST_CHARACTERS:
            shown += "\n" + self.tr("… (the rest is left out)")
        self.text.setPlainText(shown)
        lines = min(max(shown.count("\n") + 2, 4), 14)
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 12)
        self.body.addWidget(self.text)
