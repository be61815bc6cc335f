"""The first page: what needs attention, what expires when, what is held."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.wording import KINDS, kind_text
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.overview.attention import AttentionCard
from mtlsgui.gui.overview.chart import ExpiryChart
from mtlsgui.gui.overview.held import FiguresCard
from mtlsgui.gui.overview.reader import OverviewReader
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, GAP_SMALL, UNIT, Tone
from mtlsgui.gui.widgets.buttons import MenuButton
from mtlsgui.gui.widgets.card import EmptyState
from mtlsgui.gui.widgets.labels import label
from mtlsgui.gui.widgets.pill import Dot
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.workspace.overview import Overview

_SIDE_BY_SIDE = 560
"""From this width on the figures stand beside one another."""
_WIDEST = 1280
_MOST_KEYS = 4


class OverviewPage(QWidget):
    """The workspace at a glance.

    new_menu: ids of the actions behind "New"; None is a separator.
    first, first_links: what an empty workspace offers, as buttons and as links.
    reader: shared with what else shows its figures; one of its own where None.
    """

    certificate_chosen = Signal(int)
    """The id of a certificate that is to be shown."""
    status_chosen = Signal(object)
    """A `Status`: all certificates in it are to be shown."""
    attention_changed = Signal(int)
    """How many certificates need attention now."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        new_menu: Sequence[str | None],
        first: Sequence[str],
        first_links: Sequence[str],
        *,
        reader: OverviewReader | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = desk.theme
        header = PageHeader(theme, self.tr("Overview"))
        header.add_right(MenuButton(self.tr("New"), registry.menu(new_menu, self), primary=True))
        self.attention = AttentionCard(theme)
        self.attention.certificate_chosen.connect(self.certificate_chosen)
        self.attention.status_chosen.connect(self.status_chosen)
        self.chart = ExpiryChart(theme)
        self.held, self.kinds, self.keys = FiguresCard(), FiguresCard(), FiguresCard()
        self._waiting = QWidget()
        self.content = _Content()
        self.content.add(self.tr("Needs attention"), self.attention)
        self.legend = _Legend(theme, self.tr("to renew soon"))
        self.content.add(
            self.tr("Expiring in the next six months"), _framed(self.chart), self.legend
        )
        self.content.add_beside(
            (self.tr("What you hold"), self.held),
            (self.tr("By kind"), self.kinds),
            (self.tr("By key"), self.keys),
        )
        self.empty = EmptyState(
            theme,
            self.tr("Make your first authority"),
            self.tr(
                "It issues certificates for your servers and clients. You can also import one "
                "that exists, or drop any certificate file here to look inside."
            ),
            icon="authorities",
            actions=[registry[each] for each in first],
            links=[registry[each] for each in first_links],
        )
        self._scrolled = scrolling(self.content, GAP_PAGE + 6, GAP_PAGE)
        self._stack = QStackedWidget()
        for each in (self._waiting, self._scrolled, self.empty):
            self._stack.addWidget(each)
        ground = QFrame()
        ground.setProperty("role", "page")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(ground, 1)
        self._reader = reader if reader is not None else OverviewReader(desk, self)
        self._reader.read.connect(self._show)
        self._reader.attention_changed.connect(self.attention_changed)
        if self._reader.latest is not None:
            self._show(self._reader.latest)

    @property
    def attention_count(self) -> int:
        """How many certificates need attention; 0 until that is known."""
        return self._reader.attention_count

    def _show(self, shown: Overview) -> None:
        self.attention.show_overview(shown)
        self.chart.show_weeks(shown.weeks)
        self.legend.setVisible(self.chart.any_soon)
        self.held.show_figures(self._held_figures(shown))
        named = [kind for kind in KINDS if kind in ("server", "client", "peer")]
        others = sum(number for kind, number in shown.by_kind.items() if kind not in named)
        kinds = [(shown.by_kind.get(kind, 0), kind_text(kind)) for kind in named]
        self.kinds.show_figures([*kinds, *([(others, kind_text("other"))] if others else [])])
        self.keys.show_figures(self._key_figures(shown))
        self._stack.setCurrentWidget(self._scrolled if shown.total else self.empty)

    def _held_figures(self, shown: Overview) -> list[tuple[int, str]]:
        roots, between, others = shown.roots, shown.intermediates, shown.end_entities
        return [
            (roots, self.tr("Root CA") if roots == 1 else self.tr("Root CAs")),
            (
                between,
                self.tr("Intermediate CA") if between == 1 else self.tr("Intermediate CAs"),
            ),
            (others, self.tr("Certificate") if others == 1 else self.tr("Certificates")),
        ]

    def _key_figures(self, shown: Overview) -> list[tuple[int, str]]:
        keys = [(number, text) for text, number in shown.by_key.items()]
        if len(keys) <= _MOST_KEYS:
            return keys
        rest = sum(number for number, _ in keys[_MOST_KEYS - 1 :])
        return [*keys[: _MOST_KEYS - 1], (rest, self.tr("Others"))]


class _Content(QWidget):
    """Titles and cards below one another; the last ones side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, UNIT, 0, 0)
        self._column.setSpacing(GAP_PAGE)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(GAP_PAGE - 2)

    def add(self, title: str, card: QWidget, beside_title: QWidget | None = None) -> None:
        """Add a card below."""
        self._column.addLayout(_titled(title, card, beside_title))

    def add_beside(self, *cards: tuple[str, QWidget]) -> None:
        """Add cards side by side, as the last."""
        for title, card in cards:
            self._beside.addLayout(_titled(title, card), 1)
        self._column.addLayout(self._beside)
        self._column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


class _Legend(QWidget):
    """What the colour of attention means."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT + 2)
        row.addWidget(Dot(theme, Tone.ATTENTION))
        row.addWidget(label(text, "muted"))


def _titled(title: str, card: QWidget, beside_title: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GAP_SMALL)
    row = QHBoxLayout()
    row.addWidget(label(title, "section"))
    row.addStretch()
    if beside_title is not None:
        row.addWidget(beside_title)
    column.addLayout(row)
    column.addWidget(card, 1)
    card.setAccessibleName(title)
    return column


def _framed(inner: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "card")
    row = QHBoxLayout(frame)
    row.setContentsMargins(GAP_PAGE, GAP_LARGE, GAP_PAGE, GAP_SMALL)
    row.addWidget(inner)
    return frame
