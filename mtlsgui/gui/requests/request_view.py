"""One request: what became of it, what can be done with it, what it asks for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.details import DescriptionText
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.requests import wording
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE, HEADING_SCALE
from mtlsgui.gui.widgets.buttons import CopyButton, danger_button, plain_button
from mtlsgui.gui.widgets.card import ButtonFlow
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.workspace.requesting import RequestView


class RequestInspector(QStackedWidget):
    """The inspector beside the requests. It does nothing itself: it says what is wanted."""

    save_wanted = Signal()
    sign_wanted = Signal()
    certificate_wanted = Signal()
    deletion_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: RequestView | None = None
        self.setAccessibleName(self.tr("Request"))
        self.hint = wrapped(self.tr("Select a request to see what it asks for."), "muted")
        nothing = QWidget()
        inner = QVBoxLayout(nothing)
        inner.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        inner.addWidget(self.hint)
        inner.addStretch()

        self.name = ValueText("", desk.theme.font(HEADING_SCALE, strong=True))
        self.pill = Pill(desk.theme)
        self.advice = wrapped("", "muted")
        self.copy_button = CopyButton(
            self._pem,
            desk.clipboard,
            what=self.tr("the request as PEM"),
            caption=self.tr("Copy PEM"),
            link=False,
        )
        self.save_button = plain_button(self.tr("Save .cs&r…"))
        self.sign_button = plain_button(self.tr("S&ign…"))
        self.show_button = plain_button(self.tr("Show certifica&te"))
        self.delete_button = danger_button(self.tr("&Delete…"))
        for button, wanted in (
            (self.save_button, self.save_wanted),
            (self.sign_button, self.sign_wanted),
            (self.show_button, self.certificate_wanted),
            (self.delete_button, self.deletion_wanted),
        ):
            button.clicked.connect(lambda _checked=False, wanted=wanted: wanted.emit())
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=108)
        self.description = DescriptionText(desk.theme, grows=True)
        page = QWidget()
        page.setAccessibleName(self.tr("Request"))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(self.tr("Certificate signing request"), "muted"))
        column.addWidget(self.name)
        column.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.advice)
        column.addWidget(
            ButtonFlow(
                self.show_button,
                self.copy_button,
                self.save_button,
                self.sign_button,
                self.delete_button,
            )
        )
        column.addWidget(self.fields)
        column.addSpacing(GAP)
        column.addWidget(self.description)
        column.addStretch()
        self._area: QScrollArea = scrolling(page, GAP_PAGE, GAP_PAGE)
        self.addWidget(nothing)
        self.addWidget(self._area)

    @property
    def view(self) -> RequestView | None:
        """What is shown."""
        return self._view

    def show_request(self, view: RequestView | None) -> None:
        """Show this; None for none. The scroll position stays where it is the same request."""
        if view is not None and view == self._view:
            return
        another = view is None or self._view is None or view.row.id != self._view.row.id
        described = self._view.description if self._view is not None else None
        self._view = view
        if view is None:
            self.setCurrentIndex(0)
            return
        row, certificate = view.row, view.certificate
        self.name.setText(visible(view.description.title))
        self.pill.set_state(wording.state_text(row.state), wording.TONES[row.state])
        self.advice.setText(wording.what_to_do(view))
        self.show_button.setVisible(certificate is not None)
        self.fields.clear()
        self.fields.add(self.tr("Here since"), local_time(row.added_at))
        self.fields.add(
            self.tr("Private key"),
            self.tr("Held {}").format(view.held) if view.held else self.tr("Not held here"),
        )
        if certificate is not None:
            self.fields.add(self.tr("Certificate"), visible(certificate.name))
        if row.notes:
            self.fields.add(self.tr("Notes"), visible(row.notes))
        if view.description != described:
            self.description.show_description(view.description)
        self.setCurrentWidget(self._area)
        if another:
            self._area.verticalScrollBar().setValue(0)

    def _pem(self) -> str:
        return self._view.pem if self._view is not None else ""
