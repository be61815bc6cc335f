"""The window's own words for dates say in English what the core's say."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from mtlsgui.gui import words
from mtlsgui.pki.describe import words as core

NOW = datetime(2026, 9, 24, 10, 15, tzinfo=UTC)

SPANS = [
    timedelta(0),
    timedelta(seconds=59),
    timedelta(minutes=1),
    timedelta(minutes=119),
    timedelta(hours=2),
    timedelta(hours=47),
    timedelta(days=2),
    timedelta(days=700),
    timedelta(days=731),
    timedelta(days=3_650_000 // 10),
]


@pytest.mark.parametrize("span", SPANS)
def test_spans(qtbot: QtBot, span: timedelta) -> None:
    assert words.relative(NOW + span, NOW) == core.relative(NOW + span, NOW)
    assert words.relative(NOW - span, NOW) == core.relative(NOW - span, NOW)


@pytest.mark.parametrize("month", range(1, 13))
def test_dates(qtbot: QtBot, month: int) -> None:
    moment = NOW.replace(month=month)
    assert words.date(moment) == core.date(moment)
    assert words.date_and_time(moment) == core.date_and_time(moment)


@pytest.mark.parametrize("number", [0, 1, 2, 1000])
def test_counts(qtbot: QtBot, number: int) -> None:
    assert words.days(number) == core.count(number, "day")
    assert words.years(number) == core.count(number, "year")
    assert words.certificates(number) == core.count(number, "certificate")


@pytest.mark.parametrize(
    ("days", "past", "left"),
    [
        (90, 61, "29 of 90 days left"),
        (90, 500, "0 of 90 days left"),
        (1, 0.5, "12 of 24 hours left"),
        (1 / 24, 0, "1 of 1 hour left"),
        (0, 1, "not valid at any time"),
    ],
)
def test_used_and_left(qtbot: QtBot, days: float, past: float, left: str) -> None:
    span = (NOW, NOW + timedelta(days=days), NOW + timedelta(days=past))
    assert words.time_used(*span) == core.time_used(*span)
    assert words.time_left(*span) == left
