"""Our own stroke icons, recoloured with the theme.

The SVG files draw with `currentColor` in a 20x20 view box, and fill with `currentSoft` where a
soft ground is wanted. Each icon is rendered at the physical sizes in use, so that it is crisp
at 200%, in the colours for normal, selected and disabled.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from mtlsgui.gui.theme.theme import Theme

ICON_DIRECTORY = Path(__file__).parent.parent / "resources" / "icons"

_PHYSICAL_SIZES = (16, 20, 32, 40)


@lru_cache(maxsize=128)
def _svg_text(name: str) -> str:
    return (ICON_DIRECTORY / f"{name}.svg").read_text(encoding="utf-8")


def render_icon(name: str, side: int, colour: str, soft: str) -> QPixmap:
    """Draw one icon as a square pixmap.

    side: in physical pixels. colour, soft: "#rrggbb" for strokes and soft fills.
    Raises FileNotFoundError for an icon that does not exist.
    """
    text = _svg_text(name).replace("currentColor", colour).replace("currentSoft", soft)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


class _Binding(QObject):
    """Keeps one button's or action's icon in step with the theme; dies with its parent."""

    def __init__(
        self, icons: Icons, target: QAbstractButton | QAction, name: str, tone: str
    ) -> None:
        super().__init__(target)
        self._icons, self._target, self._name, self._tone = icons, target, name, tone
        icons.theme.changed.connect(self.refresh)
        self.refresh()

    def change(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.refresh()

    def refresh(self) -> None:
        self._target.setIcon(self._icons.icon(self._name, self._tone))


class Icons:
    """Icons by file name ("home", "chevron-down") in the theme's colours.

    `tone` is the name of a colour token; "text" by default.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, int, str], QPixmap] = {}

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """The icon as it is now. It does not follow the theme: see `bind`."""
        known = self._icons.get((name, tone))
        if known is not None:
            return known
        tokens = self.theme.tokens
        icon = QIcon()
        modes = {
            QIcon.Mode.Normal: str(getattr(tokens, tone)),
            QIcon.Mode.Selected: tokens.text,
            QIcon.Mode.Disabled: tokens.disabled,
        }
        for side in _PHYSICAL_SIZES:
            rendered = {
                colour: render_icon(name, side, colour, tokens.accent_soft)
                for colour in set(modes.values())
            }
            for mode, colour in modes.items():
                icon.addPixmap(rendered[colour], mode)
        self._icons[name, tone] = icon
        return icon

    def bind(self, target: QAbstractButton | QAction, name: str, tone: str = "text") -> None:
        """Give a button or an action this icon, now and after each change of the theme."""
        known = target.findChild(_Binding)
        if known is None:
            _Binding(self, target, name, tone)
        else:
            known.change(name, tone)
        if isinstance(target, QAbstractButton):
            side = self.theme.sizes.icon
            target.setIconSize(QSize(side, side))

    def pixmap(self, name: str, side: int, ratio: float, tone: str = "text") -> QPixmap:
        """A pixmap of `side` logical pixels for a screen with this device pixel ratio."""
        physical = round(side * ratio)
        known = self._pixmaps.get((name, physical, tone))
        if known is None:
            tokens = self.theme.tokens
            known = render_icon(name, physical, getattr(tokens, tone), tokens.accent_soft)
            self._pixmaps[name, physical, tone] = known
        shown = QPixmap(known)
        shown.setDevicePixelRatio(ratio)
        return shown

    def paint(self, painter: QPainter, rect: QRectF, name: str, tone: str = "text") -> None:
        """Paint an icon into the middle of `rect`, for delegates and painted widgets."""
        side = round(min(rect.width(), rect.height()))
        pixmap = self.pixmap(name, side, painter.device().devicePixelRatioF(), tone)
        painter.drawPixmap(
            QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2), pixmap
        )

    def forget(self) -> None:
        """Drop what was rendered in the colours before."""
        self._icons.clear()
        self._pixmaps.clear()
