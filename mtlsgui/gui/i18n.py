"""Translations: which language is shown, and loading it.

Texts in the program are English and go through `tr()` or `QCoreApplication.translate`;
`resources/translations/mtlsgui_LANG.qm` gives them in another language, and in English those that
depend on a number. docs/decisions/translations.md says how they are made.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

TRANSLATION_DIRECTORY = Path(__file__).parent.parent / "resources" / "translations"


def available_languages(directory: Path = TRANSLATION_DIRECTORY) -> list[str]:
    """Codes of the languages that can be shown ("en", "de"), English always first."""
    found = {path.stem.removeprefix("mtlsgui_") for path in directory.glob("mtlsgui_*.qm")}
    return ["en", *sorted(found - {"en"})]


def install_translations(
    application: QCoreApplication,
    language: str = "system",
    directory: Path = TRANSLATION_DIRECTORY,
) -> list[QTranslator]:
    """Load our texts and Qt's own in one language; returns what was installed.

    language: a code such as "de" or "pt_BR", or "system" for the user's preferred languages.
    Must run before windows are built.
    """
    locale = QLocale.system() if language == "system" else QLocale(language)
    installed = []
    for name, place in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("mtlsgui", str(directory)),
    ):
        translator = QTranslator(application)
        if translator.load(locale, name, "_", place) and application.installTranslator(translator):
            installed.append(translator)
    return installed
