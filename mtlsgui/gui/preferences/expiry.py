"""The section for how long before its end a certificate is said to expire soon."""

from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.preferences.section import SettingsSection, show_number
from mtlsgui.workspace.preferences import Preferences


class ExpirySection(SettingsSection):
    """Days of warning, for certificates and for authorities."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_title(
            self.tr("Warnings"),
            self.tr("How long before its end something is said to expire soon."),
        )
        self.certificates = self.days("warn_days")
        self.authorities = self.days("warn_authority_days")
        self.add_beside(
            self.row("warn_days", self.tr("Cert&ificates"), self.certificates),
            self.row("warn_authority_days", self.tr("Authoritie&s"), self.authorities),
        )

    def load(self, preferences: Preferences) -> None:
        show_number(self.certificates, preferences.warn_days)
        show_number(self.authorities, preferences.warn_authority_days)

    def commit(self) -> None:
        for editor in (self.certificates, self.authorities):
            editor.interpretText()
