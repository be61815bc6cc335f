"""Colours, contrast, icons and following the colour scheme."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui import icons
from mtlsgui.gui.theme.stylesheet import style_sheet
from mtlsgui.gui.theme.theme import SchemePreference, Theme, tokens_from_palette
from mtlsgui.gui.theme.tokens import DARK, LIGHT, TEXT_PAIRS, Sizes, Tokens, Tone, contrast


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_has_enough_contrast_on_its_ground(
    tokens: Tokens, text: str, ground: str
) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_every_pill_can_be_read(tokens: Tokens, tone: Tone) -> None:
    assert contrast(tokens.tone_text(tone), tokens.tone_ground(tone)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_sizes_grow_with_the_font_and_never_shrink() -> None:
    assert Sizes.for_line_height(12).control == 30
    assert Sizes.for_line_height(34).control == 60


def test_the_style_sheet_names_only_colours_of_the_scheme() -> None:
    for tokens in (LIGHT, DARK):
        sheet = style_sheet(tokens, Sizes.for_line_height(17), 10, icons.ICON_DIRECTORY)
        assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(tokens.colours().values())
        for url in re.findall(r'url\("([^"]+)"\)', sheet):
            assert Path(url).is_file()


def test_a_change_of_scheme_reaches_palette_icons_and_listeners(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    theme.icons.bind(button, "home")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    before = button.icon().cacheKey()
    with qtbot.waitSignal(theme.changed):
        theme.set_preference(SchemePreference.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert button.icon().cacheKey() != before


def test_a_change_of_the_systems_scheme_is_followed_live(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    theme.set_preference(SchemePreference.SYSTEM)
    # The offscreen platform has no schemes: the signal that Qt would send has to do.
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)


def test_a_bound_button_may_die_before_the_theme_changes(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    button = QPushButton(holder)
    theme.icons.bind(button, "home")
    with qtbot.waitSignal(button.destroyed):
        holder.deleteLater()
    theme.set_preference(SchemePreference.DARK)
    assert theme.tokens is DARK


def test_high_contrast_keeps_the_systems_colours() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#ffff00"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#000000"))
    tokens = tokens_from_palette(palette)
    assert tokens.dark
    assert {tokens.text, tokens.bad_text, tokens.line} == {"#ffff00"}
    assert tokens.selection == "#000000", "text stays readable on the selection"
    for text, ground in TEXT_PAIRS:
        assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


ICONS = sorted(path.stem for path in icons.ICON_DIRECTORY.glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_well_formed_and_draw_something(qapp: QApplication, name: str) -> None:
    assert QSvgRenderer(str(icons.ICON_DIRECTORY / f"{name}.svg")).isValid()
    image = icons.render_icon(name, 40, "#123456", "#abcdef").toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(40) for y in range(40))


def test_icons_are_drawn_in_the_colour_asked_for_and_crisp_at_200_percent(theme: Theme) -> None:
    pixmap = theme.icons.pixmap("plus", 16, 2.0, "accent")
    assert (pixmap.width(), pixmap.deviceIndependentSize().width()) == (32, 16)
    assert pixmap.toImage().pixelColor(16, 16) == QColor(LIGHT.accent)
    disabled = theme.icons.icon("plus").pixmap(16, QIcon.Mode.Disabled).toImage()
    assert disabled.pixelColor(8, 8) == QColor(LIGHT.disabled)


def test_an_icon_that_does_not_exist_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icons.icon("no-such-icon")
