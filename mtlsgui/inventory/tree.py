"""The pages that trees and lists show, sorted, filtered and searched by SQL.

Under each parent (None: the top level) CAs come before end-entities. With a filter, a CA is
shown when it matches or when anything below it matches. A page is a walk over an index that ends
in what is sorted by; `schema.FORMAT_1` has them. With a filter, or sorted by status, no index has
the order: then it is worked out once for all end-entities of a parent, kept while nothing
changes, and pages are cut from it.
"""

# "filter" is the word of the GUI and the CLI; a page needs its seven facts.
# ruff: noqa: A002, PLR0917

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from peewee import SQL, EnclosedNodeList, Select, fn

from mtlsgui.inventory.certificate_rows import certificate_row, shown_by_ids
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.matching import (
    NO,
    YES,
    Asked,
    Visible,
    condition,
    filter_index,
    joined_ids,
    split_ids,
    visible,
)
from mtlsgui.inventory.prepared import Prepared, as_list, listed
from mtlsgui.inventory.records import (
    CertificateRow,
    Counts,
    Sort,
    TreeFilter,
    TreeStep,
    Warn,
    to_unix,
)
from mtlsgui.inventory.status import ORDER, status_case, status_values
from mtlsgui.inventory.store import Store

_T = TypeVar("_T")
# As a limit: all rows.
ALL = -1
# Of so many that match, so many are soon met on the way through all.
_MANY, _NEAR = 10_000, 500
# Matches are few when there are fewer than so many times the rows up to a page's end.
_RARE = 20
_EVERYTHING = TreeFilter()
_BY_NAME = Sort()


class _Kept:
    """Values that are dear to work out, kept for the latest subject alone."""

    def __init__(self) -> None:
        self._latest: tuple[Hashable, dict[Hashable, Any]] = (None, {})

    def has(self, subject: Hashable, name: Hashable) -> bool:
        """Whether the value of that name was worked out for this subject."""
        latest, values = self._latest
        return latest == subject and name in values

    def get(self, subject: Hashable, name: Hashable, make: Callable[[], _T]) -> _T:
        """The value of that name, from the last time where the subject is still the same."""
        # Another thread may replace `_latest` meanwhile: what is made here goes with `subject`.
        latest, values = self._latest
        if latest != subject:
            values = {}
            self._latest = subject, values
        if name not in values:
            values[name] = make()
        found: _T = values[name]
        return found


