"""The top of the page: which server, with which certificate, trusting whom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.tls.question import Offer
from mtlsgui.workspace import connecting
from mtlsgui.workspace.connecting import ConnectionTest, TrustKind

_Places = tuple[tuple[int, int, int], ...]
"""Row, column and how many columns: server, certificate, trust, more, test."""
_WIDE: _Places = ((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1))
_NARROW: _Places = ((0, 0, 3), (1, 0, 2), (1, 2, 3), (0, 3, 1), (0, 4, 1))
_WIDE_FROM = 820
"""Pixels at a 13 px font."""
_VERSIONS = ("TLS 1.2", "TLS 1.3")


class QuestionBar(QFrame):
    """Asks for one connection test. `asked` comes with Enter or the button, `stopped` with
    the same button while a test runs.
    """

    asked = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running = False
        self._places: _Places = ()
        self.setProperty("role", "header")
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("host:port or https://…"))
        self.identity = _combo()
        self.trust = _combo()
        self.server_name = QLineEdit()
        self.server_name.setPlaceholderText(self.tr("as the server's address"))
        self.version = _combo()
        self.version.addItem(self.tr("1.2 or 1.3"), None)
        for version in _VERSIONS:
            self.version.addItem(self.tr("{} only").format(version), version)
        self.send_request = QCheckBox(self.tr("Ask by &HTTP (GET)"))
        self.send_request.setChecked(True)
        for field in (self.address, self.server_name):
            field.setAcceptDrops(False)  # files dropped here are for the window
            field.returnPressed.connect(self._press)
        self.more_button: QPushButton = plain_button(self.tr("&More"))
        self.more_button.setCheckable(True)
        self.test_button = primary_button(self.tr("&Test"))
        self.test_button.setMinimumWidth(round(96 * desk.theme.sizes.control / 30))
        self._build()
        self.test_button.clicked.connect(lambda _checked=False: self._press())
        self.refresh()
        desk.changes.changed.connect(self.refresh)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP + 2)
        column.setSpacing(GAP)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self.address_row = FormRow(self.tr("&Server"), self.address)
        self._cells = (
            self.address_row,
            FormRow(self.tr("&Present this certificate"), self.identity),
            FormRow(self.tr("T&rust"), self.trust),
            FormRow(" ", self.more_button),
            FormRow(" ", self.test_button),
        )
        self._place(_WIDE)
        for number, stretch in enumerate((5, 4, 4)):
            self._grid.setColumnStretch(number, stretch)
        column.addLayout(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        self._more = QWidget()
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GAP)
        more.addWidget(FormRow(self.tr("&Name sent and checked"), self.server_name), 5, top)
        more.addWidget(FormRow(self.tr("TLS &version"), self.version), 4, top)
        more.addWidget(FormRow(" ", self.send_request), 4, top)
        self._more.hide()
        column.addWidget(self._more)
        self.more_button.toggled.connect(self._more.setVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= round(_WIDE_FROM * self._desk.theme.sizes.control / 30)
        self._place(_WIDE if wide else _NARROW)

    def _place(self, places: _Places) -> None:
        """Put the questions into one line or into two."""
        if places is self._places:
            return
        self._places = places
        for cell, (row, column, span) in zip(self._cells, places, strict=True):
            self._grid.addWidget(cell, row, column, 1, span, Qt.AlignmentFlag.AlignTop)

    @property
    def test(self) -> ConnectionTest:
        """What is asked for."""
        kind, authority_id = self.trust.currentData()
        version = self.version.currentData()
        return ConnectionTest(
            address=self.address.text(),
            identity_id=self.identity.currentData(),
            trust=kind,
            authority_id=authority_id,
            server_name=self.server_name.text(),
            offer=Offer(versions=(version,) if version else ()),
            send_request=self.send_request.isChecked(),
        )

    def set_target(self, identity_id: int | None, host: str) -> None:
        """Fill in; what is not given stays as it is."""
        if host:
            self.address.setText(host)
        if identity_id is not None:
            self._select_identity(identity_id)
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        self.address.selectAll()

    def set_problem(self, text: str) -> None:
        """Say under the address what is wrong with it; "" takes it back."""
        self.address_row.set_problem(text)

    def set_running(self, running: bool, *, tested: bool = True) -> None:
        """Whether a test runs: then the button stops it."""
        self._running = running
        text = self.tr("S&top") if running else self.tr("&Test again")
        self.test_button.setText(text if running or tested else self.tr("&Test"))
        self.test_button.setAccessibleName(self.test_button.text().replace("&", ""))

    def refresh(self) -> None:
        """Renew the lists, keeping what is chosen."""
        chosen, trusted = self.identity.currentData(), self.trust.currentData()
        now = self._desk.ws.clock()
        for combo in (self.identity, self.trust):
            combo.blockSignals(True)
            combo.clear()
        self.identity.addItem(self.tr("None"), None)
        for row in connecting.identities(self._desk.ws):
            self.identity.addItem(wording.identity_text(row, now), row.id)
        self._fill_trust()
        if chosen is not None:
            self._select_identity(chosen)
        if trusted is not None:
            self.trust.setCurrentIndex(max(_find(self.trust, trusted), 0))
        for combo in (self.identity, self.trust):
            combo.blockSignals(False)

    def _fill_trust(self) -> None:
        for text, kind in (
            (self.tr("Your roots and the system's"), TrustKind.ALL),
            (self.tr("Your roots only"), TrustKind.OWN),
            (self.tr("The system's roots only"), TrustKind.SYSTEM),
        ):
            self.trust.addItem(text, (kind, None))
        rows = connecting.authorities(self._desk.ws)
        if rows:
            self.trust.insertSeparator(self.trust.count())
        for row in rows:
            self.trust.addItem(row.name, (TrustKind.ONE, row.id))

    def _select_identity(self, identity_id: int) -> None:
        """Choose a certificate; one that is not offered usually is added for this time."""
        index = _find(self.identity, identity_id)
        if index < 0:
            try:
                row = self._desk.ws.inventory.certificates.get(identity_id)
            except InventoryNotFound:
                return
            text = wording.identity_text(row, self._desk.ws.clock())
            self.identity.addItem(text, row.id)
            index = self.identity.count() - 1
        self.identity.setCurrentIndex(index)

    def _press(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self.asked.emit()


def _combo() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _find(combo: QComboBox, data: object) -> int:
    """QComboBox.findData compares Python objects by identity; this by value."""
    return next((at for at in range(combo.count()) if combo.itemData(at) == data), -1)
