"""Choosing what is presented and what is trusted: from the inventory, or from files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.drop import read_offer
from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.workspace import connecting
from mtlsgui.workspace.connecting import TrustKind

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Presented:
    """A certificate of the inventory, one in files, or none."""

    certificate_id: int | None = None
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Trusted:
    """As `ConnectionTest` has it."""

    kind: TrustKind = TrustKind.ALL
    authority_id: int | None = None
    files: tuple[Path, ...] = ()
    certificates: tuple[bytes, ...] = ()


class _FromFiles:
    """The entry that opens the system's dialog; it is never what is chosen."""


_FROM_FILES = _FromFiles()


class ChoiceField(QComboBox):
    """A list of what there is, and "From files…"; files can be dropped on it too.

    `changed` comes when another thing is chosen, whoever chose.
    """

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._last = 0
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.currentIndexChanged.connect(self._chosen)

    def take_files(self, files: Sequence[Path]) -> None:
        """Choose what is in these files."""
        raise NotImplementedError

    def choose(self, data: object, text: str) -> None:
        """Choose an entry; one that is not there is put before "From files…" under `text`."""
        at = find(self, data)
        if at < 0:
            at = max(find(self, _FROM_FILES), 0)
            self.insertItem(at, text, data)
        self.setCurrentIndex(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt does, but a text that is too long is not just cut off."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(kind, option, field, self).width() - 2
        middle = Qt.TextElideMode.ElideMiddle
        option.currentText = self.fontMetrics().elidedText(self.currentText(), middle, room)
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if read_offer(event.mimeData()).files:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_files(read_offer(event.mimeData()).files)
        event.acceptProposedAction()

    def add_from_files(self) -> None:
        """Put "From files…" at the end."""
        self.insertSeparator(self.count())
        self.addItem(translate("Connections", "From files…"), _FROM_FILES)

    def _chosen(self, index: int) -> None:
        if index < 0:
            return
        if self.itemData(index) is not _FROM_FILES:
            self._last = index
            self.setToolTip(plain_tip(self.itemText(index)))
            self.changed.emit()
            return
        self.setCurrentIndex(min(self._last, self.count() - 1))
        paths, _ = QFileDialog.getOpenFileNames(self, self._title)
        if paths:
            self.take_files([Path(path) for path in paths])


class IdentityField(ChoiceField):
    """What the client presents."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(translate("Connections", "Choose a certificate with its key"))
        self._desk = desk

    @property
    def presented(self) -> Presented:
        data = self.currentData()
        return data if isinstance(data, Presented) else Presented()

    def take_files(self, files: Sequence[Path]) -> None:
        if files:
            self.choose(Presented(files=tuple(files)), _file_names(files))

    def present(self, certificate_id: int) -> None:
        """Choose a certificate; one that is not offered usually is added for this time."""
        try:
            row = self._desk.ws.inventory.certificates.get(certificate_id)
        except InventoryNotFound:
            return
        self.choose(Presented(row.id), wording.identity_text(row, self._desk.ws.clock()))

    def show_presented(self, presented: Presented) -> None:
        """Choose what a test presents."""
        if presented.certificate_id is not None:
            self.present(presented.certificate_id)
        elif presented.files:
            self.take_files(presented.files)
        else:
            self.setCurrentIndex(0)

    def refresh(self) -> None:
        """Renew the list, keeping what is chosen."""
        chosen, now = self.presented, self._desk.ws.clock()
        self.blockSignals(True)
        self.clear()
        self.addItem(translate("Connections", "None"), Presented())
        for row in connecting.identities(self._desk.ws):
            self.addItem(wording.identity_text(row, now), Presented(row.id))
        self.add_from_files()
        self.show_presented(chosen)
        self._last = self.currentIndex()
        self.blockSignals(False)


class TrustField(ChoiceField):
    """Which CAs the client trusts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(translate("Connections", "Choose files with CA certificates"))
        self._desk = desk

    @property
    def trusted(self) -> Trusted:
        data = self.currentData()
        return data if isinstance(data, Trusted) else Trusted()

    def take_files(self, files: Sequence[Path]) -> None:
        if files:
            self.choose(Trusted(TrustKind.FILES, files=tuple(files)), _file_names(files))

    def show_trusted(self, trusted: Trusted) -> None:
        """Choose what a test trusts."""
        usual = Trusted(trusted.kind, trusted.authority_id, trusted.files)
        text = self._text(usual)
        if trusted.certificates:
            more = translate("Connections", "{}, and what the server sent")
            self.choose(trusted, more.format(text))
        else:
            self.choose(trusted, text)

    def refresh(self) -> None:
        """Renew the list, keeping what is chosen."""
        chosen = self.trusted
        self.blockSignals(True)
        self.clear()
        for kind in (TrustKind.ALL, TrustKind.OWN, TrustKind.SYSTEM):
            self.addItem(self._text(Trusted(kind)), Trusted(kind))
        rows = connecting.authorities(self._desk.ws)
        if rows:
            self.insertSeparator(self.count())
        for row in rows:
            self.addItem(row.name, Trusted(TrustKind.ONE, row.id))
        self.add_from_files()
        if chosen.kind is not TrustKind.ONE or any(row.id == chosen.authority_id for row in rows):
            self.show_trusted(chosen)
        self._last = self.currentIndex()
        self.blockSignals(False)

    def _text(self, trusted: Trusted) -> str:
        match trusted.kind:
            case TrustKind.ALL:
                return translate("Connections", "Your roots and the system's")
            case TrustKind.OWN:
                return translate("Connections", "Your roots only")
            case TrustKind.SYSTEM:
                return translate("Connections", "The system's roots only")
            case TrustKind.FILES:
                return _file_names(trusted.files)
            case TrustKind.ONE:
                at = find(self, trusted)
                return self.itemText(at) if at >= 0 else translate("Connections", "One CA")


def find(combo: QComboBox, data: object) -> int:
    """QComboBox.findData compares Python objects by identity; this by value."""
    return next((at for at in range(combo.count()) if combo.itemData(at) == data), -1)


def _file_names(files: Sequence[Path]) -> str:
    return ", ".join(path.name for path in files)
