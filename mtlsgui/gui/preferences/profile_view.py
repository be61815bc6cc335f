"""A built-in profile, to be read and copied."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.preferences.profile_words import fields
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.words import core
from mtlsgui.pki.profiles import Profile


class BuiltInProfileDialog(PanelDialog):
    """Shows what a profile says. `copy_requested` comes when it is to be copied and changed."""

    copy_requested = Signal()

    def __init__(self, desk: Desk, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme, profile.name, core(profile.description), width=520, parent=parent
        )
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=110)
        for caption, value in fields(profile):
            self.fields.add(caption, value)
        self.body.addWidget(self.fields)
        note = self.tr("This profile is built in.")
        if not profile.for_workloads:
            note = self.tr(
                "This profile is built in. Its validity, key and organisation are those of the "
                "defaults in Preferences."
            )
        self.body.addWidget(wrapped(note, "muted"))
        self.cancel_button.setText(self.tr("Close"))
        self.copy_button = primary_button(self.tr("Copy &to change…"))
        self.copy_button.clicked.connect(self._copy)
        self.add_button(self.copy_button, default=True)

    def _copy(self) -> None:
        self.accept()
        self.copy_requested.emit()
