"""The page "Tools": looks into files, or converts them; both work on the same drop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.page import DroppedPage

if TYPE_CHECKING:
    from mtlsgui.gui.converting.page import ConvertPage


class ToolsPage(QStackedWidget):
    """Two pages over one drop. The converter is built when it is first wanted."""

    import_requested = Signal(object)
    """The Inspection whose items shall be kept."""
    sign_requested = Signal(bytes)
    """The DER of a certificate signing request."""
    certificate_chosen = Signal(int)
    """The id of a certificate of the workspace that shall be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._converter: ConvertPage | None = None
        self.dropped = DroppedPage(desk)
        self.dropped.import_requested.connect(self.import_requested)
        self.dropped.sign_requested.connect(self.sign_requested)
        self.dropped.certificate_chosen.connect(self.certificate_chosen)
        self.dropped.convert_requested.connect(lambda _inspection: self.convert())
        self.dropped.contents_changed.connect(self._renew_converter)
        self.addWidget(self.dropped)
        self.setFocusProxy(self.dropped)

    @property
    def converter(self) -> ConvertPage:
        """The page that converts."""
        if self._converter is None:
            from mtlsgui.gui.converting.page import ConvertPage

            self._converter = ConvertPage(self._desk)
            self._converter.back_requested.connect(self.look)
            self._converter.unlock_requested.connect(self._unlock)
            self._converter.open_requested.connect(self.dropped.choose_files)
            self.addWidget(self._converter)
        return self._converter

    def show_files(self, paths: Sequence[Path]) -> None:
        """Read these files, and show what is in them, or what can be made of them."""
        self.dropped.show_files(paths)

    def show_text(self, text: str) -> None:
        """The same with a text that was pasted."""
        self.dropped.show_text(text)

    def look(self) -> None:
        """Show what is in the files."""
        self._show(self.dropped)

    def convert(self) -> None:
        """Show what can be made of the files."""
        self.converter.show_contents(self.dropped.contents)
        self._show(self.converter)

    def forget(self) -> None:
        """Show nothing, and keep nothing of the files in memory."""
        self.dropped.forget()
        self.look()

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    def _unlock(self) -> None:
        self.look()
        self.dropped.unlocking.row.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _renew_converter(self) -> None:
        if self._converter is not None:
            self._converter.show_contents(self.dropped.contents)
