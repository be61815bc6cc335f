"""The top of the test server's page: which certificate, whose clients, and how it says no."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.connections.serving import wording
from mtlsgui.gui.connections.testing.wording import identity_text
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.path_field import PathField, PathKind
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.workspace import serving
from mtlsgui.workspace.serving import LOOPBACK, Mode, ServerDraft

_VERSIONS = ("TLS 1.2", "TLS 1.3")
_EVERYWHERE = "0.0.0.0"  # noqa: S104  a person asks for it, and is told what it means
_MOST_PORT = 65_535


class DraftBar(QFrame):
    """Asks for one test server. `start_asked` and `stop_asked` come with the same button."""

    start_asked = Signal()
    stop_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running = False
        self.setProperty("role", "header")
        self.identity, self.authority = _combo(), _combo()
        self.mode = _combo()
        for mode in Mode:
            self.mode.addItem(wording.mode_text(mode), mode)
        self.port = QLineEdit()
        self.port.setPlaceholderText(self.tr("any free one"))
        self.port.setValidator(QIntValidator(0, _MOST_PORT, self))
        self.port.setAcceptDrops(False)
        self.port.returnPressed.connect(self._press)
        self.version = _combo()
        self.version.addItem(self.tr("1.2 or 1.3"), None)
        for version in _VERSIONS:
            self.version.addItem(self.tr("{} only").format(version), version)
        self.crl = PathField(
            PathKind.OPEN_FILE,
            self.tr("Revocation list"),
            file_filter=self.tr("Revocation lists (*.crl *.pem *.der);;All files (*)"),
        )
        self.wide = QCheckBox(self.tr("&Other computers may connect"))
        self.more_button = plain_button(self.tr("Mor&e"))
        self.more_button.setCheckable(True)
        self.button = primary_button(self.tr("&Start"))
        self.button.clicked.connect(lambda _checked=False: self._press())
        self.port_row = FormRow(self.tr("&Port"), self.port)
        self.mode_row = FormRow(self.tr("&Wrong clients"), self.mode)
        self.wide_row = FormRow(" ", self.wide)
        self.crl_row = FormRow(self.tr("Revocation &list"), self.crl)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        column.setSpacing(GAP)
        grid, top = QGridLayout(), Qt.AlignmentFlag.AlignTop
        grid.setHorizontalSpacing(GAP)
        for number, (row, stretch) in enumerate(
            (
                (FormRow(self.tr("The server's &certificate"), self.identity), 4),
                (FormRow(self.tr("Takes clients &of"), self.authority), 4),
                (self.mode_row, 3),
                (self.port_row, 2),
                (FormRow(" ", self.more_button), 0),
                (FormRow(" ", self.button), 0),
            )
        ):
            grid.addWidget(row, 0, number, top)
            grid.setColumnStretch(number, stretch)
        column.addLayout(grid)
        self._more = QWidget()
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GAP)
        more.addWidget(FormRow(self.tr("TLS &version"), self.version), 3, top)
        more.addWidget(self.crl_row, 6, top)
        more.addWidget(self.wide_row, 5, top)
        self._more.hide()
        column.addWidget(self._more)
        self.more_button.toggled.connect(self._more.setVisible)
        self.mode.currentIndexChanged.connect(lambda _index: self._say_mode())
        self.wide.toggled.connect(lambda _on: self._warn())
        self._say_mode()

    @property
    def draft(self) -> ServerDraft:
        """What is asked for."""
        version, authority_id = self.version.currentData(), self.authority.currentData()
        wide, crl = self.wide.isChecked(), self.crl.path
        return ServerDraft(
            identity_id=self.identity.currentData(),
            authority_ids=() if authority_id is None else (authority_id,),
            crl_files=(crl,) if crl else (),
            mode=self.mode.currentData(),
            host=_EVERYWHERE if wide else LOOPBACK,
            port=int(self.port.text() or 0),
            wide=wide,
            versions=(version,) if version else (),
        )

    @property
    def has_identity(self) -> bool:
        """Whether there is a certificate that a server may present."""
        return self.identity.count() > 0

    def refresh(self) -> None:
        """Renew the lists, keeping what is chosen."""
        ws, now = self._desk.ws, self._desk.ws.clock()
        chosen, taken = self.identity.currentData(), self.authority.currentData()
        for combo in (self.identity, self.authority):
            combo.clear()
        for row in serving.identities(ws):
            self.identity.addItem(identity_text(row, now), row.id)
        self.authority.addItem(self.tr("the root of its own certificate"), None)
        for row in serving.authorities(ws):
            self.authority.addItem(row.name, row.id)
        for combo, data in ((self.identity, chosen), (self.authority, taken)):
            combo.setCurrentIndex(max(combo.findData(data), 0))
        self.button.setEnabled(self._running or self.has_identity)

    def set_running(self, running: bool, *, busy: bool = False) -> None:
        """Whether it runs: then nothing can be changed, and the button stops it."""
        self._running = running
        for field in (self.identity, self.authority, self.mode, self.port, self._more):
            field.setEnabled(not running and not busy)
        self.button.setText(self.tr("&Stop") if running else self.tr("&Start"))
        self.button.setAccessibleName(self.button.text().replace("&", ""))
        self.button.setEnabled(not busy and (running or self.has_identity))

    def set_port_problem(self, text: str) -> None:
        """Say under the port what is wrong with it; "" takes it back."""
        self.port_row.set_problem(text)

    def _say_mode(self) -> None:
        self.mode_row.set_hint(wording.mode_hint(self.mode.currentData()))

    def _warn(self) -> None:
        self.wide_row.set_hint(
            self.tr("Everybody in your network reaches it, and sees its certificate.")
            if self.wide.isChecked()
            else ""
        )

    def _press(self) -> None:
        if self._running:
            self.stop_asked.emit()
        elif self.button.isEnabled():
            self.start_asked.emit()


def _combo() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
