"""The journal: who did what, when, to what. Lines are added, never changed, and chained.

The hash of a line is the SHA-256 of its canonical JSON (sorted names, no spaces, UTF-8) with
the hash of the line before it inside. The head (last seq and hash) is kept in the settings,
written in the same transaction, so that lines cut off at the end are noticed too.
The chain shows tampering by someone who does not know of it or cannot compute it anew over all
lines; it is no signature: who may write the file and knows the rule can write another history.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import fn

from mtlsgui.inventory.records import (
    JournalEntry,
    NewJournalEntry,
    Verification,
    from_unix,
    to_unix,
)
from mtlsgui.inventory.schema import JOURNAL_COLUMNS
from mtlsgui.inventory.settings import Settings
from mtlsgui.inventory.store import Row, Store

_HEAD = "journal.head"
_BEGINNING = "0" * 64
_VERIFY_BATCH = 5_000


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The hash of a line, given all its fields but `hash`; `at` in unix seconds."""
    return hashlib.sha256(_canonical(entry).encode()).hexdigest()


class Journal:
    """The table `journal`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._table = store.tables.journal

    def append(self, new: NewJournalEntry) -> JournalEntry:
        """Add a line, inside the transaction of what it tells of.

        Raises TypeError or ValueError when `details` are not plain JSON values.
        """
        return self.append_many([new])[0]

    def append_many(self, several: Sequence[NewJournalEntry]) -> list[JournalEntry]:
        """Add lines in the order given, as `append` does."""
        with self._store.transaction():
            # Without a head someone has been at the settings: going on from the last line is
            # better than a program that can do nothing any more.
            seq, digest = self._head() or self._last_line()
            moment = to_unix(self._store.clock())
            rows = []
            for new in several:
                seq += 1
                details = _canonical(new.details)
                fields = {
                    "seq": seq,
                    "at": moment,
                    "actor": new.actor,
                    "action": new.action,
                    "object_kind": new.object_kind,
                    "object_id": new.object_id,
                    "object_name": new.object_name,
                    # Through JSON and back, so that what is hashed is what will be read.
                    "details": json.loads(details),
                    "previous_hash": digest,
                }
                digest = entry_hash(fields)
                stored = {**fields, "details": details, "hash": digest}
                rows.append(tuple(stored[column] for column in JOURNAL_COLUMNS))
            self._store.insert_many(self._table, JOURNAL_COLUMNS, rows)
            self._settings.set(_HEAD, f"{seq} {digest}")
        return [_entry(row) for row in rows]

    def page(
        self,
        offset: int = 0,
        limit: int = 200,
        *,
        search: str = "",
        action: str | None = None,
        object_kind: str | None = None,
        object_id: int | None = None,
    ) -> list[JournalEntry]:
        """Lines, newest first."""
        query = (
            self._select(self._table.select(), search, action, object_kind, object_id)
            .order_by(self._table.seq.desc())
            .limit(limit)
            .offset(offset)
        )
        return [_entry(row) for row in self._store.rows(query)]

    def count(
        self,
        *,
        search: str = "",
        action: str | None = None,
        object_kind: str | None = None,
        object_id: int | None = None,
    ) -> int:
        """How many lines `page` would show in all."""
        from_all = self._table.select(fn.COUNT(self._table.seq))
        return self._store.number(self._select(from_all, search, action, object_kind, object_id))

    def actions(self) -> list[str]:
        """The actions that occur, for a filter to choose from."""
        query = self._table.select(self._table.action).distinct().order_by(self._table.action)
        return [str(action) for (action,) in self._store.rows(query)]

    def verify(self) -> Verification:
        """Walk the whole chain and compare its end with the head kept in the settings."""
        expected, previous_hash = 1, _BEGINNING
        while True:
            query = (
                self._table.select()
                .where(self._table.seq >= expected)
                .order_by(self._table.seq)
                .limit(_VERIFY_BATCH)
            )
            rows = self._store.rows(query)
            for row in rows:
                if not _holds(row, expected, previous_hash):
                    return Verification(False, self.count(), expected)
                previous_hash, expected = str(row[-1]), expected + 1
            if len(rows) < _VERIFY_BATCH:
                break
        entries = self.count()
        head_seq, head_hash = self._head() or (0, _BEGINNING)
        if entries != expected - 1:  # a line with a number below one
            return Verification(False, entries, 1)
        if (head_seq, head_hash) != (entries, previous_hash):
            return Verification(False, entries, min(entries, head_seq) + 1)
        return Verification(True, entries, None)

    def _head(self) -> tuple[int, str] | None:
        """The last line's number and hash as the settings have them."""
        seq, _, digest = (self._settings.get(_HEAD) or "").partition(" ")
        return (int(seq), digest) if seq.isascii() and seq.isdigit() else None

    def _last_line(self) -> tuple[int, str]:
        query = self._table.select(self._table.seq, self._table.hash)
        row = self._store.row(query.order_by(self._table.seq.desc()).limit(1))
        return (0, _BEGINNING) if row is None else (int(row[0]), str(row[1]))

    def _select(
        self,
        query: Any,
        search: str,
        action: str | None,
        object_kind: str | None,
        object_id: int | None,
    ) -> Any:
        table = self._table
        for term in search.split():
            query = query.where(
                table.object_name.contains(term)
                | table.action.contains(term)
                | table.actor.contains(term)
                | table.details.contains(term)
            )
        if action is not None:
            query = query.where(table.action == action)
        if object_kind is not None:
            query = query.where(table.object_kind == object_kind)
        if object_id is not None:
            query = query.where(table.object_id == object_id)
        return query


def _holds(row: Row, expected: int, previous_hash: str) -> bool:
    """True when the line is the next one and is as it was written."""
    fields = dict(zip(JOURNAL_COLUMNS, row, strict=True))
    digest = fields.pop("hash")
    if fields["seq"] != expected or fields["previous_hash"] != previous_hash:
        return False
    text = fields["details"]
    try:
        fields["details"] = json.loads(text)
        return bool(_canonical(fields["details"]) == text and entry_hash(fields) == digest)
    except (TypeError, ValueError):
        return False


def _entry(row: Row) -> JournalEntry:
    seq, at, actor, action, kind, object_id, name, details, previous_hash, digest = row
    return JournalEntry(
        seq=seq,
        at=from_unix(at),
        actor=actor,
        action=action,
        object_kind=kind,
        object_id=object_id,
        object_name=name,
        details=json.loads(details),
        previous_hash=previous_hash,
        hash=digest,
    )
