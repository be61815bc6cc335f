"""The bar under the list: one passphrase, tried on everything that was dropped."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.passphrases import PassphraseRow
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.labels import rule

translate = QCoreApplication.translate


class UnlockBar(QFrame):
    """Asks; what is typed stays here until `take` or `clear`."""

    wanted = Signal()
    """The passphrase typed shall be tried."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = PassphraseRow(
            translate("Dropped", "&Passphrase of what is locked"),
            translate("Dropped", "It is tried on everything here."),
        )
        self.row.edit.setAcceptDrops(False)  # files dropped here are for the window
        self.row.edit.returnPressed.connect(self.wanted)
        self.button = plain_button(translate("Dropped", "Unlock"))
        self.button.clicked.connect(lambda _checked=False: self.wanted.emit())
        self.row.put_beside(self.button)
        self.keep = QCheckBox(translate("Dropped", "&Keep it until the window closes"))
        self.keep.setToolTip(
            translate(
                "Dropped",
                "It stays in memory until the window closes or the keys are locked, "
                "and is tried on what is dropped later.",
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(18, GAP_LARGE, GAP_LARGE, GAP_LARGE)
        inner.setSpacing(GAP_SMALL)
        inner.addWidget(self.row)
        line = QHBoxLayout()
        line.addWidget(self.keep)
        line.addStretch()
        inner.addLayout(line)
        column.addLayout(inner)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.row.edit.text()

    def clear(self) -> None:
        """Forget what was typed and said."""
        self.row.edit.clear()
        self.row.advise("")
