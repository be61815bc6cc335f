"""The whole workspace at a glance: what needs attention, what ends when, what is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.workspace.workspace import Workspace

URGENCY = (Status.EXPIRED, Status.EXPIRES_SOON, Status.ISSUER_MISSING, Status.NO_KEY)
"""The states in which something is to be done, the most urgent first."""

WEEKS = 26
MOST_LISTED = 8
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """How many certificates end in seven days, without those revoked.

    begin, end: midnight UTC; the end is not in it any more.
    soon: how many of them are within the time before their end at which one is warned.
    """

    begin: datetime
    end: datetime
    count: int
    soon: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A workspace at one moment.

    attention: what needs attention most, in the order of `URGENCY`; at most `MOST_LISTED`.
    by_status: how many there are in each state; absent means none.
    weeks: the next six months, from today on; what has ended today is not in them.
    next_to_end: the first of those that need no attention; None where there is none.
    by_kind: without authorities; by_key: all. The most frequent first.
    """

    now: datetime
    attention: tuple[CertificateRow, ...]
    by_status: Mapping[Status, int]
    weeks: tuple[Week, ...]
    next_to_end: CertificateRow | None
    roots: int
    intermediates: int
    by_kind: Mapping[str, int]
    by_key: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many certificates there are, authorities included."""
        return sum(self.by_status.values())

    @property
    def end_entities(self) -> int:
        """How many of them are no authorities."""
        return sum(self.by_kind.values())

    @property
    def attention_count(self) -> int:
        """How many have expired or soon will, listed or not.

        What lacks its issuer or its key may be meant so, and would count for ever.
        """
        return sum(
            self.by_status.get(status, 0) for status in (Status.EXPIRED, Status.EXPIRES_SOON)
        )

    @property
    def unlisted(self) -> Mapping[Status, int]:
        """How many more need attention than are listed, by state; without zeros."""
        listed = [row.status for row in self.attention]
        left = {each: self.by_status.get(each, 0) - listed.count(each) for each in URGENCY}
        return {status: number for status, number in left.items() if number > 0}


def overview(ws: Workspace) -> Overview:
    """Read it now. With very many certificates it takes too long for the thread of a window."""
    now, warn = ws.clock(), ws.preferences.warn
    summary = ws.inventory.summary
    start = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    ends = summary.ends(now, warn, start, _WEEK, WEEKS)
    places = _places(ends.by_status)
    attention = [
        row
        for status, number in places.items()
        for row in summary.first_of(status, now, warn, number)
    ]
    kinds = dict(summary.kinds())
    roots, intermediates = kinds.pop("root_ca", 0), kinds.pop("ca", 0)
    return Overview(
        now=now,
        attention=tuple(attention),
        by_status=ends.by_status,
        weeks=tuple(
            _week(start + at * _WEEK, by_status) for at, by_status in enumerate(ends.periods)
        ),
        next_to_end=next(iter(summary.first_of(Status.VALID, now, warn, 1)), None),
        roots=roots,
        intermediates=intermediates,
        by_kind=_most_frequent_first(kinds),
        by_key=_most_frequent_first(summary.keys()),
    )


def _places(by_status: Mapping[Status, int]) -> dict[Status, int]:
    """How many of each state to list: in turn, so that many in one do not hide the others."""
    places = dict.fromkeys(URGENCY, 0)
    left = MOST_LISTED
    while left:
        waiting = [each for each in URGENCY if by_status.get(each, 0) > places[each]]
        if not waiting:
            break
        for status in waiting[:left]:
            places[status] += 1
        left -= len(waiting[:left])
    return {status: number for status, number in places.items() if number}


def _week(begin: datetime, by_status: Mapping[Status, int]) -> Week:
    coming = {status: number for status, number in by_status.items() if status != Status.EXPIRED}
    return Week(begin, begin + _WEEK, sum(coming.values()), coming.get(Status.EXPIRES_SOON, 0))


def _most_frequent_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
