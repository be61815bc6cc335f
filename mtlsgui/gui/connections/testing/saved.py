"""Tests that are kept: the menu "Saved", the question for a name, what came of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QMenu, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing.kept_wording import changes_text, kept_tone, outcome_word
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.theme.tokens import GAP, GAP_SMALL
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.widgets.buttons import danger_button, plain_button, primary_button
from mtlsgui.gui.widgets.filters import SearchField
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.inventory.records import ConnectionResultRow
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.connections import kept
from mtlsgui.workspace.connections.compared import compare
from mtlsgui.workspace.connections.kept import KeptTest

translate = QCoreApplication.translate

_MOST_IN_MENU = 12
_ROWS = 7


class SavedMenu(QMenu):
    """Made anew each time it opens. `opened` names the test to be filled in."""

    opened = Signal(int)
    save_wanted = Signal()
    change_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.current: int | None = None
        """The kept test that the question came from."""
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Put in what there is now."""
        self.clear()
        tests = kept.all_kept(self._desk.ws)
        current = next((each for each in tests if each.id == self.current), None)
        if current is not None:
            text = self.tr("Save as “{}” again").format(_menu_text(current.name))
            self._add(text, self.change_wanted.emit)
        self._add(self.tr("&Save this test…"), self.save_wanted.emit)
        if not tests:
            return
        self._add(self.tr("&All saved tests and their results…"), self.all_wanted.emit)
        self.addSeparator()
        for test in _used_last(tests):
            action = self._add(_menu_text(test.name), partial(self.opened.emit, test.id))
            action.setCheckable(True)
            action.setChecked(test.id == self.current)

    def _add(self, text: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked=False: act())
        return action


class NameDialog(PanelDialog):
    """Asks what a test shall be called, and does it. `named` has what the use case gave."""

    named = Signal(object)

    def __init__(
        self,
        desk: Desk,
        heading: str,
        name: str,
        use_case: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.theme, heading, width=440, parent=parent)
        self._desk, self._use_case = desk, use_case
        self.name = QLineEdit(name)
        self.row = FormRow(self.tr("&Name"), self.name)
        self.name.textEdited.connect(lambda _text: self.row.set_problem(""))
        self.body.addWidget(self.row)
        self.save_button = self.add_button(primary_button(heading), default=True)
        self.save_button.clicked.connect(lambda _checked=False: self._save())

    def first_field(self) -> QWidget:
        return self.name

    def _save(self) -> None:
        try:
            made = self._use_case(self.name.text())
        except MtlsguiError as error:
            self.row.set_problem(" ".join(part for part in (error.title, error.remedy) if part))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._desk.changes.announce()
        self.named.emit(made)
        self.accept()


def save_dialog(desk: Desk, test: ConnectionTest, parent: QWidget) -> NameDialog:
    """The question for the name of a new test."""
    suggested = test.address.strip().rpartition("://")[2].partition("/")[0].rpartition("@")[2]
    heading = translate("Connections", "Save test")
    made = NameDialog(desk, heading, suggested, lambda name: kept.keep(desk.ws, name, test), parent)
    if kept.as_kept(test).http_headers != test.http_headers:
        made.set_heading(heading, translate("Connections", "Headers that log in are not saved."))
    return made


