"""Copying and saving a test: as text, as SVG, as a picture. No form holds a key or a secret."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing.picture import drawn, image_of, png
from mtlsgui.gui.desk import Desk
from mtlsgui.tls.result import ProbeResult
from mtlsgui.workspace.connecting import report
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.output_files import OutputFile, save_as

_ENDINGS = ("txt", "svg", "png")


class ResultKeeping(QObject):
    """The menus "Copy" and "Save". result: gives what is shown, or None."""

    done = Signal(str)
    """What was done, in words."""

    def __init__(
        self, desk: Desk, owner: QWidget, result: Callable[[], ProbeResult | None]
    ) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._result = desk, owner, result
        self.copy_menu, self.save_menu = QMenu(owner), QMenu(owner)
        for text, act in (
            (self.tr("As &text"), self.copy_text),
            (self.tr("As a &picture"), self.copy_picture),
        ):
            self.copy_menu.addAction(text).triggered.connect(lambda _checked=False, act=act: act())
        captions = (
            self.tr("&Text…"),
            self.tr("&SVG, a drawing of any size…"),
            self.tr("&PNG, a picture…"),
        )
        for text, ending in zip(captions, _ENDINGS, strict=True):
            self.save_menu.addAction(text).triggered.connect(
                lambda _checked=False, ending=ending: self.ask(ending)
            )

    def copy_text(self) -> None:
        """The report, to the clipboard."""
        result = self._result()
        if result is not None:
            self._desk.clipboard.setText(report(result))
            self.done.emit(self.tr("Copied as text"))

    def copy_picture(self) -> None:
        """The drawing, to the clipboard."""
        result = self._result()
        if result is not None:
            self._desk.clipboard.setImage(self._image(result))
            self.done.emit(self.tr("Copied as a picture"))

    def ask(self, ending: str) -> None:
        """Ask where, then save it."""
        result = self._result()
        if result is None:
            return
        name = f"{file_stem(result.server_name or result.target)}-{result.at:%Y-%m-%d-%H%M%S}"
        dialog = QFileDialog(self._owner, self.tr("Save the test"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(f"{name}.{ending}")
        dialog.fileSelected.connect(lambda chosen: self.save(ending, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, ending: str, path: Path) -> None:
        """Write it into a file. What goes wrong is shown in the window."""
        result = self._result()
        if result is None:
            return
        try:
            save_as(OutputFile(path.name, self._data(result, ending)), path)
        except MtlsguiError as error:
            self._desk.jobs.failed.emit(error)
        else:
            self.done.emit(self.tr("Saved as {}").format(path.name))

    def _data(self, result: ProbeResult, ending: str) -> bytes:
        match ending:
            case "svg":
                return drawn(result).encode()
            case "png":
                return png(self._image(result))
            case _:
                return report(result).encode()

    def _image(self, result: ProbeResult) -> QImage:
        return image_of(drawn(result))
