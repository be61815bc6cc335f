"""The shell: pages, banners, dropping, pasting, remembering, narrow windows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.drop import TEXT_LIMIT, Offered, read_offer
from mtlsgui.gui.jobs import Jobs, TaskControl
from mtlsgui.gui.main_window import MainWindow, PageSpec
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.theme.tokens import Tone
from tests.gui.gallery import GalleryWindow, show_scene


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme, settings: QSettings
) -> Callable[[], MainWindow]:
    def make() -> MainWindow:
        jobs = Jobs()
        window = MainWindow(theme, jobs, settings, QApplication.clipboard())
        jobs.setParent(window)
        qtbot.addWidget(window)
        return window

    return make


def drop(window: MainWindow, mime: QMimeData) -> bool:
    """Drag `mime` over the window and let go; whether the window wanted it."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_a_page_is_built_when_it_is_first_shown(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    built: list[str] = []

    def maker(name: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            built.append(name)
            return QWidget()

        return make

    for name in ("one", "two"):
        window.add_page(PageSpec(name, name.title(), "home", maker(name)))
    assert built == []
    window.show_page("one")
    window.navigation.buttons["two"].click()
    window.show_page("one")
    assert built == ["one", "two"]
    assert window.current_page == "one"
    assert window.navigation.buttons["one"].isChecked()
    assert not window.navigation.buttons["two"].isChecked()


def test_geometry_and_page_are_remembered(make_window: Callable[[], MainWindow]) -> None:
    first = make_window()
    second_page = PageSpec("two", "Two", "home", QWidget)
    first.add_page(PageSpec("one", "One", "home", QWidget))
    first.add_page(second_page)
    first.resize(777, 555)
    first.show()
    first.show_page("two")
    first.close()

    second = make_window()
    second.add_page(PageSpec("one", "One", "home", QWidget))
    second.add_page(second_page)
    second.show_last_page("one")
    assert second.current_page == "two"
    assert (second.width(), second.height()) == (777, 555)


def test_a_page_that_is_gone_gives_way_to_the_default(
    make_window: Callable[[], MainWindow], settings: QSettings
) -> None:
    settings.setValue("window/page", "of an older version")
    window = make_window()
    window.add_page(PageSpec("one", "One", "home", QWidget))
    window.show_last_page("one")
    assert window.current_page == "one"


def test_files_dropped_anywhere_are_handed_on(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    mime = QMimeData()
    paths = [tmp_path / "a b.pem", tmp_path / "ü.crt"]
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    with qtbot.waitSignal(window.files_dropped) as caught:
        assert drop(window, mime)
    assert caught.args == [paths]


def test_dropped_and_pasted_text_is_handed_on(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    window = make_window()
    mime = QMimeData()
    mime.setText("-----BEGIN CERTIFICATE-----")
    with qtbot.waitSignal(window.text_pasted):
        assert drop(window, mime)
    QApplication.clipboard().setText("-----BEGIN CERTIFICATE REQUEST-----")
    with qtbot.waitSignal(window.text_pasted) as caught:
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == ["-----BEGIN CERTIFICATE REQUEST-----"]


def test_a_field_with_the_keyboard_pastes_for_itself(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    window = make_window()
    window.add_page(PageSpec("one", "One", "home", QLineEdit))
    field = window.show_page("one")
    assert isinstance(field, QLineEdit)
    QApplication.clipboard().setText("typed")
    with qtbot.assertNotEmitted(window.text_pasted):
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "typed"


def test_nothing_useful_is_refused(make_window: Callable[[], MainWindow]) -> None:
    remote = QMimeData()
    remote.setUrls([QUrl("https://example.com/a.pem")])
    remote.removeFormat("text/plain")
    empty, huge = QMimeData(), QMimeData()
    empty.setText("  \n")
    huge.setText("x" * (TEXT_LIMIT + 1))
    assert not drop(make_window(), empty)
    assert read_offer(huge) == Offered()
    assert read_offer(None) == Offered()
    assert read_offer(remote).files == ()


def test_errors_and_bugs_look_different(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    window.show_error(MtlsguiError("The keyring is locked", "It asked.", "Unlock it."))
    window.show_error(MtlsguiError("The keyring is locked", "It asked.", "Unlock it."))
    window.show_crash("Importing", "the way there")
    error, crash = window.banners
    assert (error.tone, error.text.text()) == (Tone.BAD, "It asked. Unlock it.")
    assert crash.tone is Tone.ATTENTION
    crash.buttons[0].click()
    assert QApplication.clipboard().text() == "the way there"
    window.dismiss_banner(error)
    window.dismiss_banner(crash)
    assert window.banners == []


def test_banners_do_not_pile_up(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    for number in range(5):
        window.show_banner(Tone.ACCENT, f"Number {number}")
    assert [b.sentence.text() for b in window.banners] == ["Number 2", "Number 3", "Number 4"]


def test_a_long_task_shows_in_the_status_bar_and_can_be_cancelled(
    qtbot: QtBot, theme: Theme, jobs: Jobs, settings: QSettings
) -> None:
    window = MainWindow(theme, jobs, settings, QApplication.clipboard())
    qtbot.addWidget(window)
    indicator = window.status.indicator

    def work(control: TaskControl) -> None:
        while True:
            control.report(3, 10, "Reading 3 of 10")

    task = jobs.run_task(work, lambda _: None, title="Importing", cancellable=True)
    qtbot.waitUntil(lambda: not indicator.isHidden())
    qtbot.waitUntil(lambda: indicator.title.text() == "Reading 3 of 10")
    assert (indicator.bar.value(), indicator.bar.maximum()) == (3, 10)
    indicator.cancel_button.click()
    qtbot.waitUntil(lambda: task.is_finished)
    assert indicator.isHidden()


def test_below_1000_pixels_the_inspector_is_a_page_of_its_own(
    qtbot: QtBot, theme: Theme, jobs: Jobs, settings: QSettings
) -> None:
    window = GalleryWindow(theme, jobs, settings)
    qtbot.addWidget(window)
    window.resize(1400, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.show_page("authorities")
    split = window.split
    main, side = split.splitter.widget(0), split.splitter.widget(1)
    assert main is not None
    assert side is not None
    assert main.isVisible()
    assert side.isVisible()
    assert side.width() == theme.sizes.inspector
    window.resize(820, 700)
    qtbot.waitUntil(lambda: split.is_narrow)
    assert main.isVisible()
    assert not side.isVisible()
    split.show_inspector()
    assert side.isVisible()
    assert not main.isVisible()
    with qtbot.waitSignal(split.inspector_left):
        QTest.keyClick(split, Qt.Key.Key_Escape)
    assert main.isVisible()


@pytest.mark.parametrize("scheme", [SchemePreference.LIGHT, SchemePreference.DARK])
@pytest.mark.parametrize(
    "scene", ["main", "widgets", "wizard", "palette", "drop", "narrow", "empty"]
)
def test_every_scene_of_the_gallery_is_drawn(
    qtbot: QtBot,
    theme: Theme,
    jobs: Jobs,
    settings: QSettings,
    *,
    scene: str,
    scheme: SchemePreference,
) -> None:
    theme.set_preference(scheme)
    window = show_scene(theme, jobs, settings, scene)
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    picture = window.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 800, 5) for y in range(0, 500, 5)}
    assert len(colours) > 10
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert button.accessibleName() or button.text(), button
