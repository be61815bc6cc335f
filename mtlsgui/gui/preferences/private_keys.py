"""The section on where private keys are held, and what can be done about that."""

from typing import Any

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.offered import ActionSet
from mtlsgui.gui.inspector.summary import ActionButtons
from mtlsgui.gui.preferences.section import Section
from mtlsgui.gui.widgets.labels import wrapped

_KEYS = ("vault.move", "vault.passphrase", "vault.lock")
_WORKSPACE = ("workspace.back_up", "workspace.restore")


class PrivateKeysSection(Section):
    """Says where keys are held; the actions are the window's own."""

    def __init__(
        self, desk: Desk, registry: ActionRegistry[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.set_title(self.tr("Private keys"))
        self.place = wrapped("")
        self.how = wrapped("", "muted")
        self.keys = ActionButtons(registry, ActionSet(others=_KEYS))
        self.workspace = ActionButtons(registry, ActionSet(others=_WORKSPACE))
        for part in (self.place, self.how, self.keys, self.workspace):
            self.body.addWidget(part)

    def refresh(self) -> None:
        """Look again where they are held."""
        custody = self._desk.ws.custody
        if custody.kind is None:
            self.place.setText(self.tr("Where they are held is chosen when the first key is made."))
            self.how.setText(
                self.tr("In this computer's keyring, or in a passphrase-protected file.")
            )
            return
        self.place.setText(self.tr("They are held in {}.").format(custody.label))
        self.how.setText(
            self.tr(
                "Each authority's key has an entry of its own there. All others are encrypted in "
                "the workspace, under a key that is held there too."
            )
        )
