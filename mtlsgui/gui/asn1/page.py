"""The tab "ASN.1": the tree, and below it the bytes of the value selected."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.asn1.hexdump import BYTES_SHOWN, dump
from mtlsgui.gui.asn1.model import Asn1Model, Row
from mtlsgui.gui.asn1.tree import Asn1Tree
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button
from mtlsgui.gui.widgets.card import ButtonFlow
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.pki.asn1 import Tree, tree
from mtlsgui.workspace.output_files import OutputFile, save_as

_SPLITTER_KEY = "splitters/asn1"
_AT_ONCE = 64 * 1024
"""Bytes; what is larger is taken apart in a worker thread."""


class Asn1Page(QWidget):
    """Shows one encoding. Nothing is done before it is told to show something."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._encoding = b""
        self._name = ""
        theme = desk.theme
        self.model = Asn1Model(self)
        self.tree = Asn1Tree(theme, self.model)
        self.tree.selectionModel().currentChanged.connect(self._show_value)
        self.what = ValueText("", theme.font(strong=True))
        self.value = ValueText("")
        self.place = wrapped("", "muted")
        self.bytes = QPlainTextEdit()
        self.bytes.setReadOnly(True)
        self.bytes.setAcceptDrops(False)  # files dropped here are for the window
        self.bytes.setFont(theme.monospace())
        self.bytes.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.bytes.setTabChangesFocus(True)
        self.bytes.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.bytes.setAccessibleName(self.tr("Bytes of the value"))
        self.copy_button = CopyButton(
            lambda: self._row.node.encoded.hex() if self._row is not None else "",
            desk.clipboard,
            what=self.tr("the bytes as hex"),
            caption=self.tr("Copy as hex"),
            link=False,
        )
        self.save_button = plain_button(self.tr("Save as DER…"))
        self.save_button.clicked.connect(lambda _checked=False: self._ask_where())

        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, GAP)
        column.setSpacing(GAP_SMALL // 2)
        for part in (self.what, self.value, self.place):
            column.addWidget(part)
        column.addSpacing(GAP_SMALL // 2)
        column.addWidget(self.bytes, 1)
        column.addSpacing(GAP_SMALL // 2)
        column.addWidget(ButtonFlow(self.copy_button, self.save_button))
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        above = QWidget()
        beside = QVBoxLayout(above)
        beside.setContentsMargins(GAP, 0, 0, 0)
        beside.addWidget(self.tree)
        self._splitter.addWidget(above)
        self._splitter.addWidget(below)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        saved = desk.settings.value(_SPLITTER_KEY)
        if not (isinstance(saved, QByteArray) and self._splitter.restoreState(saved)):
            self._splitter.setSizes([360, 240])
        self._splitter.splitterMoved.connect(
            lambda *_: desk.settings.setValue(_SPLITTER_KEY, self._splitter.saveState())
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._splitter)
        self.setFocusProxy(self.tree)
        self._show_value()

    def show_encoding(self, encoding: bytes, name: str = "") -> None:
        """Show this; `name` is what a file with a part of it is called after."""
        self._name = name
        if encoding == self._encoding:
            return
        self._encoding = encoding
        self.model.show_tree(None)
        self._show_value()
        if len(encoding) <= _AT_ONCE:
            self._show_tree(tree(encoding))
            return
        self._desk.jobs.run_task(
            lambda _control: tree(encoding),
            lambda made: self._show_tree(made) if encoding is self._encoding else None,
            title=self.tr("Taking ASN.1 apart"),
            owner=self,
        )

    def save(self, path: Path) -> None:
        """Write the value selected into a file. What goes wrong is shown in the window."""
        row = self._row
        if row is None:
            return
        try:
            save_as(OutputFile(path.name, row.node.encoded), path)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)

    @property
    def _row(self) -> Row | None:
        return self.model.row(self.tree.currentIndex())

    def _show_tree(self, made: Tree) -> None:
        self.model.show_tree(made)
        self.tree.open_first()

    def _show_value(self, *_indexes: QModelIndex) -> None:
        row = self._row
        for button in (self.copy_button, self.save_button):
            button.setEnabled(row is not None)
        if row is None:
            for part in (self.what, self.value, self.place):
                part.setText("")
            self.bytes.clear()
            return
        node = row.node
        self.what.setText(" · ".join(part for part in (node.label, row.type) if part) or row.what)
        self.value.setText(row.value)
        self.value.setVisible(bool(row.value))
        place = self.tr("At byte {start}: {header} + {length} bytes").format(
            start=f"{node.start:,}", header=f"{node.header_length:,}", length=f"{node.length:,}"
        )
        if node.indefinite:
            place += ", " + self.tr("of indefinite length")
        self.place.setText(visible(place))
        self._show_bytes(row)

    def _show_bytes(self, row: Row) -> None:
        node = row.node
        width = self._bytes_a_line()
        lines = [
            dump(node.data[node.start : min(node.end, node.start + BYTES_SHOWN)], node.start, width)
        ]
        more = node.end - node.start - BYTES_SHOWN
        if more > 0:
            lines.append(self.tr("… and {} bytes more").format(f"{more:,}"))
        self.bytes.setPlainText("\n".join(lines))

    def _bytes_a_line(self) -> int:
        room = self.bytes.viewport().width() / max(
            1, self.bytes.fontMetrics().horizontalAdvance("0")
        )
        return 16 if room >= 16 * 4 + 12 else 8

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row = self._row
        if row is not None:
            self._show_bytes(row)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as DER"), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        row = self._row
        at = row.node.start if row is not None else 0
        dialog.selectFile(f"{self._name or 'value'}-{at}.der")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.open()
