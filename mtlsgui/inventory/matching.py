"""What a filter is in SQL, and what it leaves of the tree."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any

from peewee import SQL, Node, Select, fn

from mtlsgui.inventory.records import TreeFilter, Warn, to_unix
from mtlsgui.inventory.search import terms
from mtlsgui.inventory.status import rank, status_case
from mtlsgui.inventory.store import Store

# As literals, since SQLite sees only in those that a partial index serves.
YES, NO = SQL("1"), SQL("0")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query is about: the filter and the moment that statuses are of."""

    filter: TreeFilter
    moment: int
    warn: Warn


@dataclass(frozen=True, slots=True)
class Visible:
    """What a filter leaves of the tree.

    authorities: the CAs shown, by parent.
    end_entities: the end-entities shown, by parent, each as `split_ids` gives them; by name, or
        by status and name.
    matches: how many certificates match themselves.
    """

    authorities: Mapping[int | None, frozenset[int]]
    end_entities: Mapping[int | None, Sequence[str]]
    matches: int

    def count(self, parent_id: int | None) -> int:
        """Rows shown under a parent."""
        authorities = self.authorities.get(parent_id, frozenset())
        return len(authorities) + len(self.end_entities.get(parent_id, ()))


class IndexedBy(Node):
    """A table in FROM that is read by this index, where SQLite would guess wrong."""

    def __init__(self, table: Any, index: str) -> None:
        self._indexed_table = table
        self._index = index

    def __sql__(self, ctx: Any) -> Any:
        return ctx.sql(self._indexed_table).literal(f' INDEXED BY "{self._index}"')


def filter_index(table: Any) -> IndexedBy:
    """The table `certificate`, read by the index that holds all that is filtered by."""
    return IndexedBy(table, "certificate_tree_name")


def joined_ids(table: Any) -> Any:
    """All ids of a query in one value, in the order they are read in: 100,000 rows would take
    SQLite and Python longer to hand over than to find.
    """
    return fn.GROUP_CONCAT(table.id)


def split_ids(joined: str | None) -> list[str]:
    """The ids, as text: numbers are made of those that are looked at, not of 100,000."""
    return joined.split(",") if joined else []


def condition(table: Any, asked: Asked) -> Any:
    """The condition that the filter sets."""
    wanted = asked.filter
    found: Any = YES
    for forms in terms(wanted.search):
        found &= reduce(or_, (_contains(table.search_text, form) for form in forms))
    if wanted.statuses:
        ranks = sorted(rank(status) for status in wanted.statuses)
        found &= status_case(table, asked.moment, asked.warn).in_(ranks)
    if wanted.kinds:
        found &= table.kind.in_(sorted(wanted.kinds))
    for tag in sorted(wanted.tags):
        found &= fn.INSTR(table.tags, json.dumps(tag, ensure_ascii=False)) > 0
    if wanted.expires_before is not None:
        found &= table.not_after < to_unix(wanted.expires_before)
    if wanted.issuer_id is not None:
        found &= table.issuer_id == wanted.issuer_id
    return found


def _arranged(joined: str, ranks: str | None = None) -> list[str]:
    """The ids, by the ranks where given, which leaves those of one rank as they come."""
    ids = split_ids(joined)
    if ranks is None:
        return ids
    # For each rank a mask of ones and zeros: a third of the time of sorting 100,000 ids.
    digits = ranks.encode()
    masks = (
        digits.translate(bytes(each == digit for each in range(256)))
        for digit in sorted(set(digits))
    )
    return [one for mask in masks for one in compress(ids, mask)]


def _contains(text: Any, form: str) -> Any:
    # LIKE looks closer wherever the first character occurs. In hex digits that is everywhere;
    # colons are few, so that looking for what begins with one costs little and spares the rest.
    _, colon, after = form.partition(":")
    return text.contains(colon + after) & text.contains(form) if colon else text.contains(form)


def visible(store: Store, asked: Asked, by_status: bool = False) -> Visible:
    """One grouped query for the end-entities, then up the links of the CAs."""
    table = store.tables.certificate
    matching = condition(table, asked)
    ids = [joined_ids(table)]
    if by_status:  # ranks have one digit
        ids.append(fn.GROUP_CONCAT(status_case(table, asked.moment, asked.warn), ""))
    # The index puts each group into the order of names.
    grouped = (
        Select([filter_index(table)], [table.issuer_id, *ids])
        .where((table.is_ca == NO) & matching)
        .group_by(table.issuer_id)
    )
    end_entities = {parent: _arranged(*joined) for parent, *joined in store.rows(grouped)}
    links: dict[int, int | None] = dict(
        store.rows(table.select(table.id, table.issuer_id).where(table.is_ca == YES))
    )
    matched = store.rows(table.select(table.id).where((table.is_ca == YES) & matching))
    start = {int(found) for (found,) in matched}
    start |= {parent for parent in end_entities if parent is not None}
    shown: dict[int | None, set[int]] = defaultdict(set)
    for each in start:
        at: int | None = each
        while at is not None and at not in shown[links.get(at)]:
            shown[links.get(at)].add(at)
            at = links.get(at)
    return Visible(
        {parent: frozenset(ids) for parent, ids in shown.items()},
        end_entities,
        sum(map(len, end_entities.values())) + len(matched),
    )
