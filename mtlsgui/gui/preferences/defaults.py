"""The section for what is offered when something is made."""

from PySide6.QtWidgets import QComboBox, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.preferences.section import SettingsSection, key_options, show_value
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.wizards.subject_fields import line_field
from mtlsgui.gui.wizards.validity_field import ValidityField
from mtlsgui.gui.words import core
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace.preferences import Preferences


class DefaultsSection(SettingsSection):
    """Organisation, validity and key of authorities and certificates."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_title(
            self.tr("Defaults"), self.tr("Offered when something is made, and changed there.")
        )
        self.organization = line_field()
        self.organization.editingFinished.connect(self._organization_typed)
        self.organization_row = self.row(
            "organization", self.tr("Or&ganisation"), self.organization
        )
        self.body.addWidget(self.organization_row)
        self.validities: dict[str, ValidityField] = {}
        self.keys: dict[str, QComboBox] = {}
        self.add_beside(
            self._validity_row("root_days", self.tr("Root vali&d for")),
            self._validity_row("intermediate_days", self.tr("I&ntermediate valid for")),
        )
        self.add_beside(self._key_row("authority_key", self.tr("Key for a&uthorities")), QWidget())
        self.add_beside(
            self._validity_row("leaf_days", self.tr("C&ertificate valid for")),
            self._key_row("leaf_key", self.tr("Ke&y for certificates")),
        )

    def load(self, preferences: Preferences) -> None:
        if not self.organization.isModified():
            self.organization.setText(preferences.organization)
        for field, editor in self.validities.items():
            editor.set_days(getattr(preferences, field))
        for field, combo in self.keys.items():
            algorithm: KeyAlgorithm = getattr(preferences, field)
            show_value(combo, algorithm.value)
            self.rows[field].set_hint(core(algorithm.advice))

    def commit(self) -> None:
        self._organization_typed()
        for editor in self.validities.values():
            editor.number.interpretText()

    def _validity_row(self, field: str, text: str) -> FormRow:
        self.validities[field] = self.validity(field, text)
        return self.row(field, text, self.validities[field])

    def _key_row(self, field: str, text: str) -> FormRow:
        self.keys[field] = self.choice(field, key_options())
        return self.row(field, text, self.keys[field])

    def _organization_typed(self) -> None:
        if self.organization.isModified():
            self.changed.emit("organization", self.organization.text().strip())
