"""The dialog that every wizard is shown in: title, steps, page, side panel, footer."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.gui.widgets.steps import SequenceSteps
from mtlsgui.gui.wizard.flow import Flow
from mtlsgui.workspace.drafts import Problem

_MARGIN = 28


class WizardPage(QWidget):
    """Base of a wizard's pages: shows a part of the draft and writes into it.

    A page writes each change into the draft at once and then emits `complete_changed`; the
    frame asks the flow for the step's problems and hands them to `show_problems`. Problems of
    fields that the user has not touched yet are held back until Next is tried.
    """

    complete_changed = Signal()

    def load(self) -> None:
        """Show what is in the draft; called each time the page comes up."""

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems at their fields and take all others back."""

    def side_panel(self) -> QWidget | None:
        """A widget for the right side ("The same with openssl"), or None."""
        return None

    def first_field(self) -> QWidget | None:
        """The widget that gets the keyboard when the page comes up."""
        return None


class WizardDialog(QDialog):
    """A wizard.

    pages: a page for each step id of the flow.
    finish: called by the last page's primary button; it starts the work and says how it went
    by `accept()`, `show_done()` or `show_failure()`. Until then `set_busy` holds the buttons.
    """

    step_shown = Signal(str)
    """The id of the step that came up."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        flow: Flow,
        pages: Mapping[str, WizardPage],
        *,
        finish_text: str,
        finish: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._flow, self._pages = theme, flow, dict(pages)
        self._finish_text, self._finish = finish_text, finish
        self._busy = False
        self._done = False
        self._tried: set[str] = set()
        self._banner: Banner | None = None
        self._focus_soon = QTimer(self)
        self._focus_soon.setSingleShot(True)
        self._focus_soon.setInterval(0)
        self._focus_soon.timeout.connect(self._focus_page)
        self.setWindowTitle(title)
        self.setProperty("role", "panel")
        self.setModal(True)
        grow = theme.sizes.control / 30
        self.resize(round(820 * grow), round(600 * grow))

        self.steps = SequenceSteps(theme)
        self.steps.chosen.connect(self._back_to)
        self._stack = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        titles = {step.id: step.title for step in flow.all_steps}
        for step, page in self._pages.items():
            area = self._areas[step] = scrolling(page, _MARGIN, GAP_PAGE)
            self._stack.addWidget(area)
            page.setAccessibleName(titles[step])
            page.complete_changed.connect(self._draft_changed)
        self._side = QFrame()
        self._side.setProperty("role", "side")
        self._side.setFixedWidth(round(300 * grow))
        self._side_stack = QStackedWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(22, GAP_PAGE, 22, GAP_PAGE)
        side.addWidget(self._side_stack)
        self._side_panels: dict[str, QWidget | None] = {}

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header(title))
        self._banner_place = QVBoxLayout()
        self._banner_place.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.addLayout(self._banner_place)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._side)
        column.addLayout(middle, 1)
        column.addWidget(self._footer())
        self._show_step()

    # -- what the wizard's owner calls

    def set_extra_button(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Put a button at the left of the footer ("Save as profile…")."""
        button = plain_button(text)
        button.clicked.connect(lambda _checked=False: act())
        self._extra.addWidget(button)
        self._extra_buttons.append(button)
        return button

    def set_busy(self, busy: bool) -> None:
        """Hold page and buttons while the work is being done; Cancel stays."""
        self._busy = busy
        self._stack.setEnabled(not busy)
        self.back_button.setEnabled(not busy and not self._flow.is_first)
        self.next_button.setEnabled(not busy)

    def show_failure(self, title: str, text: str = "") -> None:
        """Say above the page that finishing failed, and let the user go on."""
        self._clear_banner()
        self._banner = Banner(self._theme, Tone.BAD, title, text, dismissible=True)
        self._banner_place.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        self._banner_place.addWidget(self._banner)
        self.set_busy(False)
        self._focus_soon.start()

    def set_title(self, title: str) -> None:
        """Name what is being made, where that depends on what was chosen."""
        self.setWindowTitle(title)
        self.title.setText(title)

    def show_done(self, title: str, result: QWidget, first: QWidget | None = None) -> None:
        """Show what was made in place of the pages; only Close is left in the footer.

        first: what gets the keyboard; Close where it is None.
        """
        self._done = True
        self.set_busy(False)
        self._clear_banner()
        self.set_title(title)
        self.steps.hide()
        self._side.hide()
        area = scrolling(result, _MARGIN, GAP_PAGE)
        self._stack.addWidget(area)
        self._stack.setCurrentWidget(area)
        for button in self._extra_buttons:
            button.hide()
        self.cancel_button.hide()
        self.back_button.hide()
        self.next_button.setText(self.tr("Close"))
        self.next_button.setAccessibleName(self.tr("Close"))
        (first or self.next_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def failure(self) -> Banner | None:
        """What is said above the page."""
        return self._banner

    @property
    def is_done(self) -> bool:
        """Whether it shows what was made."""
        return self._done

    @property
    def flow(self) -> Flow:
        """Where the wizard stands."""
        return self._flow

    @property
    def page(self) -> WizardPage:
        """The page being shown."""
        return self._pages[self._flow.current.id]

    # -- building

    def _header(self, title: str) -> QFrame:
        header = QFrame()
        header.setProperty("role", "header")
        column = QVBoxLayout(header)
        column.setContentsMargins(_MARGIN, 22, _MARGIN, 14)
        column.setSpacing(14)
        self.title = wrapped(title, "heading")
        column.addWidget(self.title)
        column.addWidget(self.steps)
        return header

    def _footer(self) -> QFrame:
        footer = QFrame()
        footer.setProperty("role", "footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(GAP_PAGE, 12, GAP_PAGE, 12)
        row.setSpacing(GAP_SMALL)
        self._extra = QHBoxLayout()
        self._extra_buttons: list[QPushButton] = []
        self._extra.setSpacing(GAP_SMALL)
        self.cancel_button = plain_button(self.tr("Cancel"))
        self.back_button = plain_button(self.tr("&Back"))
        self.next_button = primary_button(self.tr("&Next"))
        self.next_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self._go_back)
        self.next_button.clicked.connect(self._go_on)
        row.addLayout(self._extra)
        row.addStretch()
        for button in (self.cancel_button, self.back_button, self.next_button):
            row.addWidget(button)
        return footer

    # -- moving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a list or on a check box goes on too, wherever the field does not use it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton) and focused.isVisible():
                focused.click()
            elif self.next_button.isEnabled():
                self.next_button.click()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close. Once something was made, that is no cancelling any more."""
        if self._done:
            self.accept()
        else:
            super().reject()

    def _go_on(self) -> None:
        if self._done:
            self.accept()
            return
        step = self._flow.current
        self._tried.add(step.id)
        self._clear_banner()
        if not self._flow.may_go_on:
            self.page.show_problems(self._flow.problems())
            self._focus_page()
            return
        if self._flow.is_last:
            blocked = self._flow.first_blocked()
            if blocked is None:
                self._finish()
                return
            self._tried.add(blocked.id)
            self._back_to([step.id for step in self._flow.steps].index(blocked.id))
            return
        self._flow.next()
        self._show_step()

    def _go_back(self) -> None:
        self._clear_banner()
        if self._flow.back():
            self._show_step()

    def _back_to(self, index: int) -> None:
        if not self._busy and self._flow.back_to(index):
            self._clear_banner()
            self._show_step()

    def _show_step(self) -> None:
        step, page = self._flow.current, self.page
        page.load()
        self._stack.setCurrentWidget(self._areas[step.id])
        if step.id not in self._side_panels:
            panel = self._side_panels[step.id] = page.side_panel()
            if panel is not None:
                self._side_stack.addWidget(panel)
        panel = self._side_panels[step.id]
        self._side.setVisible(panel is not None)
        if panel is not None:
            self._side_stack.setCurrentWidget(panel)
        self.back_button.setVisible(len(self._flow.steps) > 1)
        self.back_button.setEnabled(not self._flow.is_first)
        self._draft_changed()
        # After the show event: a widget that is not visible yet cannot take the focus.
        self._focus_soon.start()
        self.step_shown.emit(step.id)

    def _draft_changed(self) -> None:
        flow = self._flow
        titles = [step.title for step in flow.steps]
        self.steps.show_steps(titles, flow.index)
        self.next_button.setText(self._finish_text if flow.is_last else self.tr("&Next"))
        self.next_button.setAccessibleName(self.next_button.text().replace("&", ""))
        problems = flow.problems()
        if flow.current.id not in self._tried:
            problems = [problem for problem in problems if not problem.blocking]
        self.page.show_problems(problems)

    def _focus_page(self) -> None:
        field = self.page.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            # Nothing to type here: the page itself takes the keyboard, to be scrolled and read.
            self._areas[self._flow.current.id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_banner(self) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
            self._banner_place.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
