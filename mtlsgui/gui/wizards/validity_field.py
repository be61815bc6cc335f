"""How long it is valid: a number with its unit, and usual lengths to press."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_SMALL
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.inputs import number_field
from mtlsgui.pki.profiles import LONGEST_DAYS

DAYS, YEARS = "days", "years"


def days_of_years(years: int, now: datetime) -> int:
    """Days until the same date that many years from now; 1 March for 29 February."""
    try:
        end = now.replace(year=now.year + years)
    except ValueError:
        end = now.replace(year=now.year + years, month=3, day=1)
    return (end - now).days


def years_of_days(days: int, now: datetime) -> int | None:
    """The whole years that these days are, leap days counted or left out; None where none."""
    years = round(days / 365.25)
    if years >= 1 and days in (365 * years, days_of_years(years, now)):
        return years
    return None


class ValidityField(QWidget):
    """A number of days or years. `changed` carries days.

    presets: (caption, days) of what can be pressed beside it.
    """

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        clock: Callable[[], datetime],
        presets: Sequence[tuple[str, int]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock, self._loading = clock, False
        self.number = number_field(1, LONGEST_DAYS, 1)
        self.number.setMinimumWidth(round(96 * theme.sizes.control / 30))
        self.unit = QComboBox()
        self.unit.addItem(self.tr("days"), DAYS)
        self.unit.addItem(self.tr("years"), YEARS)
        self.unit.setAccessibleName(self.tr("Unit of the validity"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        row.addSpacing(GAP_SMALL)
        self.presets = [link_button(caption) for caption, _days in presets]
        for button, (_caption, days) in zip(self.presets, presets, strict=True):
            button.clicked.connect(lambda _checked=False, days=days: self._press(days))
            row.addWidget(button)
        row.addStretch()
        self.setFocusProxy(self.number)
        self.number.valueChanged.connect(self._changed)
        self.unit.currentIndexChanged.connect(self._unit_changed)

    @property
    def days(self) -> int:
        """The days that are set."""
        value = self.number.value()
        return days_of_years(value, self._clock()) if self._in_years else value

    def set_days(self, days: int) -> None:
        """Show that many days, in years where they are whole, without saying so."""
        years = years_of_days(days, self._clock())
        self._loading = True
        self.unit.setCurrentIndex(self.unit.findData(DAYS if years is None else YEARS))
        self.number.setMaximum(LONGEST_DAYS if years is None else LONGEST_DAYS // 366)
        self.number.setValue(days if years is None else years)
        self._loading = False

    @property
    def _in_years(self) -> bool:
        return bool(self.unit.currentData() == YEARS)

    def _press(self, days: int) -> None:
        self.set_days(days)
        self.changed.emit(days)

    def _changed(self) -> None:
        if not self._loading:
            self.changed.emit(self.days)

    def _unit_changed(self) -> None:
        if self._loading:
            return
        # The same length in the other unit, as near as it goes.
        days = (
            self.number.value()
            if self._in_years
            else days_of_years(self.number.value(), self._clock())
        )
        self._loading = True
        if self._in_years:
            self.number.setMaximum(LONGEST_DAYS // 366)
            self.number.setValue(max(1, round(days / 365.25)))
        else:
            self.number.setMaximum(LONGEST_DAYS)
            self.number.setValue(days)
        self._loading = False
        self.changed.emit(self.days)
