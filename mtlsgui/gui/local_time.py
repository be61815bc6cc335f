"""Moments in the time zone of the person at the screen."""

from datetime import datetime

from mtlsgui.gui import words


def local_time(moment: datetime, *, seconds: bool = False) -> str:
    """As in "24 Sep 2026, 12:15", or with seconds and the zone: "…, 12:15:07 CEST"."""
    here = moment.astimezone()
    day = words.day(here)
    return f"{day}, {here:%H:%M:%S %Z}" if seconds else f"{day}, {here:%H:%M}"