class Tree:
    """Pages over the table `certificate`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.certificate
        self._filter_index = filter_index(self._table)
        # A view asks for the counts and pages of many parents under one filter and one order.
        self._kept_visible = _Kept()
        self._kept_orders = _Kept()
        self._kept_shown = _Kept()

    def roots_count(
        self,
        filter: TreeFilter,
        now: datetime,
        warn: Warn,
    ) -> int:
        """How many rows the top level has."""
        return self.children_count(None, filter, now, warn)

    def roots_page(
        self,
        filter: TreeFilter,
        sort: Sort,
        now: datetime,
        warn: Warn,
        offset: int = 0,
        limit: int = ALL,
    ) -> list[CertificateRow]:
        """Rows of the top level: what is self-signed or without known issuer."""
        return self.children_page(None, filter, sort, now, warn, offset, limit)

    def children_count(
        self,
        parent_id: int | None,
        filter: TreeFilter,
        now: datetime,
        warn: Warn,
    ) -> int:
        """How many rows are under a parent."""
        asked = Asked(filter, to_unix(now), warn)
        if filter.is_empty:
            return self._store.number(self._counting(self._under(parent_id)))
        return self._visible(asked).count(parent_id)

    def children_page(
        self,
        parent_id: int | None,
        filter: TreeFilter,
        sort: Sort,
        now: datetime,
        warn: Warn,
        offset: int = 0,
        limit: int = ALL,
    ) -> list[CertificateRow]:
        """Rows under a parent, CAs first, with their `child_count` under the same filter."""
        asked = Asked(filter, to_unix(now), warn)
        self._expect(sort, asked)
        ids: list[int] = []
        skipped = 0
        for is_ca in (True, False):
            if limit != ALL and len(ids) >= limit:
                break
            size = self._segment_size(parent_id, is_ca, asked)
            start = min(max(0, offset - skipped), size)
            rest = limit if limit == ALL else limit - len(ids)
            walked = is_ca or _is_indexed(sort, asked) or _is_met_soon(sort, size, start + rest)
            if walked:
                segment = self._segment(parent_id, is_ca, asked)
                ids += self._ids(segment, size, sort, asked, start, rest)
            else:
                end = size if rest == ALL else min(size, start + rest)
                ids += self._ordered_page(parent_id, sort, asked, start, end)
            skipped += size
        return self._rows(ids, asked, with_children=True)

    def flat_count(self, filter: TreeFilter, now: datetime, warn: Warn) -> int:
        """How many rows a flat list has."""
        return self._matches(Asked(filter, to_unix(now), warn))

    def flat_page(
        self,
        filter: TreeFilter,
        sort: Sort,
        now: datetime,
        warn: Warn,
        offset: int = 0,
        limit: int = ALL,
    ) -> list[CertificateRow]:
        """Rows of a flat list, in the order of `sort` alone."""
        asked = Asked(filter, to_unix(now), warn)
        size = self._matches(asked)
        ids = self._ids(condition(self._table, asked), size, sort, asked, offset, limit)
        return self._rows(ids, asked, with_children=False)

    def counts(self, now: datetime, warn: Warn) -> Counts:
        """How many certificates there are, by status and by kind."""
        table = self._table
        # All statuses as one text of digits, and kinds off an index: half the time of a GROUP BY.
        status = status_case(table, to_unix(now), warn)
        query = Select([self._filter_index], [fn.GROUP_CONCAT(status, "")])
        digits = Counter(self._store.rows(query)[0][0] or "")
        kinds = table.select(table.is_ca, table.kind, fn.COUNT(SQL("*"))).group_by(
            table.issuer_id, table.is_ca, table.kind
        )
        by_kind: dict[str, int] = defaultdict(int)
        authorities = 0
        for is_ca, kind, number in self._store.rows(kinds):
            by_kind[kind] += number
            authorities += number if is_ca else 0
        by_status = {ORDER[int(digit)]: number for digit, number in sorted(digits.items())}
        return Counts(digits.total(), authorities, by_status, dict(by_kind))

    def position_of(
        self,
        certificate_id: int,
        now: datetime,
        warn: Warn,
        filter: TreeFilter = _EVERYTHING,
        sort: Sort = _BY_NAME,
    ) -> tuple[TreeStep, ...]:
        """The way from the top level to a certificate; empty when the filter hides it.

        Raises InventoryNotFound.
        """
        asked = Asked(filter, to_unix(now), warn)
        self._expect(sort, asked)
        steps: list[TreeStep] = []
        at: int | None = certificate_id
        while at is not None:
            parent_id, is_ca, key = self._place(at, sort, asked)
            segment = self._segment(parent_id, is_ca, asked)
            if not self._store.number(self._counting(segment & (self._table.id == at))):
                return ()
            if is_ca or _is_indexed(sort, asked):
                keys = EnclosedNodeList(self._sort_keys(sort, asked))
                own = EnclosedNodeList(key)
                earlier = keys > own if sort.descending else keys < own
                row = self._store.number(self._counting(segment & earlier))
            else:
                row = self._ordered(parent_id, sort, asked).index(str(at))
                if sort.descending:
                    row = self._segment_size(parent_id, is_ca, asked) - 1 - row
            if not is_ca:
                row += self._segment_size(parent_id, True, asked)
            steps.append(TreeStep(parent_id, row, at))
            at = parent_id
        return tuple(reversed(steps))

    def _place(
        self, certificate_id: int, sort: Sort, asked: Asked
    ) -> tuple[int | None, bool, list[Any]]:
        """Its parent, whether it is a CA, and the values it is sorted by."""
        table = self._table
        keys = self._sort_keys(sort, asked)
        query = table.select(table.issuer_id, table.is_ca, *keys)
        row = self._store.row(query.where(table.id == certificate_id))
        if row is None:
            raise InventoryNotFound(
                "There is no such certificate", f"No certificate has the id {certificate_id}."
            )
        return row[0], bool(row[1]), list(row[2:])

    def _sort_keys(self, sort: Sort, asked: Asked) -> list[Any]:
        """What rows are ordered by; the id last, so that no two rows are equal."""
        table = self._table
        match sort.column:
            case "name":
                keys = [table.sort_name]
            case "status":
                keys = [status_case(table, asked.moment, asked.warn), table.sort_name]
            case "expires":
                keys = [table.not_after]
            case "kind":
                keys = [table.kind, table.sort_name]
            case "serial":
                keys = [table.serial]
            case "key":
                keys = [table.key_label, table.sort_name]
            case "added":
                keys = []
        return [*keys, table.id]

    def _under(self, parent_id: int | None) -> Any:
        issuer = self._table.issuer_id
        return issuer.is_null() if parent_id is None else issuer == parent_id

    def _all_under(self, parent_id: int | None, is_ca: bool) -> Any:
        """The condition for the CAs, or the end-entities, under a parent."""
        return self._under(parent_id) & (self._table.is_ca == (YES if is_ca else NO))

    def _segment(self, parent_id: int | None, is_ca: bool, asked: Asked) -> Any:
        """The condition for the CAs, or the end-entities, shown under a parent."""
        segment = self._all_under(parent_id, is_ca)
        if asked.filter.is_empty:
            return segment
        if not is_ca:
            return segment & condition(self._table, asked)
        shown = self._visible(asked).authorities.get(parent_id, frozenset())
        return segment & self._table.id.in_(listed(sorted(shown)))

    def _segment_size(self, parent_id: int | None, is_ca: bool, asked: Asked) -> int:
        """How many rows `_segment` has."""
        if asked.filter.is_empty:
            return self._store.number(self._counting(self._segment(parent_id, is_ca, asked)))
        visible = self._visible(asked)
        if is_ca:
            return len(visible.authorities.get(parent_id, frozenset()))
        return len(visible.end_entities.get(parent_id, ()))

    def _matches(self, asked: Asked) -> int:
        """How many certificates match."""
        if asked.filter.is_empty:
            return self._store.number(self._table.select(fn.COUNT(SQL("*"))))
        return self._visible(asked).matches

    def _counting(self, condition: Any) -> Any:
        return self._table.select(fn.COUNT(SQL("*"))).where(condition)

    def _ids(
        self, condition: Any, size: int, sort: Sort, asked: Asked, offset: int, limit: int
    ) -> list[int]:
        """The ids of one page of `size` rows; ids only, so that an index alone can give them."""
        wanted = max(0, size - offset) if limit == ALL else min(limit, max(0, size - offset))
        if not wanted:
            return []
        # Pages beyond the middle are counted from the other end.
        backwards = offset > size // 2
        if backwards:
            offset = size - offset - wanted
        down = sort.descending != backwards
        keys = self._sort_keys(sort, asked)
        order = [key.desc() if down else key.asc() for key in keys]
        # Few match: reading the one index that holds all that is filtered by, and sorting,
        # beats walking the index of the order and looking into each row.
        rare = not asked.filter.is_empty and size < _RARE * (offset + wanted)
        source = self._filter_index if rare else self._table
        query = Select([source], [self._table.id]).where(condition).order_by(*order)
        ids = [int(found) for (found,) in self._store.rows(query.limit(wanted).offset(offset))]
        return ids[::-1] if backwards else ids

    def _ordered_page(
        self, parent_id: int | None, sort: Sort, asked: Asked, start: int, end: int
    ) -> list[int]:
        """The ids from `start` up to `end` of the end-entities shown under a parent."""
        ordered = self._ordered(parent_id, sort, asked)
        if sort.descending:
            size = len(ordered)
            return [int(each) for each in ordered[size - end : size - start]][::-1]
        return [int(each) for each in ordered[start:end]]

    def _ordered(self, parent_id: int | None, sort: Sort, asked: Asked) -> Sequence[str]:
        """The ids of all end-entities shown under a parent, ascending."""

        def make() -> Sequence[str]:
            if asked.filter.is_empty:
                return self._by_status(parent_id, asked)
            left = self._visible(asked, sort.column == "status").end_entities.get(parent_id, ())
            if sort.column in ("name", "status"):
                return left
            shown = frozenset(left)
            return [each for each in self._order(parent_id, sort, asked) if each in shown]

        return self._kept_shown.get((self._state(), asked, sort.column), parent_id, make)

    def _order(self, parent_id: int | None, sort: Sort, asked: Asked) -> Sequence[str]:
        """The ids of all end-entities under a parent, ascending, whatever the filter."""

        def make() -> Sequence[str]:
            keys = self._sort_keys(sort, asked)
            segment = self._all_under(parent_id, False)
            ordered = self._table.select(self._table.id).where(segment).order_by(*keys)
            return split_ids(self._store.rows(Select([ordered], [joined_ids(ordered.c)]))[0][0])

        return self._kept_orders.get((self._state(), sort.column), parent_id, make)

    def _by_status(self, parent_id: int | None, asked: Asked) -> Sequence[str]:
        """The ids of all end-entities under a parent by status, then by name as the index is."""
        segment = self._all_under(parent_id, False)
        status = status_case(self._table, asked.moment, asked.warn).alias("status")
        # LIMIT keeps SQLite from working the status out anew for each of the ranks.
        each = Select([self._filter_index], [self._table.id, status]).where(segment).limit(ALL)
        ranks = [joined_ids(each.c).filter(each.c.status == at) for at in range(len(ORDER))]
        found = self._store.rows(Select([each], ranks))[0]
        return [one for joined in found for one in split_ids(joined)]

    def _rows(self, ids: list[int], asked: Asked, with_children: bool) -> list[CertificateRow]:
        """The records of the ids, in their order."""
        status = status_values(asked.moment, asked.warn)
        rows = self._store.rows(self._shown_by_ids, ids=as_list(ids), **status)
        children = self._child_counts(ids, asked) if with_children else {}
        found = {
            int(row[0]): certificate_row(row, children.get(row[0], 0) if with_children else None)
            for row in rows
        }
        return [found[each] for each in ids if each in found]

    @cached_property
    def _shown_by_ids(self) -> Prepared:
        return shown_by_ids(self._table)

    def _child_counts(self, ids: list[int], asked: Asked) -> Mapping[int, int]:
        if not asked.filter.is_empty:
            visible = self._visible(asked)
            return {each: visible.count(each) for each in ids}
        table = self._table
        query = (
            table.select(table.issuer_id, fn.COUNT(SQL("*")))
            .where(table.issuer_id.in_(listed(ids)))
            .group_by(table.issuer_id)
        )
        return dict(self._store.rows(query))

    def _visible(self, asked: Asked, by_status: bool | None = None) -> Visible:
        """What the filter leaves, in one order or the other where that matters."""
        subject = (self._state(), asked)
        if by_status is None:
            by_status = self._kept_visible.has(subject, True)
        return self._kept_visible.get(
            subject, by_status, lambda: visible(self._store, asked, by_status)
        )

    def _expect(self, sort: Sort, asked: Asked) -> None:
        """Work out what a filter leaves in the order that is wanted, lest it is done twice."""
        if sort.column == "status" and not asked.filter.is_empty:
            self._visible(asked, by_status=True)

    def _state(self) -> Hashable:
        """Something that is equal while nothing has changed."""
        return (
            threading.get_ident(),
            self._store.pragma("data_version"),
            self._store.connection().total_changes,
        )


def _is_met_soon(sort: Sort, size: int, end: int) -> bool:
    """Whether so many match that a walk over the index in the order of `sort` soon met `end`."""
    return sort.column not in ("name", "status") and size > _MANY and 0 < end <= _NEAR


def _is_indexed(sort: Sort, asked: Asked) -> bool:
    """Whether an index has the order of end-entities under one parent."""
    return asked.filter.is_empty and sort.column != "status"
