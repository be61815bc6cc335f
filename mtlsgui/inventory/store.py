"""The connection to the database file: connections by thread, transactions, and plain rows out.

peewee builds the queries; everything it returns as Any ends here.
"""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee

from mtlsgui.inventory.errors import InventoryConflict, translated_errors
from mtlsgui.inventory.prepared import Prepared
from mtlsgui.inventory.records import Warn
from mtlsgui.inventory.schema import bind_tables

Row = tuple[Any, ...]

BUSY_SECONDS = 5.0
# 16 MB of page cache a connection holds the hot indexes of 100,000 certificates' first pages
# and keeps a window with a worker thread well below its promise of 250 MB.
_PRAGMAS = {
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "cache_size": -16_000,
    "temp_store": "MEMORY",
    "trusted_schema": "OFF",
}


class _Connection(sqlite3.Connection):
    """A connection that goes with its thread, and can be referred to weakly."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


class _Database(peewee.SqliteDatabase):
    """peewee's connection a thread, plus the set of them: `close_all` must reach all.

    Weakly, since threads of a pool come and go and take their connection with them.
    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._opened: weakref.WeakSet[sqlite3.Connection] = weakref.WeakSet()
        self._opened_lock = threading.Lock()
        super().__init__(
            str(path),
            pragmas=_PRAGMAS,
            timeout=busy_seconds,
            check_same_thread=False,
            factory=_Connection,
        )

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._connect()  # type: ignore[misc]  # not in stubs
        with self._opened_lock:
            self._opened.add(connection)
        return connection

    def close_all(self) -> None:
        """Close the connections of all threads; those still in use get InventoryClosed."""
        with self._opened_lock:
            opened = list(self._opened)
        for connection in opened:
            connection.close()


@dataclass(frozen=True, slots=True)
class _Insert:
    """A compiled INSERT. order: for each parameter, the position of its value in a row."""

    sql: str
    order: tuple[int, ...]

    def ordered(self, row: Row) -> Row:
        """The row's values in the statement's order."""
        return tuple(row[at] for at in self.order)


class _Depth(threading.local):
    """How many transactions are nested in this thread."""

    value = 0


class Store:
    """One database file.

    clock: gives `added_at` and the `now` of statuses where none is handed in.
    warn: from when on certificates are said to expire soon, where none is handed in.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        warn: Warn,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        self.clock = clock
        self.warn = warn
        self._database: Any = _Database(path, busy_seconds)
        self.tables = bind_tables(self._database)
        self._depth = _Depth()
        self._inserts: dict[tuple[str, tuple[str, ...]], _Insert] = {}

    def connection(self) -> sqlite3.Connection:
        """The connection of the calling thread, opened on first use."""
        with translated_errors(self.path):
            connection: sqlite3.Connection = self._database.connection()
            return connection

    def close_thread(self) -> None:
        """Close this thread's connection; a later use opens a new one."""
        with translated_errors(self.path):
            self._database.close()

    def close(self) -> None:
        """Close all threads' connections."""
        with translated_errors(self.path):
            self._database.close_all()
            self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Outermost BEGIN IMMEDIATE, so that two writers wait for each other
        at the start and never fail in the middle; nested ones are savepoints.
        """
        connection = self.connection()
        depth = self._depth.value
        if depth == 0:
            begin, commit, undo = "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
        else:
            self._still_inside(connection)
            point = f"level_{depth}"
            begin, commit = f"SAVEPOINT {point}", f"RELEASE {point}"
            undo = f"ROLLBACK TO {point}; RELEASE {point}"
        with translated_errors(self.path):
            connection.execute(begin)
        self._depth.value = depth + 1
        try:
            yield
            with translated_errors(self.path):
                connection.execute(commit)
        except BaseException:
            # SQLite may have rolled the whole back itself (full disk), which leaves nothing
            # to undo; and undoing must not hide the error that led here.
            for statement in undo.split("; ") if connection.in_transaction else ():
                with translated_errors(self.path):
                    connection.execute(statement)
            raise
        finally:
            self._depth.value = depth

    def _still_inside(self, connection: sqlite3.Connection) -> None:
        """Refuse to go on where SQLite has rolled back the transaction that we believe in."""
        if self._depth.value and not connection.in_transaction:
            raise InventoryConflict(
                "The change was already undone",
                "An error inside the same transaction had rolled it back.",
                "Try again.",
            )

    def rows(self, query: Any, **values: Any) -> list[Row]:
        """All rows of a SELECT made by the query builder; values: for a `Prepared` one."""
        with translated_errors(self.path):
            return list(self._execute(query, values).fetchall())

    def row(self, query: Any, **values: Any) -> Row | None:
        """The first row, or None."""
        with translated_errors(self.path):
            found: Row | None = self._execute(query, values).fetchone()
            return found

    def number(self, query: Any, **values: Any) -> int:
        """The single whole number that the query gives."""
        found = self.row(query, **values)
        return int(found[0]) if found else 0

    def change(self, query: Any, **values: Any) -> int:
        """Run an UPDATE or DELETE; the number of rows it touched."""
        self._still_inside(self.connection())
        with translated_errors(self.path):
            return int(self._execute(query, values).rowcount)

    def _execute(self, query: Any, values: Mapping[str, Any]) -> Any:
        if isinstance(query, Prepared):
            return self._database.connection().execute(query.sql, query.values(values))
        return self._database.execute(query)

    def insert(self, table: Any, values: Mapping[str, Any]) -> int:
        """Insert one row; its id. peewee.IntegrityError reaches the caller as it is."""
        connection = self.connection()
        self._still_inside(connection)
        with translated_errors(self.path):
            insert = self._insert(table, tuple(values))
            cursor = connection.execute(insert.sql, insert.ordered(tuple(values.values())))
            return int(cursor.lastrowid or 0)

    def insert_many(self, table: Any, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert rows with one statement, compiled once."""
        connection = self.connection()
        self._still_inside(connection)
        with translated_errors(self.path):
            insert = self._insert(table, tuple(columns))
            connection.executemany(insert.sql, map(insert.ordered, rows))

    def _insert(self, table: Any, columns: tuple[str, ...]) -> _Insert:
        # Compiling costs the query builder more than SQLite takes for the insert itself.
        key = (str(table.__name__), columns)
        if key not in self._inserts:
            # The builder puts columns in an order of its own, which the parameters betray.
            numbered = {getattr(table, name): at for at, name in enumerate(columns)}
            sql, order = table.insert(numbered).sql()
            self._inserts[key] = _Insert(str(sql), tuple(order))
        return self._inserts[key]

    def pragma(self, name: str) -> Any:
        """The value of a PRAGMA, on this thread's connection."""
        with translated_errors(self.path):
            return self._database.pragma(name)
