"""Dragging certificates out of the window, as PEM files and as text."""

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from mtlsgui.workspace import copies
from mtlsgui.workspace.workspace import Workspace


class DragFiles:
    """Writes what is dragged into a folder of our own, which goes when the program ends.

    The files must outlive the drag: a terminal only gets their paths.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._folder: Path | None = None

    def mime_data(self, certificate_ids: Sequence[int]) -> QMimeData:
        """The certificates as files for file managers and terminals, as text for editors.

        Raises MtlsguiError.
        """
        data = QMimeData()
        if not certificate_ids:
            return data
        files = copies.write_pem_files(self._ws, certificate_ids, self._new_folder())
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        data.setText(copies.pem_text(self._ws, certificate_ids))
        return data

    def _new_folder(self) -> Path:
        """A folder for one drag, readable by this user alone."""
        if self._folder is None or not self._folder.is_dir():
            self._folder = Path(tempfile.mkdtemp(prefix="mtlsgui-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return Path(tempfile.mkdtemp(dir=self._folder))
