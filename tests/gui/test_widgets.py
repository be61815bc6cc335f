"""The small widgets: what they show and how they are used."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.i18n import available_languages, install_translations
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import LIGHT, Tone
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.filters import FilterOption, SearchField, SegmentedFilter
from mtlsgui.gui.widgets.flow import ChipFlow, ChipText, FlowLayout
from mtlsgui.gui.widgets.form import Form
from mtlsgui.gui.widgets.labels import ElidedLabel
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.widgets.pill import paint_pill, pill_size
from mtlsgui.gui.widgets.tabs import UnderlineTabs
from mtlsgui.gui.widgets.value import ValueText


def test_a_pill_is_painted_where_it_says_and_cut_where_it_must(theme: Theme) -> None:
    image = QImage(200, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    painter.setFont(theme.font())
    whole = paint_pill(painter, QRect(0, 0, 200, 40), "Renew soon", Tone.ATTENTION, LIGHT)
    cut = paint_pill(painter, QRect(0, 0, 30, 40), "Renew soon", Tone.ATTENTION, LIGHT)
    nothing = paint_pill(painter, QRect(0, 0, 30, 40), "", Tone.ATTENTION, LIGHT)
    painter.end()
    assert whole.size() == pill_size("Renew soon", theme.font())
    assert cut.width() == 30
    assert nothing.isEmpty()
    assert image.pixelColor(whole.left() + 5, whole.center().y()) == QColor(LIGHT.attention_soft)
    assert image.pixelColor(whole.right() + 3, 20) == QColor(LIGHT.panel)


def test_a_flow_wraps_and_grows_downwards(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=10)
    for _ in range(4):
        box = QLabel()
        box.setFixedSize(50, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(230) == 20
    assert flow.heightForWidth(229) == 50
    assert flow.heightForWidth(50) == 110
    assert flow.itemAt(4) is None
    assert flow.takeAt(9) is None


def test_chips_say_why_and_can_be_removed(qtbot: QtBot, theme: Theme) -> None:
    chips = ChipFlow(theme, removable=True)
    qtbot.addWidget(chips)
    chips.set_chips([ChipText("a.internal"), ChipText("b..c", problem="an empty label")])
    assert chips.texts() == ["a.internal", "b..c"]
    removers = [b for b in chips.findChildren(QWidget) if b.accessibleName().startswith("Remove")]
    with qtbot.waitSignal(chips.removed) as caught:
        QTest.mouseClick(removers[1], Qt.MouseButton.LeftButton)
    assert caught.args == [1]


def test_a_banner_acts_and_goes(qtbot: QtBot, theme: Theme) -> None:
    acted: list[bool] = []
    banner = Banner(
        theme,
        Tone.BAD,
        "It expired.",
        "2 days ago.",
        actions=[("Renew", lambda: acted.append(True))],
        dismissible=True,
    )
    qtbot.addWidget(banner)
    banner.buttons[0].click()
    assert acted == [True]
    assert banner.accessibleName() == "It expired."


def test_names_from_files_are_never_markup(qtbot: QtBot, theme: Theme) -> None:
    fields = FieldList(theme, QApplication.clipboard())
    qtbot.addWidget(fields)
    shown = fields.add("Subject", "<b>CN=x</b>")
    assert shown.text() == "<b>CN=x</b>"
    shown.setText("<i>y</i>")
    assert shown.text() == "<i>y</i>"


def test_a_value_is_copied_whole(qtbot: QtBot, theme: Theme) -> None:
    fields = FieldList(theme, QApplication.clipboard())
    qtbot.addWidget(fields)
    fields.add("SHA-256", "9b:4e…", copy="9b4e02", monospace=True)
    [button] = fields.findChildren(CopyButton)
    assert button.accessibleName() == "Copy SHA-256"
    button.click()
    assert QApplication.clipboard().text() == "9b4e02"
    assert button.text() == "Copied"
    fields.clear()
    assert fields.row_count == 0


def test_a_long_word_wraps_and_is_copied_as_it_is(qtbot: QtBot, theme: Theme) -> None:
    digest = ":".join(["ab"] * 32)
    value = ValueText(digest, theme.monospace())
    qtbot.addWidget(value)
    one_line = value.heightForWidth(2000)
    assert value.heightForWidth(200) >= 3 * one_line
    value.selectAll()
    QTest.keyClick(value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == digest


def test_a_value_is_as_high_as_its_text_needs(qtbot: QtBot, theme: Theme) -> None:
    fields = FieldList(theme, QApplication.clipboard())
    qtbot.addWidget(fields)
    value = fields.add("SHA-256", ":".join(["ab"] * 64), copy="x")
    fields.resize(300, 600)
    with qtbot.waitExposed(fields):
        fields.show()
    qtbot.waitUntil(lambda: value.height() == value.heightForWidth(value.width()))


def test_search_waits_for_a_pause(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme, "Search")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.search_changed.connect(heard.append)
    QTest.keyClicks(field, "api ")
    qtbot.waitUntil(lambda: heard == ["api"])
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: heard == ["api", ""])
    with qtbot.waitSignal(field.leave_downwards):
        QTest.keyClick(field, Qt.Key.Key_Down)


def test_one_filter_is_chosen_and_few_pixels_make_a_menu(qtbot: QtBot, theme: Theme) -> None:
    filters = SegmentedFilter(
        [FilterOption("all", "All", 214), FilterOption("soon", "Renew soon", 2)], "Status"
    )
    qtbot.addWidget(filters)
    filters.resize(filters.sizeHint())
    with qtbot.waitExposed(filters):
        filters.show()
    assert not filters.is_compact
    assert filters.current == "all"
    with qtbot.assertNotEmitted(filters.chosen):
        filters.choose("soon")
    assert filters.current == "soon"
    filters.resize(90, 30)
    qtbot.waitUntil(lambda: filters.is_compact)
    with pytest.raises(KeyError):
        filters.choose("nothing")


def test_tabs_build_their_pages_when_shown(qtbot: QtBot) -> None:
    tabs = UnderlineTabs("Inspector")
    qtbot.addWidget(tabs)
    tabs.add_tab("summary", "Summary", QWidget)
    tabs.add_tab("pem", "PEM", QWidget)
    assert tabs.current == "summary"
    assert tabs.page("pem") is None
    with qtbot.waitSignal(tabs.current_changed) as caught:
        tabs.show_tab("pem")
    assert caught.args == ["pem"]
    assert tabs.page("pem") is not None


def test_more_is_closed_until_asked(qtbot: QtBot, theme: Theme) -> None:
    more = MoreSection(theme)
    qtbot.addWidget(more)
    inside = QLineEdit()
    more.body.addWidget(inside)
    assert not inside.isVisibleTo(more)
    more.set_open(True)
    assert inside.isVisibleTo(more)


def test_a_problem_takes_the_hints_place_and_goes_again(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    row = form.add("days", "&Valid for", QLineEdit(), "90 days is usual.")
    assert row.problem == ""
    form.show_problems({"days": "The issuer ends before."}, {})
    assert row.problem == "The issuer ends before."
    assert row.editor.accessibleDescription() == "The issuer ends before."
    form.show_problems({}, {"days": "Long."})
    assert row.note.property("tone") == "attention"
    form.show_problems({})
    assert row.note.text() == "90 days is usual."
    assert form.unknown(["days", "x"]) == ["x"]


def test_an_elided_label_keeps_its_text_in_the_tooltip(qtbot: QtBot) -> None:
    shown = ElidedLabel("a rather long line of text")
    qtbot.addWidget(shown)
    shown.resize(40, 20)
    shown.show()
    qtbot.waitUntil(lambda: shown.toolTip() == "a rather long line of text")
    shown.resize(600, 20)
    qtbot.waitUntil(lambda: shown.toolTip() == "")


def test_english_needs_no_translation(qapp: QApplication, tmp_path: Path) -> None:
    assert available_languages(tmp_path) == ["en"]
    names = [each.filePath() for each in install_translations(qapp, "en", tmp_path)]
    assert not [name for name in names if "mtlsgui_" in name]