class SavedDialog(PanelDialog):
    """All kept tests, found by typing; beside each what came of it, and what changed."""

    opened = Signal(int)
    """A test to be filled in; the dialog closes."""

    def __init__(self, desk: Desk, current: int | None, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=860, parent=parent)
        self.set_heading(self.tr("Saved tests"))
        self._desk = desk
        self._tests: list[KeptTest] = []
        self._results: list[ConnectionResultRow] = []
        self.search = SearchField(desk.theme, self.tr("Search by name or address"))
        self.tests = _list(desk, self.tr("Saved tests"))
        self.results = _list(desk, self.tr("Results"))
        self.results_heading = label(self.tr("Results"), "muted")
        self.against = QComboBox()
        self.against.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.against_row = FormRow(self.tr("&Compared with"), self.against)
        self.changes = wrapped("")
        self.changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.addWidget(self.search, 0, 0)
        grid.addWidget(self.results_heading, 0, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.tests, 1, 0)
        grid.addWidget(self.results, 1, 1)
        for column, stretch in enumerate((5, 6)):
            grid.setColumnStretch(column, stretch)
        self.body.addLayout(grid)
        self.body.addWidget(self.against_row)
        self.body.addWidget(self.changes)
        self.delete_button = self.add_button(danger_button(self.tr("&Delete…")), left=True)
        self.rename_button = self.add_button(plain_button(self.tr("Rena&me…")), left=True)
        self.open_button = self.add_button(primary_button(self.tr("&Open")), default=True)
        self.cancel_button.setText(self.tr("Close"))
        self._connect()
        self.refresh(current)

    def first_field(self) -> QWidget:
        return self.search

    @property
    def selected(self) -> KeptTest | None:
        """The test that is chosen in the list."""
        at = self.tests.currentIndex().row()
        return self._tests[at] if 0 <= at < len(self._tests) else None

    def refresh(self, test_id: int | None = None) -> None:
        """Read the list anew, and choose a test, else the first."""
        wanted = self.search.text().casefold().split()
        self._tests = [
            each
            for each in kept.all_kept(self._desk.ws)
            if all(word in f"{each.name} {each.test.address}".casefold() for word in wanted)
        ]
        self.tests.set_lines(
            [
                Line(
                    each.name,
                    each.test.address,
                    outcome_word(each.outcome) if each.outcome else "",
                    kept_tone(each.outcome),
                )
                for each in self._tests
            ]
        )
        _fix(self.tests)
        ids = [each.id for each in self._tests]
        at = ids.index(test_id) if test_id in ids else 0
        self.tests.setCurrentIndex(self.tests.lines.index(at, 0))
        self._show_test()

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self.refresh())
        self.search.leave_downwards.connect(self.tests.setFocus)
        # The selection's own signals go with the model's reset: the view's stay.
        self.tests.clicked.connect(lambda _index: self._show_test())
        self.tests.selectionModel().currentChanged.connect(lambda *_: self._show_test())
        self.tests.doubleClicked.connect(lambda _index: self._open())
        self.results.selectionModel().currentChanged.connect(lambda *_: self._show_result())
        self.against.currentIndexChanged.connect(lambda _index: self._show_changes())
        self.open_button.clicked.connect(lambda _checked=False: self._open())
        self.rename_button.clicked.connect(lambda _checked=False: self._rename())
        self.delete_button.clicked.connect(lambda _checked=False: self._ask_to_delete())

    def _show_test(self) -> None:
        test = self.selected
        for button in (self.open_button, self.rename_button, self.delete_button):
            button.setEnabled(test is not None)
        self.clear_message()
        self._results = kept.results(self._desk.ws, test.id) if test else []
        self.results.set_lines(
            [
                Line(
                    local_time(each.at),
                    each.sentence,
                    outcome_word(each.outcome),
                    kept_tone(each.outcome),
                )
                for each in self._results
            ]
        )
        _fix(self.results)
        self.results.setCurrentIndex(self.results.lines.index(0, 0))
        self._show_result()

    def _show_result(self) -> None:
        """Offer every other result to compare with; the one before is chosen."""
        at = self.results.currentIndex().row()
        self.against.blockSignals(True)
        self.against.clear()
        for number, each in enumerate(self._results):
            if number != at:
                text = self.tr("{}: {}").format(local_time(each.at), each.sentence)
                self.against.addItem(text, number)
        self.against.setCurrentIndex(min(at, self.against.count() - 1) if at >= 0 else -1)
        self.against.blockSignals(False)
        self.against_row.setVisible(self.against.count() > 0)
        self._show_changes()

    def _show_changes(self) -> None:
        at, other = self.results.currentIndex().row(), self.against.currentData()
        if self.selected is None:
            text = self.tr("No saved test has this in its name or address.")
        elif not self._results:
            text = self.tr("Nothing came of it yet. Open it, and press Test.")
        elif at < 0 or other is None:
            text = self.tr("After the next test you see here what changed.")
        else:
            earlier, later = max(at, other), min(at, other)  # newest first
            before, after = (
                kept.result_document(self._desk.ws, self._results[each].id)
                for each in (earlier, later)
            )
            text = changes_text(compare(before, after))
        self.changes.setText(text)
        self.fit()

    def _open(self) -> None:
        test = self.selected
        if test is not None:
            self.opened.emit(test.id)
            self.accept()

    def _rename(self) -> None:
        test = self.selected
        if test is None:
            return
        dialog = NameDialog(
            self._desk,
            self.tr("Rename test"),
            test.name,
            lambda name: kept.rename(self._desk.ws, test.id, name),
            self,
        )
        dialog.named.connect(lambda _nothing: self.refresh(test.id))
        dialog.open()

    def _ask_to_delete(self) -> None:
        test = self.selected
        if test is not None:
            dialog = DeleteDialog(self._desk, test, self)
            dialog.accepted.connect(self.refresh)
            dialog.open()


class DeleteDialog(PanelDialog):
    """The question before a test is forgotten."""

    def __init__(self, desk: Desk, test: KeptTest, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", width=440, parent=parent)
        self.set_heading(
            self.tr("Delete “{}”?").format(test.name),
            self.tr("The test and its results go. Certificates stay."),
        )
        self._desk, self._test = desk, test
        self.delete_button = self.add_button(danger_button(self.tr("&Delete")), default=True)
        self.delete_button.clicked.connect(lambda _checked=False: self._delete())

    def _delete(self) -> None:
        try:
            kept.delete(self._desk.ws, self._test.id)
        except MtlsguiError as error:
            self.show_error(error)
            return
        self._desk.changes.announce()
        self.accept()


def _used_last(tests: list[KeptTest]) -> list[KeptTest]:
    """As many as a menu takes, by name: those that were made last."""
    never = datetime.min.replace(tzinfo=UTC)
    newest = sorted(tests, key=lambda each: each.last_at or never, reverse=True)[:_MOST_IN_MENU]
    return [each for each in tests if each in newest]


def _list(desk: Desk, name: str) -> LineList:
    made = LineList(desk.theme, name, rows=_ROWS)
    made.setSelectionMode(LineList.SelectionMode.SingleSelection)
    return made


def _fix(lines: LineList) -> None:
    """As high with one row as with many, so that nothing jumps."""
    row = lines.sizeHintForRow(0) if lines.lines.lines else 46
    lines.setFixedHeight(_ROWS * max(row, 1) + 2 * lines.frameWidth())


def _menu_text(name: str) -> str:
    return name.replace("&", "&&")
