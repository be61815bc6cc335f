"""A field for a file or folder: typed, pasted, dropped or chosen in the system's dialog."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.buttons import plain_button


class PathKind(Enum):
    """What is chosen."""

    FOLDER = auto()
    OPEN_FILE = auto()
    SAVE_FILE = auto()


class PathField(QWidget):
    """A path with a button "Browse…".

    title: of the system's dialog. file_filter: as QFileDialog takes it. The system's question
    before overwriting is left out: whoever writes asks.
    """

    changed = Signal()

    def __init__(
        self, kind: PathKind, title: str, *, file_filter: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind, self._title, self._filter = kind, title, file_filter
        self.edit = QLineEdit()
        self.edit.setAccessibleName(title)
        self.button = plain_button(self.tr("&Browse…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        self.button.clicked.connect(self._browse)

    @property
    def path(self) -> Path | None:
        """What was given; None for nothing. "~" is the home folder."""
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Show this path."""
        self.edit.setText(QDir.toNativeSeparators(str(path)))

    def _browse(self) -> None:
        start = str(self.path or Path.home())
        match self._kind:
            case PathKind.FOLDER:
                chosen = QFileDialog.getExistingDirectory(self, self._title, start)
            case PathKind.OPEN_FILE:
                chosen, _ = QFileDialog.getOpenFileName(self, self._title, start, self._filter)
            case PathKind.SAVE_FILE:
                chosen, _ = QFileDialog.getSaveFileName(
                    self,
                    self._title,
                    start,
                    self._filter,
                    options=QFileDialog.Option.DontConfirmOverwrite,
                )
        if chosen:
            self.set_path(Path(chosen))
            self.edit.setFocus()
