"""Dates, spans, digests and algorithms in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki.describe import words

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(days=29, hours=3), "in 29 days"),
        (timedelta(days=-2, hours=-1), "2 days ago"),
        (timedelta(hours=22, minutes=10), "in 22 hours"),
        (timedelta(hours=47), "in 47 hours"),
        (timedelta(minutes=61), "in 61 minutes"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(seconds=1), "in less than a minute"),
        (timedelta(seconds=-1), "less than a minute ago"),
        (timedelta(days=400), "in 400 days"),
        (timedelta(days=9.5 * 365.25), "in 9 years"),
        (timedelta(days=3650), "in 10 years"),
        (timedelta(days=90, minutes=-6), "in 90 days"),
        (timedelta(days=89, hours=21), "in 89 days"),
    ],
)
def test_relative(away: timedelta, said: str) -> None:
    assert words.relative(NOW + away, NOW) == said


def test_dates_are_said_in_utc() -> None:
    moment = datetime.fromisoformat("2026-09-24T01:30:00+02:00")
    assert words.date(moment) == "23 Sep 2026"
    assert words.date_and_time(moment) == "23 Sep 2026, 23:30:00 UTC"


@pytest.mark.parametrize(
    ("days", "past", "used"),
    [
        (90, 61, "61 of 90 days used"),
        (90, -5, "0 of 90 days used"),
        (90, 500, "90 of 90 days used"),
        (1, 0.5, "12 of 24 hours used"),
        (0, 1, "not valid at any time"),
    ],
)
def test_time_used(days: float, past: float, used: str) -> None:
    span = (NOW, NOW + timedelta(days=days), NOW + timedelta(days=past))
    assert words.time_used(*span) == used


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_any_two_moments_have_words(first: datetime, second: datetime) -> None:
    assert words.relative(first, second)
    assert 0.0 <= words.fraction_used(first, second, NOW) <= 1.0


def test_digests() -> None:
    assert words.colons("9b4e02") == "9b:4e:02"
    assert words.colons("-05") == "-05"
    assert words.colons("") == ""
    assert words.shortened("3fa211904c0102037e08") == "3f:a2:11:90:4c:…:7e:08"
    assert words.shortened("0102") == "01:02"


@given(st.binary(min_size=1, max_size=40))
def test_colons_lose_nothing(data: bytes) -> None:
    assert bytes.fromhex(words.colons(data.hex()).replace(":", "")) == data


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sha256WithRSAEncryption", "SHA-256 with RSA"),
        ("ecdsa-with-SHA384", "SHA-384 with ECDSA"),
        ("Ed25519", "Ed25519"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_signature_algorithms(name: str, said: str) -> None:
    assert words.signature_algorithm(name) == said


def test_a_long_dump_is_cut_and_that_is_said() -> None:
    dump = words.hex_dump(bytes(100), width=16, most=32)
    assert dump.splitlines() == ["00" + " 00" * 15] * 2 + ["… and 68 bytes more"]
