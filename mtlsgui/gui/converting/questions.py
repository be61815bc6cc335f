"""What is asked before files are replaced."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.widgets.buttons import danger_button

_MOST_NAMED = 5


class ReplaceQuestion(PanelDialog):
    """Asks before files are replaced, and names them."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=440, parent=parent)
        named = ", ".join(path.name for path in paths[:_MOST_NAMED])
        if len(paths) > _MOST_NAMED:
            named = self.tr("{} and {} more").format(named, len(paths) - _MOST_NAMED)
        self.set_heading(
            self.tr("Replace a file?")
            if len(paths) == 1
            else self.tr("Replace {} files?").format(len(paths)),
            self.tr("In {} there are already: {}.").format(paths[0].parent, named),
        )
        self.yes_button = danger_button(self.tr("&Replace"))
        self.yes_button.clicked.connect(self.accept)
        self.cancel_button.setDefault(True)
        self.add_button(self.yes_button)

    def first_field(self) -> QWidget:
        return self.cancel_button
