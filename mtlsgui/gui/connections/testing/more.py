"""What is seldom asked of a test: what is offered, the way there, the request, limits."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.connections.testing.choices import find
from mtlsgui.gui.passphrases import PassphraseRow
from mtlsgui.gui.path_field import PathField, PathKind
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.widgets.columns import ColumnGrid
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.inputs import number_field
from mtlsgui.gui.widgets.labels import rule
from mtlsgui.tls.question import IpFamily, Limits, Offer, ProxyProtocol, StartTls
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.connections.addresses import without_password

_Kind = TypeVar("_Kind", bound=StrEnum)
_USUAL = ConnectionTest("")
_VERSIONS = ("TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")
_LONGEST_SECONDS = 300
_HEADER = "Accept: application/json"
"""An example, the same in every language."""


@dataclass(frozen=True)
class _Tab:
    """fields: of `ConnectionTest` that are asked here."""

    id: str
    text: str
    fields: tuple[str, ...]


class MoreQuestions(QWidget):
    """Four small groups behind "More". `changed` comes with each edit."""

    changed = Signal()
    submitted = Signal()
    """Enter was pressed in a field."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FormRow] = {}
        """By the field of `ConnectionTest` or `Offer` that each fills."""
        self._base = _USUAL
        self._showing = True
        self.bar = QTabBar()
        self.bar.setProperty("role", "underline")
        self.bar.setAccessibleName(self.tr("More questions"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self._tabs = (
            _Tab("tls", self.tr("TLS"), ("server_name", "offer")),
            _Tab("way", self.tr("Way there"), ("starttls", "proxy", "proxy_protocol", "family")),
            _Tab(
                "request",
                self.tr("Request"),
                ("send_request", "http_method", "http_path", "http_headers"),
            ),
            _Tab(
                "limits",
                self.tr("Limits and revocation"),
                ("crl_files", "limits", "try_without"),
            ),
        )
        pages = {
            "tls": self._tls(),
            "way": self._way(),
            "request": self._request(),
            "limits": self._limits(),
        }
        # No stack of pages: that would be as high as its highest.
        self._pages = [ColumnGrid(theme, pages[tab.id]) for tab in self._tabs]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(rule())
        for tab, page in zip(self._tabs, self._pages, strict=True):
            column.addWidget(page)
            self.bar.addTab(tab.text)
        self.bar.currentChanged.connect(self._show_page)
        self._show_page(0)
        self._showing = False
        self._changed()

    # -- what is asked

    def fill(self, test: ConnectionTest) -> ConnectionTest:
        """The test with what is asked here."""
        return replace(
            test,
            server_name=self.server_name.text().strip(),
            offer=Offer(
                versions=self._versions[self.version.currentIndex()],
                ciphers=self.ciphers.text().strip(),
                suites=_words(self.suites.text()),
                groups=_words(self.groups.text()),
                signature_algorithms=_words(self.signatures.text()),
                alpn=_words(self.alpn.text()),
            ),
            starttls=_one_of(StartTls, self.starttls),
            proxy=self.proxy.text().strip(),
            proxy_protocol=_one_of(ProxyProtocol, self.proxy_protocol),
            family=_one_of(IpFamily, self.family) or IpFamily.ANY,
            send_request=self.send_request.isChecked(),
            http_method=self.method.currentText().strip().upper() or "GET",
            http_path=self.path.text().strip(),
            http_headers=_headers(self.headers.toPlainText()),
            crl_files=_paths(self.crl.edit.text()),
            limits=Limits(
                _limit(self.connect_limit, self._base.limits.connect),
                _limit(self.handshake_limit, self._base.limits.handshake),
                _limit(self.answer_limit, self._base.limits.answer),
                self._base.limits.quiet,
            ),
            try_without=self.try_without.isChecked(),
        )

    @property
    def proxy_password(self) -> str:
        return self.password_row.edit.text()

    def tidy(self) -> None:
        """Move a password that was pasted with the proxy to where it is not shown, nor kept."""
        proxy, password = without_password(self.proxy.text())
        if password:
            self.proxy.setText(proxy)
            self.password_row.edit.setText(password)

    def load(self, test: ConnectionTest) -> None:
        """Show what a test asks."""
        self._base, self._showing = test, True
        if test.proxy != self.proxy.text():
            self.password_row.edit.clear()  # it is another proxy's
        offer = test.offer
        self.server_name.setText(test.server_name)
        if offer.versions not in self._versions:
            self._add_versions(", ".join(offer.versions), offer.versions)
        self.version.setCurrentIndex(self._versions.index(offer.versions))
        for field, text in (
            (self.ciphers, offer.ciphers),
            (self.suites, ", ".join(offer.suites)),
            (self.groups, ", ".join(offer.groups)),
            (self.signatures, ", ".join(offer.signature_algorithms)),
            (self.alpn, ", ".join(offer.alpn)),
            (self.proxy, test.proxy),
            (self.path, test.http_path),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        for combo, value in (
            (self.starttls, test.starttls),
            (self.proxy_protocol, test.proxy_protocol),
            (self.family, test.family),
        ):
            combo.setCurrentIndex(max(find(combo, value), 0))
        self.send_request.setChecked(test.send_request)
        self.method.setCurrentText(test.http_method)
        self.headers.setPlainText("\n".join(f"{name}: {text}" for name, text in test.http_headers))
        self.crl.edit.setText("; ".join(map(str, test.crl_files)))
        self.connect_limit.setValue(round(test.limits.connect))
        self.handshake_limit.setValue(round(test.limits.handshake))
        self.answer_limit.setValue(round(test.limits.answer))
        self.try_without.setChecked(test.try_without)
        self._showing = False
        self._changed()

    @property
    def count(self) -> int:
        """How many questions have another answer than usual."""
        test = self.fill(_USUAL)
        names = [name for tab in self._tabs for name in tab.fields]
        return sum(getattr(test, name) != getattr(_USUAL, name) for name in names)

    def problems(self) -> dict[str, str]:
        """What is wrong with what was typed, by field of `ConnectionTest`; said there too."""
        found = {}
        for line in self.headers.toPlainText().splitlines():
            name, colon, _ = line.partition(":")
            if line.strip() and (not colon or not name.strip() or " " in name.strip()):
                found["http_headers"] = self.tr("“{}” is not “Name: value”.").format(line.strip())
        for field, row in self.rows.items():
            row.set_problem(found.get(field, ""))
        if found:
            self.show_problem(*next(iter(found.items())))
        return found

    def show_problem(self, field: str, text: str) -> bool:
        """Say at a field what is wrong; whether it is one of these."""
        row = self.rows.get(field)
        if row is None:
            return False
        tabs = (number for number, tab in enumerate(self._tabs) if field in tab.fields)
        self.bar.setCurrentIndex(next(tabs))
        row.set_problem(text)
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- building

    def _tls(self) -> list[QWidget]:
        self.server_name = self._line(self.tr("as the server's address"))
        self.version = self._combo()
        self._versions: list[tuple[str, ...]] = []
        self._add_versions(self.tr("1.2 or 1.3"), ())
        for version in reversed(_VERSIONS):
            self._add_versions(self.tr("{} only").format(version), (version,))
        self._add_versions(self.tr("any, from 1.0 on"), _VERSIONS)
        self.alpn = self._line("h2, http/1.1")
        self.ciphers = self._line("ECDHE-RSA-AES128-GCM-SHA256")
        self.suites = self._line("TLS_AES_256_GCM_SHA384")
        self.groups = self._line("X25519MLKEM768, P-256")
        self.signatures = self._line("ecdsa_secp256r1_sha256")
        return [
            self._row("server_name", self.tr("&Name sent and checked"), self.server_name),
            self._row("offer", self.tr("TLS &version"), self.version),
            FormRow(self.tr("Protocols offered (ALPN)"), self.alpn),
            FormRow(self.tr("Groups"), self.groups),
            FormRow(self.tr("Ciphers of TLS 1.3"), self.suites),
            FormRow(self.tr("Ciphers of TLS 1.2"), self.ciphers),
            FormRow(self.tr("Signature algorithms"), self.signatures),
        ]

    def _way(self) -> list[QWidget]:
        self.starttls = self._combo()
        self.starttls.addItem(self.tr("as the address says"), None)
        for kind in StartTls:
            self.starttls.addItem(kind.label, kind)
        self.proxy = self._line("socks5://user@host:1080")
        self.password_row = PassphraseRow(self.tr("Proxy's pass&word"), self.tr("It is not kept."))
        self.password_row.edit.setAcceptDrops(False)
        self.password_row.edit.textEdited.connect(lambda _text: self._changed())
        self.proxy_protocol = self._combo()
        self.proxy_protocol.addItem(self.tr("none"), None)
        for version in ProxyProtocol:
            self.proxy_protocol.addItem(self.tr("Version {}").format(version[1:]), version)
        self.family = self._combo()
        for text, family in (
            (self.tr("IPv4 or IPv6"), IpFamily.ANY),
            (self.tr("IPv4 only"), IpFamily.IPV4),
            (self.tr("IPv6 only"), IpFamily.IPV6),
        ):
            self.family.addItem(text, family)
        return [
            self._row("starttls", self.tr("Go over from plain text (STARTTLS)"), self.starttls),
            self._row("proxy", self.tr("Pro&xy"), self.proxy),
            self.password_row,
            self._row("proxy_protocol", self.tr("PROXY protocol"), self.proxy_protocol),
            self._row("family", self.tr("&Addresses"), self.family),
        ]

    def _request(self) -> list[QWidget]:
        self.send_request = self._check(self.tr("As&k inside TLS, too"))
        self.method = self._combo()
        self.method.setEditable(True)
        self.method.addItems(["GET", "HEAD", "OPTIONS", "POST"])
        self.method.editTextChanged.connect(lambda _text: self._changed())
        self.path = self._line("/")
        self.headers = QPlainTextEdit()
        self.headers.setPlaceholderText(_HEADER)
        self.headers.setAcceptDrops(False)
        self.headers.setTabChangesFocus(True)
        self.headers.setFixedHeight(self.headers.fontMetrics().lineSpacing() * 3 + 14)
        self.headers.textChanged.connect(self._changed)
        hint = self.tr("One a line. Those that log in are not kept.")
        request = FormRow(
            self.tr("Request"), self.send_request, self.tr("By HTTP, or as the port speaks.")
        )
        self.rows["send_request"] = request
        return [
            request,
            self._row("http_method", self.tr("Meth&od"), self.method),
            self._row("http_path", self.tr("Path"), self.path),
            self._row("http_headers", self.tr("&Headers"), self.headers, hint),
        ]

    def _limits(self) -> list[QWidget]:
        self.crl = PathField(PathKind.OPEN_FILE, self.tr("Choose a revocation list"))
        self.crl.edit.setAcceptDrops(False)
        self.crl.changed.connect(self._changed)
        usual = _USUAL.limits
        self.connect_limit = self._seconds(usual.connect)
        self.handshake_limit = self._seconds(usual.handshake)
        self.answer_limit = self._seconds(usual.answer)
        self.try_without = self._check(self.tr("Try once more without it"))
        without = FormRow(
            self.tr("Your certificate"), self.try_without, self.tr("Shows whether it is needed.")
        )
        self.rows["try_without"] = without
        return [
            self._row("limits", self.tr("Connect within"), self.connect_limit),
            FormRow(self.tr("Handshake within"), self.handshake_limit),
            FormRow(self.tr("Answer within"), self.answer_limit),
            without,
            self._row("crl_files", self.tr("Revocation list (CRL)"), self.crl),
        ]

    def _add_versions(self, text: str, versions: tuple[str, ...]) -> None:
        self._versions.append(versions)
        self.version.addItem(text)

    def _row(self, field: str, text: str, editor: QWidget, hint: str = "") -> FormRow:
        row = self.rows[field] = FormRow(text, editor, hint)
        return row

    def _line(self, example: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(example)
        made.setAcceptDrops(False)  # files dropped here are for the window
        made.textEdited.connect(lambda _text: self._changed())
        made.returnPressed.connect(self.submitted)
        return made

    def _combo(self) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        made.currentIndexChanged.connect(lambda _index: self._changed())
        return made

    def _check(self, text: str) -> QCheckBox:
        made = QCheckBox(text)
        made.setChecked(True)
        made.toggled.connect(lambda _on: self._changed())
        return made

    def _seconds(self, value: float) -> QSpinBox:
        made = number_field(1, _LONGEST_SECONDS, round(value), self.tr(" s"))
        made.valueChanged.connect(lambda _value: self._changed())
        return made

    def _show_page(self, number: int) -> None:
        for at, page in enumerate(self._pages):
            page.setVisible(at == number)

    def _changed(self) -> None:
        if self._showing:
            return
        self.password_row.setEnabled("@" in self.proxy.text())
        self.method.setEnabled(self.send_request.isChecked())
        self.path.setEnabled(self.send_request.isChecked())
        self.headers.setEnabled(self.send_request.isChecked())
        self._mark_tabs()
        self.changed.emit()

    def _mark_tabs(self) -> None:
        """A dot after the groups that ask something unusual."""
        test = self.fill(_USUAL)
        for number, tab in enumerate(self._tabs):
            unusual = any(getattr(test, name) != getattr(_USUAL, name) for name in tab.fields)
            self.bar.setTabText(number, f"{tab.text} •" if unusual else tab.text)


def _limit(field: QSpinBox, before: float) -> float:
    """Whole seconds, but parts of one that came with the test stay until they are changed."""
    return before if max(round(before), 1) == field.value() else float(field.value())


def _words(text: str) -> tuple[str, ...]:
    """What is between commas, colons or spaces."""
    return tuple(text.replace(",", " ").replace(":", " ").split())


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(each.strip()).expanduser() for each in text.split(";") if each.strip())


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found.append((name.strip(), value.strip()))
    return tuple(found)


def _one_of(kind: type[_Kind], combo: QComboBox) -> _Kind | None:
    """The combo's choice. Qt may hand an enumeration's member back as plain text."""
    data = combo.currentData()
    return kind(data) if data else None
