"""The question before a profile is deleted."""

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.widgets.buttons import destroy_button
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.pki.profiles import Profile


class DeleteProfileDialog(WorkingDialog):
    """Asks; Enter keeps the profile."""

    def __init__(self, desk: Desk, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, desk.jobs, width=440, parent=parent)
        self._desk, self._id = desk, profile.id
        self.set_heading(self.tr("Delete the profile {}?").format(profile.name))
        self.body.addWidget(
            wrapped(
                self.tr("Certificates that were issued from it stay as they are. There is no undo.")
            )
        )
        self.delete_button = destroy_button(self.tr("&Delete profile"))
        self.delete_button.clicked.connect(self._delete)
        self.add_button(self.delete_button)

    def first_field(self) -> QWidget:
        """The harmless button."""
        return self.cancel_button

    def _delete(self) -> None:
        ws, profile_id = self._desk.ws, self._id

        def work(_control: TaskControl) -> None:
            ws.profiles.delete(profile_id)

        self.run(work, lambda _nothing: self._done(), title=self.tr("Deleting a profile"))

    def _done(self) -> None:
        self._desk.changes.announce()
        self.accept()
