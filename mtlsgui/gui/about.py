"""What this program is, and what it runs on."""

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.card import IconLabel
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.workspace import versions

_ICON_SIDE = 64


class AboutDialog(PanelDialog):
    """Name, version, licence, and the versions that a report of a fault should name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "mtlsgui", width=500, parent=parent)
        (_, version), *others = versions.versions()
        self.set_heading(
            "mtlsgui", self.tr("A certificate manager and a workbench for mutual TLS.")
        )
        self.setWindowTitle(self.tr("About mtlsgui"))
        held = desk.ws.custody.label or self.tr("not chosen yet")
        self._report = [
            ("mtlsgui", version),
            *others,
            ("Qt", f"{qVersion()} ({QGuiApplication.platformName()})"),
            ("PySide6", PySide6.__version__),
            (self.tr("System"), versions.system()),
            (self.tr("Keys held in"), held),
        ]
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=100)
        self.fields.add(self.tr("Version"), version, strong=True)
        self.fields.add(self.tr("Licence"), versions.LICENCE)
        for name, value in self._report[1:]:
            self.fields.add(name, value)
        row = QHBoxLayout()
        row.setSpacing(GAP_PAGE)
        side = self.scaled(_ICON_SIDE)
        row.addWidget(IconLabel(desk.theme, "mtlsgui", side=side), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.fields, 1)
        self.body.addLayout(row)
        self.copy_button = CopyButton(
            self.report, desk.clipboard, what=self.tr("the versions"), link=False
        )
        self.add_button(self.copy_button, left=True)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setAccessibleName(self.tr("Close"))
        self.cancel_button.setDefault(True)

    def first_field(self) -> QWidget:
        return self.cancel_button

    def report(self) -> str:
        """The versions as text, for a report of a fault."""
        return "\n".join(f"{name}: {value}" for name, value in self._report)
