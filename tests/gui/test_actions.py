"""The registry of actions and the command palette."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.fuzzy import fuzzy_score
from mtlsgui.gui.palette import CommandPalette
from mtlsgui.gui.theme.theme import Theme


@dataclass
class Selection:
    names: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QMainWindow:
    made = QMainWindow()
    field = QLineEdit()
    field.setObjectName("field")
    made.setCentralWidget(field)
    made.resize(800, 600)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def registry(window: QMainWindow, theme: Theme, selection: Selection) -> ActionRegistry[Selection]:
    made: ActionRegistry[Selection] = ActionRegistry(window, theme, lambda: selection)
    made.add(
        Action("new", "&New authority…", lambda s: s.done.append("new"), "ca", "Ctrl+N"),
        Action(
            "renew",
            "&Renew…",
            lambda s: s.done.append("renew"),
            enabled=lambda s: bool(s.names),
            tooltip="Same key, new dates",
            shortcut="Ctrl+R",
            keywords="extend prolong",
        ),
    )
    return made


def test_an_action_is_done_only_when_it_may_be(
    registry: ActionRegistry[Selection], selection: Selection
) -> None:
    assert not registry["renew"].isEnabled()
    assert not registry.trigger("renew")
    selection.names.append("api")
    registry.refresh()
    assert registry["renew"].isEnabled()
    assert registry.trigger("renew")
    assert selection.done == ["renew"]


def test_a_selection_that_changed_unnoticed_does_not_run_the_action(
    registry: ActionRegistry[Selection], selection: Selection
) -> None:
    selection.names.append("api")
    registry.refresh()
    selection.names.clear()
    registry["renew"].trigger()
    assert selection.done == []


def test_ids_are_declared_once(registry: ActionRegistry[Selection]) -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.add(Action("new", "Other", lambda _: None))


def test_menus_show_the_same_actions(registry: ActionRegistry[Selection]) -> None:
    menu = registry.menu(["new", None, "renew"], title="&File")
    shown = menu.actions()
    assert shown[0] is registry["new"]
    assert shown[1].isSeparator()
    assert "Ctrl+R" in registry["renew"].toolTip()


@pytest.mark.parametrize(
    ("pattern", "better", "worse"),
    [
        ("nsc", "New server certificate…", "Renew subscriptions"),
        ("new", "New authority…", "Renew…"),
        ("exp", "Export…", "New profile from example"),
    ],
)
def test_word_beginnings_and_runs_win(pattern: str, better: str, worse: str) -> None:
    best, other = fuzzy_score(pattern, better), fuzzy_score(pattern, worse)
    assert best is not None
    assert other is None or best > other


def test_letters_out_of_order_do_not_match() -> None:
    assert fuzzy_score("ztr", "New authority") is None
    assert fuzzy_score("", "anything") == 0


def test_the_palette_is_used_by_keyboard_alone(
    qtbot: QtBot,
    window: QMainWindow,
    theme: Theme,
    registry: ActionRegistry[Selection],
    selection: Selection,
) -> None:
    palette = CommandPalette(theme, registry, window)
    QAbstractItemModelTester(
        palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal, palette
    )
    with qtbot.waitExposed(window):
        window.show()
    before = window.findChild(QLineEdit, "field")
    assert isinstance(before, QLineEdit)
    before.setFocus()
    palette.open()
    assert palette.model.rowCount() == 1, "what cannot be done now is not offered"
    palette.dismiss()
    selection.names.append("api")
    palette.open()
    assert palette.field.hasFocus()
    assert palette.model.rowCount() == 2
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    QTest.keyClicks(palette.field, "prolong")
    assert palette.model.rowCount() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert selection.done == ["renew"]
    assert not palette.isVisible()
    assert before.hasFocus()
    palette.open()
    QTest.keyClicks(palette.field, "zzz")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
