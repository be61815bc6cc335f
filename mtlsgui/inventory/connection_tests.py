"""Connection tests that are kept under a name, and what came of them."""

import sqlite3
import zlib
from datetime import datetime

import peewee
from peewee import JOIN, fn

from mtlsgui.inventory.errors import InventoryConflict, InventoryNotFound
from mtlsgui.inventory.records import (
    ConnectionResultRow,
    ConnectionTestRow,
    from_unix,
    to_unix,
)
from mtlsgui.inventory.store import Row, Store

MOST_RESULTS = 50
"""Results that are kept of a test: the newest."""

_VIOLATIONS = (sqlite3.IntegrityError, peewee.IntegrityError)
"""SQLite's of plain statements, and the query builder's."""


class ConnectionTests:
    """The tables `connection_test` and `connection_result`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tests = store.tables.connection_test
        self._results = store.tables.connection_result

    def add(self, name: str, asked: str) -> int:
        """Keep a test; its id. Raises InventoryConflict where there is one of that name."""
        now = to_unix(self._store.clock())
        values = {"name": name, "asked": asked, "added_at": now, "changed_at": now}
        with self._store.transaction():
            try:
                return self._store.insert(self._tests, values)
            except _VIOLATIONS:
                raise _taken(name) from None

    def change(self, test_id: int, *, name: str | None = None, asked: str | None = None) -> None:
        """Another name, or another question; None leaves it as it is.

        Raises InventoryNotFound, InventoryConflict.
        """
        given = {"name": name, "asked": asked}
        values = {column: value for column, value in given.items() if value is not None}
        query = self._tests.update(changed_at=to_unix(self._store.clock()), **values)
        with self._store.transaction():
            try:
                if not self._store.change(query.where(self._tests.id == test_id)):
                    raise _missing(test_id)
            except _VIOLATIONS:
                raise _taken(name or "") from None

    def delete(self, test_id: int) -> None:
        """Forget a test and its results. Raises InventoryNotFound."""
        with self._store.transaction():
            if not self._store.change(self._tests.delete().where(self._tests.id == test_id)):
                raise _missing(test_id)

    def get(self, test_id: int) -> ConnectionTestRow:
        """Raises InventoryNotFound."""
        found = [row for row in self.all() if row.id == test_id]
        if not found:
            raise _missing(test_id)
        return found[0]

    def all(self) -> list[ConnectionTestRow]:
        """All tests with what came of them last, by name."""
        tests, results = self._tests, self._results
        newest = self._results.alias("newest")
        last = newest.select(fn.MAX(newest.id)).where(newest.test_id == tests.id)
        query = (
            tests.select(
                tests.id,
                tests.name,
                tests.asked,
                tests.added_at,
                tests.changed_at,
                results.outcome,
                results.sentence,
                results.at,
            )
            .join(results, JOIN.LEFT_OUTER, on=(results.id == last))
            .order_by(fn.LOWER(tests.name), tests.id)
        )
        return [_test(row) for row in self._store.rows(query)]

    def add_result(
        self, test_id: int, at: datetime, outcome: str, sentence: str, document: str
    ) -> int:
        """Keep a result; its id. The oldest beyond `MOST_RESULTS` go.

        Raises InventoryNotFound where the test was deleted meanwhile.
        """
        values = {
            "test_id": test_id,
            "at": to_unix(at),
            "outcome": outcome,
            "sentence": sentence,
            "document": zlib.compress(document.encode()),
        }
        results = self._results
        with self._store.transaction():
            try:
                made = self._store.insert(results, values)
            except _VIOLATIONS:
                raise _missing(test_id) from None
            kept = (
                results.select(results.id)
                .where(results.test_id == test_id)
                .order_by(results.id.desc())
                .limit(MOST_RESULTS)
            )
            self._store.change(
                results.delete().where((results.test_id == test_id) & results.id.not_in(kept))
            )
        return made

    def results(self, test_id: int) -> list[ConnectionResultRow]:
        """What came of a test, newest first."""
        table = self._results
        query = (
            table.select(table.id, table.test_id, table.at, table.outcome, table.sentence)
            .where(table.test_id == test_id)
            .order_by(table.id.desc())
        )
        return [_result(row) for row in self._store.rows(query)]

    def document(self, result_id: int) -> str:
        """The JSON document of a result. Raises InventoryNotFound."""
        table = self._results
        row = self._store.row(table.select(table.document).where(table.id == result_id))
        if row is None:
            raise InventoryNotFound(
                "There is no such result", f"No result of a test has the id {result_id}."
            )
        return zlib.decompress(row[0]).decode()


def _missing(test_id: int) -> InventoryNotFound:
    return InventoryNotFound("There is no such test", f"No saved test has the id {test_id}.")


def _taken(name: str) -> InventoryConflict:
    return InventoryConflict(
        "There is a test of that name already",
        f"“{name}” is kept already.",
        "Choose another name.",
    )


def _test(row: Row) -> ConnectionTestRow:
    identity, name, asked, added_at, changed_at, outcome, sentence, last_at = row
    return ConnectionTestRow(
        id=identity,
        name=name,
        asked=asked,
        added_at=from_unix(added_at),
        changed_at=from_unix(changed_at),
        outcome=outcome,
        sentence=sentence,
        last_at=None if last_at is None else from_unix(last_at),
    )


def _result(row: Row) -> ConnectionResultRow:
    identity, test_id, at, outcome, sentence = row
    return ConnectionResultRow(identity, test_id, from_unix(at), outcome, sentence)
