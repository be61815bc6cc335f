"""The top of the page: which server, with which certificate, trusting whom."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing.choices import (
    IdentityField,
    Presented,
    Trusted,
    TrustField,
)
from mtlsgui.gui.connections.testing.more import MoreQuestions
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.passphrases import PassphraseRow
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.inventory.records import Status
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.workspace import connecting
from mtlsgui.workspace.connecting import ConnectionTest, Secrets, Unusable
from mtlsgui.workspace.connections.addresses import without_credentials

_Places = tuple[tuple[int, int, int], ...]
"""Row, column and how many columns: server, certificate, trust, saved, more, test."""
_WIDE: _Places = ((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1), (0, 5, 1))
_NARROW: _Places = ((0, 0, 3), (1, 0, 2), (1, 2, 4), (0, 3, 1), (0, 4, 1), (0, 5, 1))
_WIDE_FROM = 920
"""Pixels at a 13 px font."""


class QuestionBar(QFrame):
    """Asks for one connection test. `asked` comes with Enter or the button, `stopped` with
    the same button while a test runs, `changed` with each edit.

    saved_button: what opens the tests that are kept.
    """

    asked = Signal()
    stopped = Signal()
    changed = Signal()

    def __init__(
        self, desk: Desk, saved_button: QPushButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running = False
        self._said_of_files = ("", Tone.NEUTRAL)
        self._places: _Places = ()
        self.setProperty("role", "header")
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("host:port or https://…"))
        self.address.setAcceptDrops(False)  # files dropped here are for the window
        self.identity = IdentityField(desk)
        self.trust = TrustField(desk)
        self.more = MoreQuestions(desk.theme)
        self.more.hide()
        self.passphrase_row = PassphraseRow(self.tr("Passphrase o&f these files"))
        self.passphrase_row.edit.setAcceptDrops(False)
        self.passphrase_row.hide()
        self.more_button: QPushButton = plain_button(self.tr("&More"))
        self.more_button.setCheckable(True)
        self.saved_button = saved_button
        self.test_button = primary_button(self.tr("&Test"))
        self.test_button.setMinimumWidth(round(96 * desk.theme.sizes.control / 30))
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP + 2)
        column.setSpacing(GAP)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self.address_row = FormRow(self.tr("&Server"), self.address)
        self.identity_row = FormRow(self.tr("&Present this certificate"), self.identity)
        self.trust_row = FormRow(self.tr("T&rust"), self.trust)
        identity = QWidget()
        below = QVBoxLayout(identity)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP)
        below.addWidget(self.identity_row)
        below.addWidget(self.passphrase_row)
        self._cells: tuple[QWidget, ...] = (
            self.address_row,
            identity,
            self.trust_row,
            FormRow(" ", self.saved_button),
            FormRow(" ", self.more_button),
            FormRow(" ", self.test_button),
        )
        self._place(_NARROW)
        for number, stretch in enumerate((5, 4, 4)):
            self._grid.setColumnStretch(number, stretch)
        column.addLayout(self._grid)
        column.addWidget(self.more)

    def _connect(self) -> None:
        self.more_button.toggled.connect(self.more.setVisible)
        self.test_button.clicked.connect(lambda _checked=False: self._press())
        for field in (self.address, self.passphrase_row.edit):
            field.returnPressed.connect(self._press)
        self.more.submitted.connect(self._press)
        self.address.textEdited.connect(self._address_edited)
        self.identity.changed.connect(self._identity_chosen)
        self.trust.changed.connect(self._trust_chosen)
        self.more.changed.connect(self._more_changed)
        self._desk.changes.changed.connect(self.refresh)

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

    # -- what is asked

    @property
    def test(self) -> ConnectionTest:
        """What is asked for."""
        presented, trusted = self.identity.presented, self.trust.trusted
        return self.more.fill(
            ConnectionTest(
                address=self.address.text(),
                identity_id=presented.certificate_id,
                identity_files=presented.files,
                trust=trusted.kind,
                authority_id=trusted.authority_id,
                trust_files=trusted.files,
                trust_certificates=trusted.certificates,
            )
        )

    @property
    def secrets(self) -> Secrets:
        """What was typed and is not part of the test."""
        typed = self.passphrase_row.edit.text()
        return Secrets((typed,) if typed else (), self.more.proxy_password)

    def load(self, test: ConnectionTest) -> None:
        """Show what a test asks."""
        self.address.setText(test.address)
        self.identity.show_presented(Presented(test.identity_id, test.identity_files))
        self.trust.show_trusted(
            Trusted(test.trust, test.authority_id, test.trust_files, test.trust_certificates)
        )
        self.more.load(replace(test))
        self.clear_problems()

    def set_target(self, identity_id: int | None, host: str) -> None:
        """Fill in; what is not given stays as it is."""
        if host:
            self.address.setText(host)
        if identity_id is not None:
            self.identity.present(identity_id)
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        self.address.selectAll()
        self.changed.emit()

    def tidy(self) -> None:
        """Take passwords out of what is shown; no test needs those of a server's URL."""
        self.more.tidy()
        clean = without_credentials(self.address.text())
        if clean != self.address.text():
            self.address.setText(clean)

    # -- what is wrong with it

    def set_problem(self, text: str) -> None:
        """Say under the address what is wrong with it; "" takes it back."""
        self.address_row.set_problem(text)

    def clear_problems(self) -> None:
        """Take back what was said at the fields."""
        self.set_problem("")
        self.trust_row.set_problem("")
        self._remark()

    def check(self) -> bool:
        """Whether what is behind More can be used; says there what cannot."""
        if not self.more.problems():
            return True
        self.more_button.setChecked(True)
        return False

    def refuse(self, error: Unusable) -> None:
        """Say at its field why it cannot be used, and let it be mended."""
        text = " ".join(part for part in (error.title, error.detail) if part)
        match error.field:
            case "identity_files" if error.locked:
                self.passphrase_row.show()
                if self.passphrase_row.edit.text():
                    self.passphrase_row.refuse(text)
                else:
                    self.passphrase_row.advise(error.detail, Tone.ATTENTION)
                    self.passphrase_row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            case "identity_files":
                self.identity_row.set_problem(text)
                self.identity.setFocus(Qt.FocusReason.OtherFocusReason)
            case "trust_files":
                self.trust_row.set_problem(text)
                self.trust.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                self.more_button.setChecked(True)
                self.more.show_problem(error.field, text)

    def set_running(self, running: bool, *, tested: bool = True) -> None:
        """Whether a test runs: then the button stops it."""
        self._running = running
        text = self.tr("S&top") if running else self.tr("&Test again")
        self.test_button.setText(text if running or tested else self.tr("&Test"))
        self.test_button.setAccessibleName(self.test_button.text().replace("&", ""))

    def refresh(self) -> None:
        """Renew the lists, keeping what is chosen."""
        self.identity.refresh()
        self.trust.refresh()
        self._remark()

    def _address_edited(self) -> None:
        self.set_problem("")
        self.changed.emit()

    def _identity_chosen(self) -> None:
        self.passphrase_row.edit.clear()
        self.passphrase_row.set_problem("")
        self.passphrase_row.advise("")
        self.passphrase_row.hide()
        self._said_of_files = ("", Tone.NEUTRAL)
        self._remark()
        self._look_into_files()
        self.changed.emit()

    def _look_into_files(self) -> None:
        """Say what the files would present, or what is wrong with them, before the test."""
        files = self.identity.presented.files
        if not files:
            return
        desk = self._desk

        def is_chosen() -> bool:
            return self.identity.presented.files == files

        def show(facts: CertificateFacts) -> None:
            said = connecting.remarks(facts, desk.ws.clock())
            if is_chosen():
                self._said_of_files = (
                    (" ".join(said), Tone.ATTENTION)
                    if said
                    else (display_name(facts), Tone.NEUTRAL)
                )
                self._remark()

        def refuse(error: MtlsguiError) -> None:
            if is_chosen() and isinstance(error, Unusable):
                self.refuse(error)

        desk.jobs.run_task(
            lambda _control: connecting.identity_facts(desk.ws, files, reader=desk.reader),
            show,
            refuse,
            title=self.tr("Looking into files"),
            owner=self,
        )

    def _trust_chosen(self) -> None:
        self.trust_row.set_problem("")
        self.changed.emit()

    def _more_changed(self) -> None:
        count = self.more.count
        text = self.tr("&More ({})").format(count) if count else self.tr("&More")
        self.more_button.setText(text)
        self.more_button.setAccessibleName(text.replace("&", ""))
        self.changed.emit()

    def _remark(self) -> None:
        """Say before the test what is wrong with the certificate; it can be presented still."""
        chosen = self.identity.presented.certificate_id
        if self.identity.presented.files:
            self.identity_row.set_problem(*self._said_of_files)
            return
        text = ""
        if chosen is not None:
            match self._desk.ws.inventory.certificates.get(chosen).status:
                case Status.EXPIRED:
                    text = self.tr("It has expired: a server will refuse it.")
                case Status.NOT_YET_VALID:
                    text = self.tr("It is not yet valid: a server will refuse it.")
                case Status.REVOKED:
                    text = self.tr("It is revoked: a server that knows will refuse it.")
        self.identity_row.set_problem(text, Tone.ATTENTION)

    def _press(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self.asked.emit()
