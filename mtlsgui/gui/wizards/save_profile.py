"""Keeping what was entered in a wizard as a profile."""

from PySide6.QtWidgets import QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.wizards.subject_fields import line_field
from mtlsgui.workspace import offering
from mtlsgui.workspace.drafts import CertificateDraft


class SaveProfileDialog(PanelDialog):
    """Asks for a name."""

    def __init__(self, desk: Desk, draft: CertificateDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=420, parent=parent)
        self.set_heading(
            self.tr("Save as a profile"),
            self.tr("It keeps kind, key, validity and organisation, not the names."),
        )
        self._desk, self._draft = desk, draft
        self.name = line_field()
        self.row = FormRow(self.tr("&Name"), self.name)
        self.body.addWidget(self.row)
        self.save_button = primary_button(self.tr("&Save"))
        self.save_button.clicked.connect(self._save)
        self.add_button(self.save_button, default=True)

    def first_field(self) -> QWidget:
        return self.name

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.row.set_problem(self.tr("Give the profile a name."))
            return
        try:
            self._desk.ws.profiles.save(offering.profile_of(self._draft, name))
        except MtlsguiError as error:
            said = " ".join(part for part in (error.title, error.detail, error.remedy) if part)
            self.row.set_problem(said)
            return
        self._desk.changes.announce()
        self.accept()
