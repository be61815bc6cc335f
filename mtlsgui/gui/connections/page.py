"""The page "Connections": its tabs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.tabs import UnderlineTabs
from mtlsgui.workspace.connecting import ConnectionTest


class ConnectionsPage(UnderlineTabs):
    """The connection test, and what belongs to it; each tab is built when it is first shown."""

    certificate_opened = Signal(bytes)
    """The DER of a certificate that the other side showed."""
    new_server_requested = Signal()
    """There is no certificate that a test server could present."""

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.bar.setAccessibleName(self.tr("Connections"))
        self.testing = TestPage(desk, access)
        self.testing.findings.certificate_opened.connect(self.certificate_opened)
        self._desk, self._access = desk, access
        self.add_tab("test", self.tr("Test"), lambda: self.testing)
        self.add_tab("scanning", self.tr("Many at once"), self._make_scanning)
        self.add_tab("serving", self.tr("Test server"), self._make_serving)
        self.setFocusProxy(self.testing)

    def show_target(self, identity_id: int | None = None, host: str = "") -> None:
        """Fill a certificate to present and a server into the test; the person presses Test."""
        self.show_tab("test")
        self.testing.show_target(identity_id, host)

    def _show_test(self, test: ConnectionTest) -> None:
        self.show_tab("test")
        self.testing.show_test(test)

    def _make_scanning(self) -> QWidget:
        from mtlsgui.gui.connections.scanning.page import ScanningPage

        page = ScanningPage(self._desk, self._access)
        page.test_chosen.connect(self._show_test)
        return page

    def _make_serving(self) -> QWidget:
        from mtlsgui.gui.connections.serving.page import ServingPage

        page = ServingPage(self._desk, self._access)
        page.certificate_opened.connect(self.certificate_opened)
        page.new_server_requested.connect(self.new_server_requested)
        return page
