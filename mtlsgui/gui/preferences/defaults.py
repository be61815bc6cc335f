"""The section for what is offered when something is made."""

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.preferences.section import SettingsSection, key_options, show_value
from mtlsgui.gui.wizards.subject_fields import line_field
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace.preferences import Preferences

_KEYS = ("authority_key", "leaf_key")


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
        self.validities = {}
        rows = []
        for field, text in (
            ("root_days", self.tr("&Root valid for")),
            ("intermediate_days", self.tr("&Intermediate valid for")),
            ("leaf_days", self.tr("Certificate &valid for")),
        ):
            editor = self.validities[field] = self.validity(field, text)
            rows.append(self.row(field, text, editor))
        self.add_beside(*rows)
        self.keys = {field: self.choice(field, key_options()) for field in _KEYS}
        self.add_beside(
            self.row("authority_key", self.tr("Key for a&uthorities"), self.keys["authority_key"]),
            self.row("leaf_key", self.tr("Key for c&ertificates"), self.keys["leaf_key"]),
        )

    def load(self, preferences: Preferences) -> None:
        if not self.organization.isModified():
            self.organization.setText(preferences.organization)
        for field, editor in self.validities.items():
            editor.set_days(getattr(preferences, field))
        for field, combo in self.keys.items():
            algorithm: KeyAlgorithm = getattr(preferences, field)
            show_value(combo, algorithm.value)
            self.rows[field].set_hint(algorithm.advice)

    def commit(self) -> None:
        self._organization_typed()
        for editor in self.validities.values():
            editor.number.interpretText()

    def _organization_typed(self) -> None:
        if self.organization.isModified():
            self.changed.emit("organization", self.organization.text().strip())
