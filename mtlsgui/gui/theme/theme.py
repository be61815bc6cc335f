"""The theme: keeps style, palette, style sheet and icons in step with the colour scheme."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.icons import ICON_DIRECTORY, Icons
from mtlsgui.gui.theme.stylesheet import style_sheet
from mtlsgui.gui.theme.tokens import DARK, LIGHT, Sizes, Tokens, contrast


class SchemePreference(StrEnum):
    """Which colour scheme the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ASKED = {
    SchemePreference.SYSTEM: Qt.ColorScheme.Unknown,
    SchemePreference.LIGHT: Qt.ColorScheme.Light,
    SchemePreference.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Applies the look to the application and follows the system's colour scheme live.

    `changed` is emitted after tokens, palette and style sheet have all changed. Widgets that
    paint themselves read `theme.tokens` in their paint event: Qt repaints them by itself when
    the palette changes.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        preference: SchemePreference = SchemePreference.SYSTEM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._preference = preference
        self._high_contrast = False
        self._system_palette = QPalette(application.palette())
        self._system_style = application.style().name()
        self._tokens = LIGHT
        self.icons = Icons(self)
        self._applying = False
        hints = application.styleHints()
        self._apply()
        hints.colorSchemeChanged.connect(self._system_changed)
        # Qt 6.10 is the first that knows the system's contrast setting.
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def sizes(self) -> Sizes:
        """The measures for the application's font."""
        return Sizes.for_line_height(QFontMetrics(self._application.font()).height())

    @property
    def preference(self) -> SchemePreference:
        """What the user asked for."""
        return self._preference

    @property
    def high_contrast(self) -> bool:
        """Whether the system's own high-contrast colours are in force."""
        return self._high_contrast

    def set_preference(self, preference: SchemePreference) -> None:
        """Use this colour scheme from now on."""
        if preference != self._preference:
            self._preference = preference
            self._apply()

    def font(self, scale: float = 1.0, *, strong: bool = False) -> QFont:
        """The system's UI font, scaled, for things that paint their own text."""
        font = QFont(self._application.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * scale)
        else:
            font.setPixelSize(round(font.pixelSize() * scale))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def monospace(self) -> QFont:
        """The system's fixed-pitch font at the size of the UI font."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        own = self._application.font()
        if own.pointSizeF() > 0:
            font.setPointSizeF(own.pointSizeF())
        return font

    def colour(self, name: str) -> QColor:
        """A token as QColor, by field name."""
        return QColor(getattr(self._tokens, name))

    def _system_changed(self) -> None:
        if not self._applying:
            self._apply()

    def _apply(self) -> None:
        # Setting scheme and palette makes Qt report a change of its own: not one for us.
        self._applying = True
        try:
            self._apply_now()
        finally:
            self._applying = False
        self.changed.emit()

    def _apply_now(self) -> None:
        app = self._application
        hints = app.styleHints()
        hints.setColorScheme(_ASKED[self._preference])
        self._high_contrast = _high_contrast_asked(app)
        if self._high_contrast:
            self._tokens = tokens_from_palette(self._system_palette)
            app.setPalette(self._system_palette)
        else:
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
            if self._preference is not SchemePreference.SYSTEM:
                # A platform without schemes (offscreen, bare X11) ignores the request.
                dark = self._preference is SchemePreference.DARK
            self._tokens = DARK if dark else LIGHT
            if app.style().name() != "fusion":
                app.setStyle("Fusion")
            app.setPalette(palette_from_tokens(self._tokens))
        points = app.font().pointSizeF()
        if points <= 0:
            points = app.font().pixelSize() * 0.75
        app.setStyleSheet(style_sheet(self._tokens, self.sizes, points, ICON_DIRECTORY))
        self.icons.forget()


def _high_contrast_asked(app: QApplication) -> bool:
    hints = app.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    preference = hints.accessibility().contrastPreference()
    return preference == Qt.ContrastPreference.HighContrast


def palette_from_tokens(tokens: Tokens) -> QPalette:
    """The palette that Fusion paints with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for part, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.window if tokens.dark else tokens.panel),
        (role.AlternateBase, tokens.window),
        (role.Text, tokens.text),
        (role.Button, tokens.panel),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.bad),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text),
        (role.ToolTipBase, tokens.panel),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Light, tokens.panel),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.field_line),
        (role.Shadow, tokens.navigation),
    ):
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(tokens.disabled))
    return palette


def tokens_from_palette(palette: QPalette) -> Tokens:
    """Tokens that say nothing but the system's own high-contrast colours.

    Soft grounds become the window's ground and every tone the text colour: the words and
    shapes that go with each state carry it alone.
    """
    role = QPalette.ColorRole

    def name(part: QPalette.ColorRole) -> str:
        return palette.color(part).name()

    ground, text = name(role.Window), name(role.WindowText)
    base = name(role.Base) if contrast(name(role.Base), text) >= 7 else ground
    mark, on_mark = name(role.Highlight), name(role.HighlightedText)
    # The selection is drawn behind ordinary text, so it must stay a ground.
    return Tokens(
        dark=contrast(ground, "#000000") < contrast(ground, "#ffffff"),
        window=ground,
        panel=base,
        navigation=ground,
        line=text,
        text=text,
        muted=text,
        accent=mark,
        accent_soft=ground,
        selection=mark if contrast(mark, text) >= 4.5 else ground,
        good=text,
        good_soft=ground,
        attention=text,
        attention_soft=ground,
        bad=text,
        bad_soft=ground,
        on_accent=on_mark,
        on_bad=ground,
        accent_hover=mark,
        accent_text=text,
        good_text=text,
        bad_text=text,
        quiet=text,
        neutral_soft=ground,
        hover=ground,
        disabled=palette.color(QPalette.ColorGroup.Disabled, role.WindowText).name(),
        field_line=text,
    )
