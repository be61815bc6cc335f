"""The question before a request is deleted, and whether its key goes too."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from mtlsgui.gui.authorities.edit import UseCaseDialog
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import destroy_button
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.inventory.records import RequestState
from mtlsgui.workspace import requesting
from mtlsgui.workspace.requesting import RequestView

translate = QCoreApplication.translate


class DeleteRequestDialog(UseCaseDialog):
    """The key stays unless its destruction is asked for, and where anything else uses it."""

    def __init__(
        self, desk: Desk, access: KeyAccess, view: RequestView, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            translate("DeleteRequestDialog", "Delete the request {}?").format(
                visible(view.description.title)
            ),
            translate(
                "DeleteRequestDialog",
                "It is taken out of this workspace; the journal keeps what it was.",
            ),
            destroy_button(""),
            parent,
            default=False,
        )
        self._access, self._view = access, view
        self.with_key = QCheckBox(translate("DeleteRequestDialog", "Also destroy the &private key"))
        self._note = wrapped("", "muted")
        for part in (self.with_key, self._note):
            self.body.addWidget(part)
            part.setVisible(view.key_is_its_own)
        self.with_key.toggled.connect(lambda _checked: self._say())
        self._say()

    def first_field(self) -> QWidget:
        """The harmless button: Enter must not destroy by accident."""
        return self.cancel_button

    def apply(self) -> None:
        if self.with_key.isChecked():
            self._access.ensure(self, lambda: self._delete(with_key=True))
        else:
            self._delete(with_key=False)

    def _delete(self, *, with_key: bool) -> None:
        ws, request_id = self.desk.ws, self._view.row.id
        self.run(
            lambda: requesting.delete(ws, request_id, with_key=with_key),
            translate("DeleteRequestDialog", "Deleting a request"),
        )

    def _say(self) -> None:
        """What the button does, and what becomes of the key."""
        waiting = self._view.row.state is RequestState.OPEN
        if self.with_key.isChecked():
            text = translate("DeleteRequestDialog", "Delete request and destroy key")
            note = translate(
                "DeleteRequestDialog", "Nothing can be signed with it again. There is no undo."
            )
            if waiting:
                note = translate(
                    "DeleteRequestDialog",
                    "A certificate that comes of this request can then never be used. "
                    "There is no undo.",
                )
        else:
            text = translate("DeleteRequestDialog", "Delete request")
            note = translate(
                "DeleteRequestDialog",
                "Nothing else uses the private key. It stays where it is held.",
            )
        self._note.setText(note)
        self.accept_button.setText(text)
        self.accept_button.setAccessibleName(text)
        self.fit()
