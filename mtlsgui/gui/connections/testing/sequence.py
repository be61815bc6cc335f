"""The handshake drawn as a sequence: what went from whom to whom, how far it came, and when."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui import words
from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.step_details import StepDetails
from mtlsgui.gui.connections.testing.step_row import Lines, StepRow, grown
from mtlsgui.gui.connections.testing.wording import Ends
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.tls.result import Step

_EXPLAIN = "connections/explain"
_NAMES = 24


class SequenceView(QWidget):
    """Draws the steps of one test. Each is a widget of its own, that opens to what it says.

    The arrow keys go from step to step, Enter, Space, Right and Left open and close.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: tuple[Step, ...] = ()
        self.items: list[StepItem] = []
        # Fixed would ask for the height that the lines have in a narrow window.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("The handshake, step by step"))
        self.explain = QCheckBox(self.tr("&Explain"))
        self.explain.setToolTip(self.tr("What each step is for, in plain words"))
        self.explain.setChecked(bool(desk.settings.value(_EXPLAIN, True, bool)))
        self.explain.toggled.connect(self._explain)
        self._hint = wrapped(self.tr("Open a step to see what it says."), "muted")
        head = QHBoxLayout()
        head.addWidget(self._hint, 1)
        head.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignRight)
        self._names = _Names(desk.theme)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self._names)
        column.addLayout(self._list)
        column.addSpacing(GAP_SMALL)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is drawn."""
        return self._steps

    @property
    def rows(self) -> list[StepRow]:
        """The steps as they can be opened."""
        return [item.row for item in self.items]

    def show_steps(self, steps: Sequence[Step], server: str, client: str = "") -> None:
        """Draw these; server, client: the names over their lines. client: "You" where empty."""
        self._steps = tuple(steps)
        ends = Ends(visible(client) or self.tr("You"), visible(server))
        self._names.show_ends(ends)
        self._hint.setVisible(any(step.details for step in steps))
        self.explain.setVisible(any(step.explanation for step in steps))
        clear_layout(self._list)
        self.items = []
        for number, step in enumerate(self._steps):
            item = StepItem(self._desk, step, ends)
            item.set_explained(self.explain.isChecked())
            item.row.moved.connect(lambda by, number=number: self._go_to(number + by))
            item.row.clicked.connect(lambda _on=False, number=number: self._make_current(number))
            self.items.append(item)
            self._list.addWidget(item)
        failed = next((at for at, step in enumerate(steps) if wording.is_failed(step)), 0)
        self._make_current(failed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.items:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = Lines.across(self._desk.theme, self.width())
        lines.paint(painter, self._desk.theme, self._names.geometry().bottom(), self.height() - 2.0)

    def _explain(self, wanted: bool) -> None:
        self._desk.settings.setValue(_EXPLAIN, wanted)
        for item in self.items:
            item.set_explained(wanted)

    def _make_current(self, current: int) -> None:
        """Let Tab lead to this step."""
        for number, row in enumerate(self.rows):
            row.set_in_tab_order(number == current)

    def _go_to(self, wanted: int) -> None:
        number = min(max(wanted, 0), len(self.items) - 1)
        self._make_current(number)
        row = self.items[number].row
        row.setFocus(Qt.FocusReason.TabFocusReason)
        area = self._area()
        if area is not None:
            area.ensureWidgetVisible(row, 0, row.height())

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above


class StepItem(QWidget):
    """A step with its explanation, and with its details where it is open."""

    def __init__(self, desk: Desk, step: Step, ends: Ends, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.row = StepRow(desk.theme, step, ends)
        self.explanation = wrapped(words.core(step.explanation), "muted")
        self.explanation.setFont(desk.theme.font(0.92))
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.explanation.hide()
        self.details: StepDetails | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.row)
        theme = desk.theme
        between = QHBoxLayout()
        lines = Lines.across(theme, 0)
        beside = grown(theme, 10)
        # The life lines keep their distance from both edges, whatever the width is.
        right = round(-lines.time + lines.client * 0.6) + beside
        between.setContentsMargins(round(lines.client) + beside, 0, right, 0)
        self._between = between
        between.addWidget(self.explanation)
        self._column.addLayout(between)
        self.row.toggled.connect(self._open)

    def set_explained(self, wanted: bool) -> None:
        """Whether the step is explained."""
        shown = wanted and bool(self.explanation.text())
        self.explanation.setVisible(shown)
        margins = self._between.contentsMargins()
        margins.setBottom(grown(self._desk.theme, 5) if shown else 0)
        self._between.setContentsMargins(margins)

    def _open(self, is_open: bool) -> None:
        if is_open and self.details is None:
            self.details = StepDetails(self._desk, self.row.step)
            inset = QHBoxLayout()
            inset.setContentsMargins(grown(self._desk.theme, 14), 4, 4, 6)
            inset.addWidget(self.details)
            self._column.addLayout(inset)
        if self.details is not None:
            self.details.setVisible(is_open)


class _Names(QWidget):
    """Who stands at the two ends."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ends = theme, Ends("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ends(self, ends: Ends) -> None:
        self._ends = ends
        self.setAccessibleName(self.tr("Between {} and {}").format(ends.client, ends.server))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(grown(self._theme, 360), grown(self._theme, _NAMES))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        lines = Lines.across(self._theme, self.width())
        bold = self._theme.font(strong=True)
        painter.setFont(bold)
        painter.setPen(self._theme.colour("text"))
        metrics = QFontMetricsF(bold)
        for text, x in ((self._ends.client, lines.client), (self._ends.server, lines.server)):
            room = 2 * min(x, self.width() - x)
            if x == lines.server:
                room = min(room, 2 * (x - lines.client) - 80)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            place = QRectF(x - room / 2, 0, room, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
