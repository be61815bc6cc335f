"""The window in other languages: German as it ships, and a made-up one that is much longer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from mtlsgui.gui import commands, words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.desktop import Desktop
from mtlsgui.gui.i18n import available_languages, install_translations
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizard.frame import WizardDialog
from mtlsgui.gui.wizards import new_authority
from tests.gui.keeping.conftest import access, desk, vaults, window, ws
from tools import translations
from tools.core_texts import core_texts

__all__ = ["access", "desk", "vaults", "window", "ws"]

_LETTER = re.compile(r"&([^&])")


class Stretched(QTranslator):
    """A made-up language: every text in brackets and longer by 40 %."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str:
        return f"[{source}{'~' * (len(source) * 2 // 5)}]"


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """The translations of this checkout, compiled."""
    folder = tmp_path / "translations"
    folder.mkdir()
    translations.release(folder)
    return folder


@pytest.fixture
def speak(qapp: QApplication, compiled: Path) -> Iterator[Callable[[str], None]]:
    """Change the language for the rest of a test."""
    installed: list[QTranslator] = []

    def change(language: str) -> None:
        installed.extend(install_translations(qapp, language, compiled))

    yield change
    for translator in installed:
        qapp.removeTranslator(translator)


@pytest.fixture
def stretched(qapp: QApplication) -> Iterator[None]:
    translator = Stretched()
    assert qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def make_desktop(qtbot: QtBot, desk: Desk) -> Callable[[], Desktop]:
    def make() -> Desktop:
        desktop = Desktop(desk, lambda _directory: None)
        qtbot.addWidget(desktop.window)
        desktop.show()
        qtbot.waitExposed(desktop.window)
        return desktop

    return make


def letters(texts: list[str]) -> list[str]:
    """The letters that Alt goes with, those that do so twice or more."""
    found = Counter(match[1].casefold() for text in texts for match in _LETTER.finditer(text))
    return sorted(letter for letter, times in found.items() if times > 1)


# What is in the files


