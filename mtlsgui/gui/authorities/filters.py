"""The filters that are asked for less often, behind one round button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mtlsgui.gui.authorities import wording
from mtlsgui.inventory.records import Counts, Status

MORE_STATUSES = (Status.ISSUER_MISSING, Status.NO_KEY, Status.NOT_YET_VALID)


class MoreFilters(QPushButton):
    """Narrows down to kinds and to the rarer states; the button says what is chosen.

    `chosen` says that the choice was changed by hand.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "filter")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self._any = menu.addAction(self.tr("Every kind"))
        self._any.triggered.connect(self._take_back)
        menu.addSeparator()
        self._kinds = {each: self._option(menu, wording.kind_text(each)) for each in wording.KINDS}
        menu.addSeparator()
        self._statuses = {
            each: self._option(menu, wording.status_text(each)) for each in MORE_STATUSES
        }
        self._texts = {
            action: action.text() for action in (*self._kinds.values(), *self._statuses.values())
        }
        self.setMenu(menu)
        self._show_choice()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds chosen; none means all."""
        return frozenset(kind for kind, action in self._kinds.items() if action.isChecked())

    @property
    def statuses(self) -> frozenset[Status]:
        """The states chosen; none means all."""
        return frozenset(each for each, action in self._statuses.items() if action.isChecked())

    def clear(self) -> None:
        """Choose nothing, without saying so."""
        self._check((*self._kinds.values(), *self._statuses.values()), False)

    def choose_status(self, status: Status) -> None:
        """Choose one of MORE_STATUSES, without saying so. Raises KeyError for another."""
        self._check((self._statuses[status],), True)

    def clear_statuses(self) -> None:
        """Choose no state, without saying so."""
        self._check(tuple(self._statuses.values()), False)

    def set_counts(self, counts: Counts) -> None:
        """Show in the menu how many certificates each choice has."""
        locale = self.locale()
        numbers = {
            **{self._kinds[each]: counts.by_kind.get(each, 0) for each in self._kinds},
            **{self._statuses[each]: counts.by_status.get(each, 0) for each in self._statuses},
        }
        for action, number in numbers.items():
            action.setText(f"{self._texts[action]}\t{locale.toString(number)}")

    def _option(self, menu: QMenu, text: str) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(self._changed)
        return action

    def _take_back(self) -> None:
        self._check(tuple(self._kinds.values()), False)
        self.chosen.emit()

    def _check(self, actions: tuple[QAction, ...], checked: bool) -> None:
        for action in actions:
            action.setChecked(checked)
        self._show_choice()

    def _changed(self) -> None:
        self._show_choice()
        self.chosen.emit()

    def _show_choice(self) -> None:
        texts = [text for action, text in self._texts.items() if action.isChecked()]
        match texts:
            case []:
                shown = self.tr("More")
            case [one]:
                shown = one
            case _:
                shown = self.tr("{} filters").format(len(texts))
        self.setText(f"{shown} ▾")
        self.setAccessibleName(self.tr("More filters: {}").format(", ".join(texts) or shown))
        self.setChecked(bool(texts))
        self._any.setEnabled(bool(self.kinds))

    def nextCheckState(self) -> None:
        """Being checked shows that something is chosen; a click only opens the menu."""
