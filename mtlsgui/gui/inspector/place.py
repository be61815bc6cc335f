"""The place of the inspector, which is built when there is first something to inspect.

The inspector and all that it reads take a tenth of the time in which the window starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.offered import InspectorActions
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.labels import wrapped

if TYPE_CHECKING:
    from mtlsgui.gui.inspector.inspector import CertificateInspector


class InspectorPlace(QStackedWidget):
    """A hint, then the inspector."""

    certificate_chosen = Signal(int)
    """The id of a certificate that was clicked in the inspector."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        actions: InspectorActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._registry, self._actions = desk, registry, actions
        self._inspector: CertificateInspector | None = None
        hint = wrapped(self.tr("Select a certificate to see what it says."), "muted")
        hint.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.addWidget(hint)

    def show_several(self, certificate_ids: Sequence[int]) -> None:
        """Show certificates; nothing is built for none."""
        if self._inspector is None:
            if not certificate_ids:
                return
            from mtlsgui.gui.inspector.inspector import CertificateInspector

            self._inspector = CertificateInspector(self._desk, self._registry, self._actions, self)
            self._inspector.certificate_chosen.connect(self.certificate_chosen)
            self.addWidget(self._inspector)
            self.setCurrentWidget(self._inspector)
            self.setFocusProxy(self._inspector)
        self._inspector.show_several(certificate_ids)