def test_every_text_is_translated() -> None:
    assert translations.check(labels=core_texts()) == []


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Check a module and a .ts of one message."""

    def check(code: str, translation: str = "Öffnen") -> list[str]:
        (tmp_path / "code").mkdir()
        (tmp_path / "code" / "page.py").write_text(code, encoding="utf-8")
        (tmp_path / "mtlsgui_de.ts").write_text(
            f"""<TS version="2.1" language="de"><context><name>Page</name>
            <message><source>&amp;Open {{}}…</source>{translation}</message></context></TS>""",
            encoding="utf-8",
        )
        return translations.check(tmp_path / "code", tmp_path)

    return check


OPEN = 'class Page:\n    def show(self):\n        self.tr("&Open {}…")\n'
GOOD = "<translation>{} &amp;öffnen…</translation>"


def test_a_translation_that_agrees_is_accepted(broken: Callable[[str, str], list[str]]) -> None:
    assert broken(OPEN, GOOD) == []


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        ('<translation type="unfinished">{} &amp;öffnen…</translation>', "not translated"),
        ("<translation></translation>", "not translated"),
        ("<translation>&amp;Öffnen…</translation>", "the placeholders differ"),
        ("<translation>{name} &amp;öffnen…</translation>", "the placeholders differ"),
        ("<translation>{} öffnen…</translation>", "a mnemonic (&) is missing or too many"),
        ("<translation>{} &amp;öffnen</translation>", "the … at the end differs"),
        ("<translation> {} &amp;öffnen…</translation>", "the spaces at the ends differ"),
    ],
)
def test_a_translation_that_does_not_agree_is_said(
    broken: Callable[[str, str], list[str]], translation: str, said: str
) -> None:
    [found] = broken(OPEN, translation)
    assert said in found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('self.tr(f"{name}")', "not a literal"),
        ('self.tr("Open " + name)', "not a literal"),
        ('translate(CONTEXT, "Open")', "the context is not a literal"),
        ('tr("Open")', "by that name"),
        ('label("Not for translators")', "not to be translated"),
        ('self.tr("Not in the file")', "not there"),
    ],
)
def test_a_text_that_translators_do_not_see_is_said(
    broken: Callable[[str, str], list[str]], line: str, said: str
) -> None:
    [found] = broken(f"{OPEN}        {line}\n", GOOD)
    assert said in found


def test_a_text_that_is_gone_from_the_code_is_said(
    broken: Callable[[str, str], list[str]],
) -> None:
    [found] = broken("", GOOD)
    assert "not used" in found


# The window


def test_the_window_in_german(
    speak: Callable[[str], None], compiled: Path, make_desktop: Callable[[], Desktop]
) -> None:
    assert available_languages(compiled) == ["en", "de"]
    speak("de")
    desktop = make_desktop()
    assert [action.text() for action in desktop.window.menuBar().actions()][:2] == [
        "&Datei",
        "&Zertifikat",
    ]
    assert desktop.registry["authority.new"].text() == "Neue &Zertifizierungsstelle…"
    page = desktop.window.show_page("authorities")
    assert "Ihre erste Zertifizierungsstelle" in [
        label.text() for label in page.findChildren(QLabel)
    ]
    navigation = desktop.window.navigation.buttons["connections"]
    navigation.set_count(1)
    assert navigation.accessibleDescription() == "1 braucht Aufmerksamkeit"
    navigation.set_count(2)
    assert navigation.accessibleDescription() == "2 brauchen Aufmerksamkeit"


def test_english_has_its_plural_and_nothing_else(
    speak: Callable[[str], None], make_desktop: Callable[[], Desktop]
) -> None:
    """English is a language of its own to Qt, or it would take the next that a person reads."""
    speak("en")
    desktop = make_desktop()
    assert desktop.window.menuBar().actions()[0].text() == "&File"
    navigation = desktop.window.navigation.buttons["connections"]
    navigation.set_count(1)
    assert navigation.accessibleDescription() == "1 needs attention"


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_letter_stands_twice_in_a_menu(
    speak: Callable[[str], None], make_desktop: Callable[[], Desktop], language: str
) -> None:
    speak(language)
    desktop = make_desktop()
    bar = desktop.window.menuBar().actions()
    for entry in bar:
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        assert letters([action.text() for action in menu.actions()]) == [], entry.text()
    pages = [button.text() for button in desktop.window.navigation.buttons.values()]
    assert letters([*(entry.text() for entry in bar), *pages]) == []
    for shown in (commands.NEW_MENU, commands.page_actions().context):
        menu = desktop.registry.menu(shown)
        assert letters([action.text() for action in menu.actions()]) == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_action_has_a_text(
    speak: Callable[[str], None], make_desktop: Callable[[], Desktop], language: str
) -> None:
    speak(language)
    assert all(action.text.strip() for action in make_desktop().registry)


def test_no_text_of_the_window_goes_past_the_translators(
    stretched: None, make_desktop: Callable[[], Desktop]
) -> None:
    desktop = make_desktop()
    for action in desktop.registry:
        assert action.text.startswith("["), action.id
    for name in desktop.window.navigation.buttons:
        page = desktop.window.show_page(name)
        parts: list[QLabel | QAbstractButton] = [*page.findChildren(QLabel)]
        parts += page.findChildren(QAbstractButton)
        shown = {part.text() for part in parts if part.isVisibleTo(page)}
        said = {text for text in shown if any(letter.isalpha() for letter in text)}
        assert not {text for text in said if not text.startswith("[")}, name


def test_long_words_are_not_cut_in_the_bar_of_pages(
    stretched: None, make_desktop: Callable[[], Desktop]
) -> None:
    desktop = make_desktop()
    for button in desktop.window.navigation.buttons.values():
        metrics = QFontMetrics(desktop.desk.theme.font(strong=True))
        words = metrics.horizontalAdvance(button.text().replace("&", ""))
        icon = desktop.desk.theme.sizes.icon
        assert button.width() >= words + icon + 30, button.text()


def test_long_words_are_not_cut_in_a_wizard(
    stretched: None, qtbot: QtBot, desk: Desk, access: KeyAccess
) -> None:
    wizard: WizardDialog = new_authority(desk, access, None)
    qtbot.addWidget(wizard)
    wizard.show()
    qtbot.waitExposed(wizard)
    for button in wizard.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_labels_of_the_core_and_dates_are_german_too(speak: Callable[[str], None]) -> None:
    speak("de")
    assert words.core("Key usage") == "Schlüsselverwendung"
    assert words.core("3f:a2:11") == "3f:a2:11"
    moment = datetime(2026, 3, 9, tzinfo=UTC)
    assert words.date(moment) == "9. März 2026"
    assert words.relative(moment, moment - timedelta(days=29)) == "in 29 Tagen"


def test_a_context_that_nobody_knows_stays_english(
    speak: Callable[[str], None],
) -> None:
    speak("de")
    assert QCoreApplication.translate("Nobody", "Close") == "Close"
