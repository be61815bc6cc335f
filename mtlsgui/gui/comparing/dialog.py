"""Two certificates of the workspace compared, in a dialog."""

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.comparing.page import ComparisonPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.theme.tokens import GAP_LARGE
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.compared import compare_stored


class CompareDialog(PanelDialog):
    """Shows; changes nothing."""

    def __init__(
        self, desk: Desk, left: CertificateRow, right: CertificateRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, "", width=860, parent=parent)
        self.set_heading(self.tr("Compare two certificates"))
        self.page = ComparisonPage(desk)
        self.page.setMinimumHeight(self.scaled(520))
        inner = self.page.layout()
        if inner is not None:
            inner.setContentsMargins(0, 0, 0, 0)
        self.body.setContentsMargins(self.body.contentsMargins().left(), GAP_LARGE, GAP_LARGE, 0)
        self.body.addWidget(self.page)
        self.cancel_button.setText(self.tr("Close"))
        self.page.show_two(lambda: compare_stored(desk.ws, left.id, right.id))
