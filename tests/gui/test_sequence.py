"""The handshake as it is drawn: opened by mouse and keyboard, heard by a screen reader."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.sequence import SequenceView
from mtlsgui.gui.connections.testing.step_details import FoldedLines, StepDetails
from mtlsgui.gui.connections.testing.step_row import StepRow
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Question, Target
from mtlsgui.tls.result import Detail, Step, StepState
from mtlsgui.workspace.workspace import Workspace
from tests.gui import connection_results as results
from tests.tls import servers
from tests.tls.papers import HOST, NOW, world
from tests.workspace.support import Clock, LocalVaults


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    vaults = LocalVaults(tmp_path / "computer")
    with Workspace.open(tmp_path / "workspace", vaults, clock=Clock(), actor="t@here") as ws:
        made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        yield made
        made.changes.stop()


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> Iterator[SequenceView]:
    made = SequenceView(desk)
    area = scrolling(made)
    area.resize(700, 500)
    qtbot.addWidget(area)
    made.show_steps(results.expired().steps, "api.payments.internal")
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    yield made
    area.close()


def row(view: SequenceView, message: str) -> StepRow:
    return next(each for each in view.rows if each.step.message == message)


def accessible(row: StepRow) -> tuple[str, str, bool]:
    """What a screen reader is told: name, description, whether it is open."""
    found = QAccessible.queryAccessibleInterface(row)
    name = found.text(QAccessible.Text.Name)
    described = found.text(QAccessible.Text.Description)
    return name, described, bool(found.state().checked)


def test_each_step_can_be_heard(view: SequenceView) -> None:
    said = [accessible(each) for each in view.rows]
    assert said[1] == (
        "You: ClientHello, ok",
        "TLS 1.3, 1.2 · SNI api.payments.internal, 1,521 bytes, after 0.9 ms",
        False,
    )
    names = [name for name, _, _ in said]
    assert "api.payments.internal: Alert 45: certificate expired, failed" in names
    assert names[-1] == "You: GET /health, not reached"
    cause = next(each for each in view.rows if each.step.is_cause)
    assert "this is why" in accessible(cause)[1]


def test_a_step_opens_by_the_mouse_and_shows_its_details(view: SequenceView) -> None:
    hello = row(view, "ServerHello")
    item = view.items[view.rows.index(hello)]
    assert not item.findChildren(StepDetails)
    QTest.mouseClick(hello, Qt.MouseButton.LeftButton)
    assert item.details is not None
    assert item.details.isVisible()
    assert accessible(hello)[2]
    texts = [each.text() for each in item.details.findChildren(ValueText)]
    assert texts == ["TLS 1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768"]
    item.details.copy_button.click()
    assert "Group:\n  X25519MLKEM768" in QApplication.clipboard().text()
    QTest.mouseClick(hello, Qt.MouseButton.LeftButton)
    assert not item.details.isVisible()


def test_the_keyboard_goes_from_step_to_step(qtbot: QtBot, view: SequenceView) -> None:
    """Tab leads to one step, the one that failed; arrows to the others."""
    reachable = [each for each in view.rows if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.step.state for each in reachable] == [StepState.FAILED]
    reachable[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(reachable[0].hasFocus)
    QTest.keyClick(reachable[0], Qt.Key.Key_Home)
    first, second = view.rows[:2]
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    for open_key, close_key in (
        (Qt.Key.Key_Return, Qt.Key.Key_Space),
        (Qt.Key.Key_Right, Qt.Key.Key_Left),
    ):
        QTest.keyClick(second, open_key)
        assert second.isChecked()
        QTest.keyClick(second, close_key)
        assert not second.isChecked()
    QTest.keyClick(second, Qt.Key.Key_End)
    assert view.rows[-1].hasFocus()


def test_the_step_with_the_keyboard_is_scrolled_into_sight(
    qtbot: QtBot, view: SequenceView
) -> None:
    (above,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QScrollArea))
    view.rows[0].setFocus()
    assert above.verticalScrollBar().value() == 0
    QTest.keyClick(view.rows[0], Qt.Key.Key_End)
    last = view.rows[-1]
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_a_step_without_details_does_not_open(view: SequenceView) -> None:
    last = view.rows[-1]
    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    QTest.keyClick(last, Qt.Key.Key_Right)
    assert not last.isChecked()
    assert view.items[-1].details is None


def test_a_long_list_is_folded(view: SequenceView) -> None:
    asked = row(view, "CertificateRequest")
    asked.click()
    folded = view.items[view.rows.index(asked)].findChild(FoldedLines)
    assert folded is not None
    assert len(folded.value.text().splitlines()) == 6
    assert folded.link.text() == "and 94 more"
    folded.link.click()
    assert folded.value.text().splitlines()[-1] == "CN=Customer CA 99,O=Firm"
    folded.link.click()
    assert "CA 99" not in folded.value.text()


def test_explaining_is_shown_first_and_remembered(
    qtbot: QtBot, view: SequenceView, desk: Desk, settings: QSettings
) -> None:
    text = view.items[0].explanation
    assert text.isVisible()
    assert "find its door open" in text.text()
    assert not view.items[-1].explanation.isVisible()  # it has none
    view.explain.click()
    assert not text.isVisible()
    another = SequenceView(desk)
    qtbot.addWidget(another)
    assert not another.explain.isChecked()
    another.show_steps(results.good().steps, "server")
    another.show()
    assert not another.items[0].explanation.isVisible()


def test_hostile_names_are_written_out(view: SequenceView) -> None:
    step = Step(
        1,
        "server",
        results.HOSTILE,
        StepState.OK,
        results.HOSTILE,
        details=(Detail("Subject", (results.HOSTILE,)),),
    )
    view.show_steps([step], results.HOSTILE)
    (shown,) = view.rows
    shown.click()
    value = view.items[0].findChild(ValueText)
    assert value is not None
    for text in (*accessible(shown)[:2], value.text()):
        assert "\\u202e" in text
        assert text.isprintable()


@pytest.mark.parametrize("scheme", [SchemePreference.LIGHT, SchemePreference.DARK])
def test_failure_and_focus_are_seen(
    qtbot: QtBot, view: SequenceView, theme: Theme, scheme: SchemePreference
) -> None:
    theme.set_preference(scheme)
    failed = next(each for each in view.rows if each.step.state is StepState.FAILED)
    failed.setFocus()
    qtbot.waitUntil(failed.hasFocus)
    image = failed.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert {theme.tokens.bad, theme.tokens.accent} <= colours
    assert theme.tokens.good not in colours


def test_many_steps_are_shown_and_replaced(view: SequenceView) -> None:
    many = [replace(results.steps()[1], number=number) for number in range(1, 61)]
    view.show_steps(many, "server")
    assert len(view.rows) == 60
    view.show_steps(many[:2], "server")
    assert [each.step.number for each in view.rows] == [1, 2]
    view.show_steps([], "server")
    assert view.rows == []


def test_a_real_handshake(view: SequenceView, tmp_path: Path) -> None:
    made, port_of = world(), servers.python_ssl(tmp_path / "s", world().servers["good"])
    with port_of as port:
        target = Target("127.0.0.1", port, HOST)
        result = probe(Question(target, made.identity("good"), made.trust), NOW)
    view.show_steps(result.steps, HOST)
    for each in view.rows:
        each.click()
    opened = [item for item in view.items if item.details is not None]
    assert len(opened) == sum(bool(step.details) for step in result.steps)
    assert "You: ClientHello, ok" in [accessible(each)[0] for each in view.rows]


def test_no_scroll_bar_where_it_fits(qtbot: QtBot, view: SequenceView) -> None:
    area = view.window()
    assert isinstance(area, QScrollArea)
    view.explain.setChecked(True)
    area.resize(1000, 300)
    shown = area.widget()
    assert shown is not None
    needed = shown.heightForWidth(area.viewport().width())
    area.resize(1000, needed + 40)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


def test_sizes_and_times_in_few_letters() -> None:
    sizes = [wording.size_text(each) for each in (2, 999, 1521, 99_900, 123_456, 16_000_000)]
    assert sizes == ["2 B", "999 B", "1.5 kB", "99.9 kB", "123 kB", "16.0 MB"]
    assert [wording.time_text(each) for each in (0.4, 11.2, 5000)] == ["0 ms", "11 ms", "5.0 s"]
