"""The inventory in figures, and the first of those in one state: what an overview is made of."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import SQL, Select, fn

from mtlsgui.inventory.certificate_rows import certificate_row, shown_columns
from mtlsgui.inventory.matching import YES, IndexedBy, filter_index
from mtlsgui.inventory.records import CertificateRow, Status, Warn, to_unix
from mtlsgui.inventory.status import ORDER, rank, status_case
from mtlsgui.inventory.store import Store

_DAY = 86_400
# A certificate's status and period as one character: from here on, so many to a status.
_FIRST_CODE = 0x100
_CODES = 64


@dataclass(frozen=True, slots=True)
class Ends:
    """How many certificates there are by status, and when they end.

    by_status: absent means none.
    periods: for each period asked for, how many end in it by status, without those revoked.
    """

    by_status: Mapping[Status, int]
    periods: tuple[Mapping[Status, int], ...]


class Summary:
    """Figures over the table `certificate`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.certificate

    def ends(
        self, now: datetime, warn: Warn, start: datetime, length: timedelta, periods: int
    ) -> Ends:
        """All certificates by status, and those that end in `periods` periods of that length.

        The first period begins at `start`. Raises ValueError for more than 62 periods.
        """
        # One code is for what ends later, one for what ends before.
        if periods > _CODES - 2:
            raise ValueError(f"at most {_CODES - 2} periods, not {periods}")
        table = self._table
        status = status_case(table, to_unix(now), warn)
        seconds = length // timedelta(seconds=1)
        # Periods are counted from 1, so that the division's rounding towards 0 hits none of them.
        period = (table.not_after - (to_unix(start) - seconds)) / SQL(str(seconds))
        period = fn.MIN(fn.MAX(period, 0), periods + 1)
        # All in one text, off one index: half the time of a GROUP BY, which would sort them.
        code = fn.CHAR(status * _CODES + period + _FIRST_CODE)
        query = Select([filter_index(table)], [fn.GROUP_CONCAT(code, "")])
        by_status: Counter[Status] = Counter()
        found: list[dict[Status, int]] = [{} for _ in range(periods)]
        for character, number in Counter(self._store.rows(query)[0][0] or "").items():
            ranked, at = divmod(ord(character) - _FIRST_CODE, _CODES)
            of = ORDER[ranked]
            by_status[of] += number
            if 1 <= at <= periods and of is not Status.REVOKED:
                found[at - 1][of] = number
        return Ends(dict(by_status), tuple(found))

    def kinds(self) -> Mapping[str, int]:
        """How many certificates there are of each kind."""
        return self._by(self._table.kind)

    def keys(self) -> Mapping[str, int]:
        """How many certificates there are for each kind of key, by its label."""
        return self._by(self._table.key_label)

    def _by(self, column: Any) -> Mapping[str, int]:
        """Grouped as an index has them, which needs no sorting; added up afterwards."""
        table = self._table
        query = table.select(column, fn.COUNT(SQL("*")))
        found: Counter[str] = Counter()
        for value, number in self._store.rows(query.group_by(table.issuer_id, table.is_ca, column)):
            found[value] += number
        return dict(found)

    def first_of(
        self, status: Status, now: datetime, warn: Warn, limit: int
    ) -> list[CertificateRow]:
        """The most urgent ones in one state.

        Of those expired the latest come first, of those that have not, the first to end; those
        that lack an issuer or a key are by name.
        """
        table, moment = self._table, to_unix(now)
        source, narrow, order = self._walk(status, moment, warn)
        query = (
            Select([source], shown_columns(table, moment, warn))
            .where(narrow & (status_case(table, moment, warn) == rank(status)))
            .order_by(*order, table.id)
            .limit(limit)
        )
        return [certificate_row(row) for row in self._store.rows(query)]

    def _walk(self, status: Status, moment: int, warn: Warn) -> tuple[Any, Any, list[Any]]:
        """An index, a condition that it serves and that all in this state meet, and their order."""
        table = self._table
        by_end = IndexedBy(table, "certificate_expires")
        match status:
            case Status.EXPIRED:
                return by_end, table.not_after < moment, [table.not_after.desc()]
            case Status.EXPIRES_SOON:
                latest = moment + max(warn.authority_days, warn.end_entity_days) * _DAY
                return by_end, table.not_after.between(moment, latest), [table.not_after]
            case Status.ISSUER_MISSING:
                return filter_index(table), table.issuer_id.is_null(), [table.sort_name]
            case Status.NO_KEY:
                authorities = IndexedBy(table, "certificate_authority")
                return authorities, table.is_ca == YES, [table.sort_name]
            case Status.VALID | Status.NOT_YET_VALID:
                return by_end, table.not_after >= moment, [table.not_after]
            case Status.REVOKED:
                return by_end, table.revoked_at.is_null(False), [table.not_after]
