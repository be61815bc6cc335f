"""The inventory: one database file, opened, checked, brought to the newest format, composed."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mtlsgui.inventory import backup
from mtlsgui.inventory.certificates import Certificates
from mtlsgui.inventory.connection_tests import ConnectionTests
from mtlsgui.inventory.crls import Crls
from mtlsgui.inventory.errors import (
    InventoryDamaged,
    InventoryReadOnly,
    translated_errors,
)
from mtlsgui.inventory.journal import Journal
from mtlsgui.inventory.keys import Keys
from mtlsgui.inventory.migrations import migrate
from mtlsgui.inventory.records import Warn
from mtlsgui.inventory.requests import Requests
from mtlsgui.inventory.settings import Settings
from mtlsgui.inventory.store import BUSY_SECONDS, Store
from mtlsgui.inventory.summary import Summary
from mtlsgui.inventory.tree import Tree

# A check after an unclean end may delay the start by this much; a full one is asked for.
_QUICK_CHECK_SECONDS = 0.5
_CHECK_STEPS = 10_000


class Inventory:
    """What is known. Threads may share it; each gets its own connection.

    certificates, keys, requests, crls, connection_tests, journal, settings: the tables.
    tree: the pages that trees and lists show. summary: figures over all.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.settings = Settings(store)
        self.journal = Journal(store, self.settings)
        self.certificates = Certificates(store)
        self.keys = Keys(store)
        self.requests = Requests(store)
        self.crls = Crls(store)
        self.connection_tests = ConnectionTests(store)
        self.tree = Tree(store)
        self.summary = Summary(store)

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Callable[[], datetime],
        *,
        warn: Warn | None = None,
        check: bool = False,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Self:
        """Open the file, making it (0600, in a 0700 folder) when it is not there.

        clock: the current time, aware UTC.
        warn: for statuses where none is handed in; `Warn()` when None.
        check: read the whole file and look for damage. Without it, that is done for at most
            half a second, and only when the last one to use the file did not close it.
        busy_seconds: how long to wait for another process that writes.
        Raises InventoryDamaged, InventoryTooNew, InventoryForeign, InventoryReadOnly,
        InventoryBusy, InventoryFull, InventoryUnwritable.
        """
        unclean = _prepare(path)
        store = Store(path, clock, warn or Warn(), busy_seconds)
        try:
            connection = store.connection()
            _use_write_ahead_log(connection, path, busy_seconds)
            if check or unclean:
                _check(connection, path, None if check else _QUICK_CHECK_SECONDS)
            migrate(connection, path, clock())
        except BaseException:
            store.close()
            raise
        return cls(store)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._store.path

    @property
    def warn(self) -> Warn:
        """From when on certificates expire soon, where a query is not told."""
        return self._store.warn

    @warn.setter
    def warn(self, warn: Warn) -> None:
        self._store.warn = warn

    def transaction(self) -> AbstractContextManager[None]:
        """One atomic unit, the journal's line included; may be nested (savepoints).

        Waits for other writers at its start, so do slow work before entering it.
        """
        return self._store.transaction()

    def data_version(self) -> int:
        """A number that changes when another process or thread has changed the data.

        Compare it only with earlier values got by the same thread.
        """
        return int(self._store.pragma("data_version"))

    def check(self) -> None:
        """Read the whole file and look for damage. Raises InventoryDamaged."""
        _check(self._store.connection(), self.path, None)

    def make_backup(self, keep: int | None = None) -> Path:
        """Write a backup beside the file; with `keep`, delete all but that many newest ones."""
        version = int(self._store.pragma("user_version"))
        made = backup.make(self._store.connection(), self.path, version, self._store.clock())
        if keep is not None:
            backup.prune(self.path, keep)
        return made

    def close_thread(self) -> None:
        """Close the calling thread's connection; for workers that end before the inventory does."""
        self._store.close_thread()

    def close(self) -> None:
        """Close the connections of all threads."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _prepare(path: Path) -> bool:
    """Make the folder and the file where missing; whether the last user left a log behind."""
    with translated_errors(path):
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its side files the mode of the database, so 0600 from the first byte on.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        log = path.with_name(path.name + "-wal")
        return log.exists() and log.stat().st_size > 0 and _is_unused(path)


def _is_unused(path: Path) -> bool:
    """Whether no process has the file open; else its log is there because it is in use."""
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
    return True


def _use_write_ahead_log(connection: sqlite3.Connection, path: Path, busy_seconds: float) -> None:
    """Switch to WAL mode, which lasts in the file. Another opener may be doing the same."""
    until = time.monotonic() + busy_seconds
    mode = None
    with translated_errors(path):
        while mode is None:
            try:
                mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            except sqlite3.OperationalError as error:
                # SQLite does not wait for this lock itself.
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(0.01)
    if mode != "wal":
        raise InventoryReadOnly(
            "The inventory's folder cannot hold a write-ahead log",
            f"{path}: SQLite stayed in mode {mode!r}.",
            "Put the workspace on a local disk.",
        )


def _check(connection: sqlite3.Connection, path: Path, seconds: float | None) -> None:
    """Look for damaged pages, for at most so many seconds. Raises InventoryDamaged."""
    if seconds is not None:
        until = time.monotonic() + seconds
        connection.set_progress_handler(lambda: int(time.monotonic() > until), _CHECK_STEPS)
    try:
        with translated_errors(path):
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return  # time is up, and nothing was found so far
    finally:
        connection.set_progress_handler(None, 0)
    if found != "ok":
        raise InventoryDamaged(path, found, backup.latest(path))
