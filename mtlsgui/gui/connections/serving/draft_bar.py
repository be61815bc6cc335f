"""The top of the test server's page: which certificate, whose clients, and how it says no; or
the real server whose client is watched.
"""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
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
from mtlsgui.workspace import connecting, serving
from mtlsgui.workspace.serving import LOOPBACK, Mode, ServerDraft, WatchDraft

_VERSIONS = ("TLS 1.2", "TLS 1.3")
_EVERYWHERE = "0.0.0.0"  # noqa: S104  a person asks for it, and is told what it means
_MOST_PORT = 65_535
_ADDRESS_WIDTH = 120


class Purpose(StrEnum):
    """What the page is for: to answer clients itself, or to watch them on their way."""

    SERVE = "serve"
    WATCH = "watch"


class DraftBar(QFrame):
    """Asks for one test server. `start_asked` and `stop_asked` come with the same button."""

    start_asked = Signal()
    stop_asked = Signal()
    purpose_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running = False
        self.setProperty("role", "header")
        self.purpose = _combo()
        self.purpose.addItem(self.tr("Be a server"), Purpose.SERVE)
        self.purpose.addItem(self.tr("Watch a client"), Purpose.WATCH)
        self.address = QLineEdit()
        self.address.setPlaceholderText("api.example:443")
        self.address.setMinimumWidth(_ADDRESS_WIDTH)
        self.address.returnPressed.connect(self._press)
        self.address.textChanged.connect(lambda _text: self._heed_address())
        self.identity, self.authority, self.shown, self.presented = (_combo() for _ in range(4))
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
        self.untrusted = QCheckBox(self.tr("Pass on to a server that cannot be tr&usted too"))
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
        top = Qt.AlignmentFlag.AlignTop
        self.address_row = FormRow(self.tr("&Real server"), self.address)
        self.shown_row = FormRow(self.tr("Cl&ient sees"), self.shown)
        self.presented_row = FormRow(self.tr("Ser&ver sees"), self.presented)
        self._serving_rows = (
            (FormRow(self.tr("The server's &certificate"), self.identity), 4),
            (FormRow(self.tr("Takes clients &of"), self.authority), 4),
            (self.mode_row, 3),
        )
        self._watching_rows = ((self.address_row, 4), (self.shown_row, 4), (self.presented_row, 4))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for each, stretch in (
            (FormRow(self.tr("What to &do"), self.purpose), 2),
            *self._serving_rows,
            *self._watching_rows,
            (self.port_row, 2),
            (FormRow(" ", self.more_button), 0),
            (FormRow(" ", self.button), 0),
        ):
            row.addWidget(each, stretch, top)
        column.addLayout(row)
        self._more = QWidget()
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GAP)
        self._version_row = FormRow(self.tr("TLS &version"), self.version)
        self.untrusted_row = FormRow(" ", self.untrusted)
        more.addWidget(self._version_row, 3, top)
        more.addWidget(self.crl_row, 6, top)
        more.addWidget(self.untrusted_row, 5, top)
        more.addWidget(self.wide_row, 5, top)
        self._more.hide()
        column.addWidget(self._more)
        self.more_button.toggled.connect(self._more.setVisible)
        self.mode.currentIndexChanged.connect(lambda _index: self._say_mode())
        self.wide.toggled.connect(lambda _on: self._warn())
        self.untrusted.toggled.connect(lambda _on: self._warn())
        self.shown.currentIndexChanged.connect(lambda _index: self._say_shown())
        self.purpose.currentIndexChanged.connect(lambda _index: self._arrange())
        self._say_mode()
        self._arrange()

    @property
    def is_watching(self) -> bool:
        """Whether a client is to be watched."""
        return bool(self.purpose.currentData() == Purpose.WATCH)

    @property
    def watch_draft(self) -> WatchDraft:
        """What is asked for where a client is watched."""
        shown, wide = self.shown.currentData(), self.wide.isChecked()
        return WatchDraft(
            self.address.text(),
            identity_id=shown,
            present_id=self.presented.currentData() if shown is not None else None,
            pass_through=shown is None,
            careful=not self.untrusted.isChecked(),
            host=_EVERYWHERE if wide else LOOPBACK,
            port=int(self.port.text() or 0),
            wide=wide,
        )

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

    @property
    def can_start(self) -> bool:
        """Whether all that is needed is there."""
        return bool(self.address.text().strip()) if self.is_watching else self.has_identity

    def refresh(self) -> None:
        """Renew the lists, keeping what is chosen."""
        ws, now = self._desk.ws, self._desk.ws.clock()
        combos = (self.identity, self.authority, self.shown, self.presented)
        before = [combo.currentData() for combo in combos]
        fresh = self.shown.count() == 0
        for combo in combos:
            combo.clear()
        self.shown.addItem(self.tr("nothing: pass through"), None)
        for row in serving.identities(ws):
            self.identity.addItem(identity_text(row, now), row.id)
            self.shown.addItem(identity_text(row, now), row.id)
        self.authority.addItem(self.tr("the root of its own certificate"), None)
        for row in serving.authorities(ws):
            self.authority.addItem(row.name, row.id)
        self.presented.addItem(self.tr("no certificate"), None)
        for row in connecting.identities(ws):
            self.presented.addItem(identity_text(row, now), row.id)
        for combo, data in zip(combos, before, strict=True):
            combo.setCurrentIndex(max(combo.findData(data), 0))
        if fresh and self.shown.count() > 1:  # two handshakes in full are more than one in part
            self.shown.setCurrentIndex(1)
        self.button.setEnabled(self._running or self.can_start)

    def set_running(self, running: bool, *, busy: bool = False) -> None:
        """Whether it runs: then nothing can be changed, and the button stops it."""
        self._running = running
        for field in (
            self.purpose,
            self.address,
            self.identity,
            self.authority,
            self.shown,
            self.presented,
            self.mode,
            self.port,
            self._more,
        ):
            field.setEnabled(not running and not busy)
        self._say_shown()
        self.button.setText(self.tr("&Stop") if running else self.tr("&Start"))
        self.button.setAccessibleName(self.button.text().replace("&", ""))
        self.button.setEnabled(not busy and (running or self.can_start))

    def set_port_problem(self, text: str) -> None:
        """Say under the port what is wrong with it; "" takes it back."""
        self.port_row.set_problem(text)

    def set_address_problem(self, text: str) -> None:
        """Say under the address what is wrong with it; "" takes it back."""
        self.address_row.set_problem(text)

    def _heed_address(self) -> None:
        self.set_address_problem("")
        self.button.setEnabled(self._running or self.can_start)

    def _arrange(self) -> None:
        """Show what belongs to the purpose."""
        watching = self.is_watching
        for row, _ in self._serving_rows:
            row.setVisible(not watching)
        for row, _ in self._watching_rows:
            row.setVisible(watching)
        self._version_row.setVisible(not watching)
        self.crl_row.setVisible(not watching)
        self.untrusted_row.setVisible(watching)
        self.button.setEnabled(self._running or self.can_start)
        self.purpose_changed.emit()

    def _say_shown(self) -> None:
        """Without a certificate for the client there is no TLS of ours to either side."""
        passing = self.shown.currentData() is None
        self.presented.setEnabled(not passing and self.shown.isEnabled())
        self.shown_row.set_hint(
            self.tr("Only what is in the clear is seen.")
            if passing
            else self.tr("The client must trust its CA.")
        )

    def _say_mode(self) -> None:
        self.mode_row.set_hint(wording.mode_hint(self.mode.currentData()))

    def _warn(self) -> None:
        self.wide_row.set_hint(
            self.tr("Everybody in your network reaches it, and sees its certificate.")
            if self.wide.isChecked()
            else ""
        )
        self.untrusted_row.set_hint(
            self.tr("What the client sends may reach somebody else.")
            if self.untrusted.isChecked()
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
    made.setMinimumContentsLength(6)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
