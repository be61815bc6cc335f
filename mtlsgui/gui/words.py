"""Dates, spans of time and labels in the language of the window; the core has the English.

Sentences that come ready from the core stay English: docs/decisions/translations.md.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from mtlsgui.pki.describe.words import measure, used_of_whole

translate = QCoreApplication.translate


def core(text: str) -> str:
    """A constant label of the core (tools/core_texts.py lists them); any other text as it is."""
    return translate("Core", text)


def date(moment: datetime) -> str:
    """As in "24 Sep 2026", in UTC."""
    return day(moment.astimezone(UTC))


def day(moment: datetime) -> str:
    """The same in the moment's own zone."""
    return translate("Words", "{day} {month} {year}").format(
        day=moment.day, month=month(moment.month), year=moment.year
    )


def date_and_time(moment: datetime) -> str:
    """As in "24 Sep 2026, 10:15:00 UTC"."""
    time = moment.astimezone(UTC)
    return translate("Words", "{date}, {time} UTC").format(
        date=date(moment), time=f"{time:%H:%M:%S}"
    )


def month(number: int) -> str:
    """The short name of a month, 1 to 12."""
    return (
        translate("Words", "Jan"),
        translate("Words", "Feb"),
        translate("Words", "Mar"),
        translate("Words", "Apr"),
        translate("Words", "May"),
        translate("Words", "Jun"),
        translate("Words", "Jul"),
        translate("Words", "Aug"),
        translate("Words", "Sep"),
        translate("Words", "Oct"),
        translate("Words", "Nov"),
        translate("Words", "Dec"),
    )[number - 1]


def relative(moment: datetime, now: datetime) -> str:
    """As in "in 29 days", "2 days ago", "in less than a minute"."""
    return _ahead(*measure(moment - now)) if moment >= now else _ago(*measure(now - moment))


def time_used(begin: datetime, end: datetime, now: datetime) -> str:
    """As in "61 of 90 days used"."""
    used, whole, unit = used_of_whole(begin, end, now)
    match unit:
        case "day":
            text = translate("Words", "{} of {} days used")
        case "hour" if whole == 1:
            text = translate("Words", "{} of {} hour used")
        case "hour":
            text = translate("Words", "{} of {} hours used")
        case _:
            return translate("Words", "not valid at any time")
    return text.format(f"{used:,}", f"{whole:,}")


def time_left(begin: datetime, end: datetime, now: datetime) -> str:
    """As in "29 of 90 days left"."""
    used, whole, unit = used_of_whole(begin, end, now)
    match unit:
        case "day":
            text = translate("Words", "{} of {} days left")
        case "hour" if whole == 1:
            text = translate("Words", "{} of {} hour left")
        case "hour":
            text = translate("Words", "{} of {} hours left")
        case _:
            return translate("Words", "not valid at any time")
    return text.format(f"{whole - used:,}", f"{whole:,}")


def days(number: int) -> str:
    """As in "1 day", "29 days"."""
    return _counted(number, translate("Words", "1 day"), translate("Words", "{} days"))


def years(number: int) -> str:
    """As in "1 year", "10 years"."""
    return _counted(number, translate("Words", "1 year"), translate("Words", "{} years"))


def certificates(number: int) -> str:
    """As in "1 certificate", "29 certificates"."""
    return _counted(
        number, translate("Words", "1 certificate"), translate("Words", "{} certificates")
    )


def _ahead(number: int, unit: str) -> str:
    match unit:
        case "year":
            one, many = translate("Words", "in 1 year"), translate("Words", "in {} years")
        case "day":
            one, many = translate("Words", "in 1 day"), translate("Words", "in {} days")
        case "hour":
            one, many = translate("Words", "in 1 hour"), translate("Words", "in {} hours")
        case "minute":
            one, many = translate("Words", "in 1 minute"), translate("Words", "in {} minutes")
        case _:
            return translate("Words", "in less than a minute")
    return _counted(number, one, many)


def _ago(number: int, unit: str) -> str:
    match unit:
        case "year":
            one, many = translate("Words", "1 year ago"), translate("Words", "{} years ago")
        case "day":
            one, many = translate("Words", "1 day ago"), translate("Words", "{} days ago")
        case "hour":
            one, many = translate("Words", "1 hour ago"), translate("Words", "{} hours ago")
        case "minute":
            one, many = translate("Words", "1 minute ago"), translate("Words", "{} minutes ago")
        case _:
            return translate("Words", "less than a minute ago")
    return _counted(number, one, many)


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(f"{number:,}")
