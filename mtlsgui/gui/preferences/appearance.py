"""The section for theme and language."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.i18n import available_languages
from mtlsgui.gui.preferences.section import SettingsSection, show_value
from mtlsgui.gui.theme.theme import SchemePreference
from mtlsgui.workspace.preferences import Preferences


class AppearanceSection(SettingsSection):
    """Theme and language."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_title(self.tr("Appearance"))
        self.theme = self.choice(
            "theme",
            {
                SchemePreference.SYSTEM.value: self.tr("Same as the system"),
                SchemePreference.LIGHT.value: self.tr("Light"),
                SchemePreference.DARK.value: self.tr("Dark"),
            },
        )
        languages = {"": self.tr("Same as the system")}
        languages |= {code: _language_name(code) for code in available_languages()}
        self.language = self.choice("language", languages)
        self.add_beside(
            self.row("theme", self.tr("The&me"), self.theme),
            self.row(
                "language",
                self.tr("&Language"),
                self.language,
                self.tr("Takes effect at the next start."),
            ),
        )

    def load(self, preferences: Preferences) -> None:
        show_value(self.theme, preferences.theme)
        show_value(self.language, preferences.language)


def _language_name(code: str) -> str:
    """The language's own name for itself."""
    if code == "en":
        return "English"  # not "American English", as Qt has it
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else code
