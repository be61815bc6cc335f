"""The wizard: its flow without Qt, its dialog with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.wizard.flow import Flow, Step
from mtlsgui.workspace.drafts import Problem
from tests.gui.gallery import NamesPage, make_wizard


def make_flow(draft: dict[str, str]) -> Flow:
    def names() -> list[Problem]:
        return [] if draft.get("name") else [Problem("name", "Give a name.")]

    return Flow(
        [
            Step("names", "Names", names),
            Step("extra", "Extra", applies=lambda: "extra" in draft),
            Step("review", "Review", lambda: [Problem("", "Ends soon.", blocking=False)]),
        ]
    )


def test_a_blocking_problem_holds_the_step() -> None:
    draft: dict[str, str] = {}
    flow = make_flow(draft)
    assert not flow.next()
    assert flow.first_blocked() is flow.current
    draft["name"] = "a"
    assert flow.next()
    assert flow.current.id == "review"


def test_steps_come_and_go_with_the_draft() -> None:
    draft = {"name": "a", "extra": "yes"}
    flow = make_flow(draft)
    flow.next()
    assert flow.current.id == "extra"
    flow.next()
    assert flow.is_last
    assert flow.back_to(0)
    del draft["extra"]
    assert [step.id for step in flow.steps] == ["names", "review"]


def test_warnings_do_not_hold_and_the_end_is_the_end() -> None:
    flow = make_flow({"name": "a"})
    flow.next()
    assert flow.problems()
    assert flow.may_go_on
    assert not flow.next()
    assert not flow.back_to(5)
    assert flow.back()
    assert flow.is_first
    assert not flow.back()


def test_steps_need_different_ids() -> None:
    with pytest.raises(ValueError, match="different ids"):
        Flow([Step("a", "A"), Step("a", "B")])


def test_a_wizard_is_driven_by_the_keyboard_alone(qtbot: QtBot, theme: Theme) -> None:
    made: list[str] = []
    wizard = make_wizard(theme, made)
    qtbot.addWidget(wizard)
    with qtbot.waitExposed(wizard):
        wizard.show()
    page = wizard.page
    assert isinstance(page, NamesPage)
    qtbot.waitUntil(page.edit.hasFocus)

    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert wizard.page is page
    assert page.form.rows["name"].problem == "Give at least one name."
    QTest.keyClicks(page.edit, "api.internal")
    assert page.form.rows["name"].problem == ""
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert wizard.flow.current.id == "review"
    QTest.keyClick(wizard, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    # A mnemonic presses the button down for a moment before it clicks.
    qtbot.waitUntil(lambda: wizard.flow.current.id == "names")
    assert page.edit.text() == "api.internal"
    qtbot.waitUntil(page.edit.hasFocus)
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert made == []
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QScrollArea))
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert made == ["api.internal"]


def test_problems_are_held_back_until_next_is_tried(qtbot: QtBot, theme: Theme) -> None:
    wizard = make_wizard(theme, [])
    qtbot.addWidget(wizard)
    page = wizard.page
    assert isinstance(page, NamesPage)
    page.edit.setText("a")
    page.edit.clear()
    assert page.form.rows["name"].problem == ""


def test_failure_is_said_above_the_page_and_frees_the_buttons(qtbot: QtBot, theme: Theme) -> None:
    wizard = make_wizard(theme, [])
    qtbot.addWidget(wizard)
    wizard.set_busy(True)
    assert not wizard.next_button.isEnabled()
    wizard.show_failure("The keyring is locked", "Unlock it.")
    assert wizard.next_button.isEnabled()
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(wizard, Qt.Key.Key_Escape)
