"""The pages that trees and lists show, sorted, filtered and searched by SQL.

Under each parent (None: the top level) CAs come before end-entities. With a filter, a CA is
shown when it matches or when anything below it matches. The parts of a page are walks over an
index that ends in what is sorted by; `schema.FORMAT_1` has them.
"""

# "filter" is the word of the GUI and the CLI; a page needs its seven facts.
# ruff: noqa: A002, PLR0917

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import SQL, EnclosedNodeList, Node, Select, fn

from mtlsgui.inventory.certificate_rows import certificate_row, shown_columns
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import (
    CertificateRow,
    Counts,
    Sort,
    TreeFilter,
    TreeStep,
    Warn,
    to_unix,
)
from mtlsgui.inventory.search import terms
from mtlsgui.inventory.status import ORDER, rank, status_case
from mtlsgui.inventory.store import Store

# As a limit: all rows.
ALL = -1
_IDS_A_QUERY = 500
# Matches are few when there are fewer than so many times the rows up to a page's end.
_RARE = 20
_EVERYTHING = TreeFilter()
_BY_NAME = Sort()
# As literals, since SQLite sees only in those that a partial index serves.
_YES, _NO = SQL("1"), SQL("0")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a query is about: the filter and the moment that statuses are of."""

    filter: TreeFilter
    moment: int
    warn: Warn


@dataclass(frozen=True, slots=True)
class _Visible:
    """What a filter leaves of the tree.

    authorities: the CAs shown, by parent.
    end_entities: how many end-entities are shown, by parent.
    matches: how many certificates match themselves.
    """

    authorities: Mapping[int | None, frozenset[int]]
    end_entities: Mapping[int | None, int]
    matches: int

    def count(self, parent_id: int | None) -> int:
        """Rows shown under a parent."""
        authorities = self.authorities.get(parent_id, frozenset())
        return len(authorities) + self.end_entities.get(parent_id, 0)


class _IndexedBy(Node):
    """A table in FROM that is read by this index, where SQLite would guess wrong."""

    def __init__(self, table: Any, index: str) -> None:
        self._indexed_table = table
        self._index = index

    def __sql__(self, ctx: Any) -> Any:
        return ctx.sql(self._indexed_table).literal(f' INDEXED BY "{self._index}"')


class Tree:
    """Pages over the table `certificate`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.certificate
        self._filter_index = _IndexedBy(self._table, "certificate_tree_name")
        # What the last filter leaves, kept while nothing changes: a view asks for the counts
        # and pages of many parents under one filter.
        self._last: tuple[tuple[object, ...], _Visible] | None = None

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
        asked = _Asked(filter, to_unix(now), warn)
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
        asked = _Asked(filter, to_unix(now), warn)
        ids: list[int] = []
        skipped = 0
        for is_ca in (True, False):
            if limit != ALL and len(ids) >= limit:
                break
            segment = self._segment(parent_id, is_ca, asked)
            size = self._segment_size(parent_id, is_ca, asked)
            start = max(0, offset - skipped)
            rest = limit if limit == ALL else limit - len(ids)
            ids += self._ids(segment, size, sort, asked, start, rest)
            skipped += size
        return self._rows(ids, asked, with_children=True)

    def flat_count(self, filter: TreeFilter, now: datetime, warn: Warn) -> int:
        """How many rows a flat list has."""
        return self._matches(_Asked(filter, to_unix(now), warn))

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
        asked = _Asked(filter, to_unix(now), warn)
        size = self._matches(asked)
        ids = self._ids(self._matching(asked), size, sort, asked, offset, limit)
        return self._rows(ids, asked, with_children=False)

    def counts(self, now: datetime, warn: Warn) -> Counts:
        """How many certificates there are, by status and by kind."""
        table = self._table
        # Sums over a status worked out once a row (LIMIT keeps SQLite from working it out in
        # each sum), and kinds off an index: a third of the time of one GROUP BY over both.
        each = table.select(
            status_case(table, to_unix(now), warn).alias("status"), table.is_ca
        ).limit(ALL)
        sums = [fn.SUM(each.c.status == at) for at in range(len(ORDER))]
        query = Select([each], [fn.COUNT(SQL("*")), fn.SUM(each.c.is_ca), *sums])
        total, authorities, *numbers = self._store.rows(query)[0]
        by_status = {
            status: int(number) for status, number in zip(ORDER, numbers, strict=True) if number
        }
        kinds = table.select(table.kind, fn.COUNT(SQL("*"))).group_by(
            table.issuer_id, table.is_ca, table.kind
        )
        by_kind: dict[str, int] = defaultdict(int)
        for kind, number in self._store.rows(kinds):
            by_kind[kind] += number
        return Counts(int(total), int(authorities or 0), by_status, dict(by_kind))

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
        asked = _Asked(filter, to_unix(now), warn)
        steps: list[TreeStep] = []
        at: int | None = certificate_id
        while at is not None:
            parent_id, is_ca, key = self._place(at, sort, asked)
            segment = self._segment(parent_id, is_ca, asked)
            if not self._store.number(self._counting(segment & (self._table.id == at))):
                return ()
            keys = EnclosedNodeList(self._sort_keys(sort, asked))
            own = EnclosedNodeList(key)
            earlier = keys > own if sort.descending else keys < own
            row = self._store.number(self._counting(segment & earlier))
            if not is_ca:
                row += self._segment_size(parent_id, True, asked)
            steps.append(TreeStep(parent_id, row, at))
            at = parent_id
        return tuple(reversed(steps))

    def _place(
        self, certificate_id: int, sort: Sort, asked: _Asked
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

    def _sort_keys(self, sort: Sort, asked: _Asked) -> list[Any]:
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

    def _segment(self, parent_id: int | None, is_ca: bool, asked: _Asked) -> Any:
        """The condition for the CAs, or the end-entities, shown under a parent."""
        condition = self._under(parent_id) & (self._table.is_ca == (_YES if is_ca else _NO))
        if asked.filter.is_empty:
            return condition
        if not is_ca:
            return condition & self._matching(asked)
        shown = self._visible(asked).authorities.get(parent_id, frozenset())
        # As one JSON parameter: a list of parameters has a limit.
        listed = SQL("(SELECT value FROM json_each(?))", [json.dumps(sorted(shown))])
        return condition & self._table.id.in_(listed)

    def _segment_size(self, parent_id: int | None, is_ca: bool, asked: _Asked) -> int:
        """How many rows `_segment` has."""
        if asked.filter.is_empty:
            return self._store.number(self._counting(self._segment(parent_id, is_ca, asked)))
        visible = self._visible(asked)
        if is_ca:
            return len(visible.authorities.get(parent_id, frozenset()))
        return visible.end_entities.get(parent_id, 0)

    def _matches(self, asked: _Asked) -> int:
        """How many certificates match."""
        if asked.filter.is_empty:
            return self._store.number(self._table.select(fn.COUNT(SQL("*"))))
        return self._visible(asked).matches

    def _matching(self, asked: _Asked) -> Any:
        """The condition that the filter sets."""
        table, wanted = self._table, asked.filter
        condition: Any = _YES
        for forms in terms(wanted.search):
            one: Any = table.search_text.contains(forms[0])
            for form in forms[1:]:
                one |= table.search_text.contains(form)
            condition &= one
        if wanted.statuses:
            ranks = sorted(rank(status) for status in wanted.statuses)
            condition &= status_case(table, asked.moment, asked.warn).in_(ranks)
        if wanted.kinds:
            condition &= table.kind.in_(sorted(wanted.kinds))
        for tag in sorted(wanted.tags):
            condition &= fn.INSTR(table.tags, json.dumps(tag, ensure_ascii=False)) > 0
        if wanted.expires_before is not None:
            condition &= table.not_after < to_unix(wanted.expires_before)
        if wanted.issuer_id is not None:
            condition &= table.issuer_id == wanted.issuer_id
        return condition

    def _counting(self, condition: Any) -> Any:
        return self._table.select(fn.COUNT(SQL("*"))).where(condition)

    def _ids(
        self, condition: Any, size: int, sort: Sort, asked: _Asked, offset: int, limit: int
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

    def _rows(self, ids: list[int], asked: _Asked, with_children: bool) -> list[CertificateRow]:
        """The records of the ids, in their order."""
        columns = shown_columns(self._table, asked.moment, asked.warn)
        found: dict[int, CertificateRow] = {}
        for start in range(0, len(ids), _IDS_A_QUERY):
            part = ids[start : start + _IDS_A_QUERY]
            query = self._table.select(*columns).where(self._table.id.in_(part))
            rows = self._store.rows(query)
            children = self._child_counts(part, asked) if with_children else {}
            for row in rows:
                identity = int(row[0])
                child_count = children.get(identity, 0) if with_children else None
                found[identity] = certificate_row(row, child_count)
        return [found[each] for each in ids if each in found]

    def _child_counts(self, ids: list[int], asked: _Asked) -> Mapping[int, int]:
        if not asked.filter.is_empty:
            visible = self._visible(asked)
            return {each: visible.count(each) for each in ids}
        table = self._table
        query = (
            table.select(table.issuer_id, fn.COUNT(SQL("*")))
            .where(table.issuer_id.in_(ids))
            .group_by(table.issuer_id)
        )
        return dict(self._store.rows(query))

    def _visible(self, asked: _Asked) -> _Visible:
        """What the filter leaves, from the last time when nothing has changed since."""
        connection = self._store.connection()
        state = (
            asked,
            threading.get_ident(),
            self._store.pragma("data_version"),
            connection.total_changes,
        )
        last = self._last
        if last is None or last[0] != state:
            last = self._last = (state, self._walk(asked))
        return last[1]

    def _walk(self, asked: _Asked) -> _Visible:
        """One grouped query for the end-entities, then up the links of the CAs."""
        table = self._table
        matching = self._matching(asked)
        grouped = (
            Select([self._filter_index], [table.issuer_id, fn.COUNT(SQL("*"))])
            .where((table.is_ca == _NO) & matching)
            .group_by(table.issuer_id)
        )
        end_entities: dict[int | None, int] = dict(self._store.rows(grouped))
        links: dict[int, int | None] = dict(
            self._store.rows(table.select(table.id, table.issuer_id).where(table.is_ca == _YES))
        )
        matched = self._store.rows(table.select(table.id).where((table.is_ca == _YES) & matching))
        start = {int(found) for (found,) in matched}
        start |= {parent for parent in end_entities if parent is not None}
        shown: dict[int | None, set[int]] = defaultdict(set)
        for each in start:
            at: int | None = each
            while at is not None and at not in shown[links.get(at)]:
                shown[links.get(at)].add(at)
                at = links.get(at)
        return _Visible(
            {parent: frozenset(ids) for parent, ids in shown.items()},
            end_entities,
            sum(end_entities.values()) + len(matched),
        )
