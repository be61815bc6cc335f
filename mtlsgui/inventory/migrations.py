"""Numbered formats of the database, and the way from one to the next.

A migration that was released is never changed; a new one is appended.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mtlsgui.inventory import backup
from mtlsgui.inventory.errors import InventoryForeign, InventoryTooNew, translated_errors
from mtlsgui.inventory.schema import FORMAT_1, FORMAT_2

# "mtls" in ASCII: `file` and we recognise our own databases by it.
APPLICATION_ID = 0x6D746C73


@dataclass(frozen=True, slots=True)
class Migration:
    """From format `version` - 1 to `version`, in SQL statements."""

    version: int
    statements: tuple[str, ...]


MIGRATIONS = (Migration(1, FORMAT_1), Migration(2, FORMAT_2))


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    now: datetime,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> list[Path]:
    """Bring the database to the newest format; the backups made, one before each step.

    Each step is one transaction; a new one gets to the newest in one. Two processes may do this
    at once.
    Raises InventoryTooNew, InventoryForeign.
    """
    newest = migrations[-1].version
    made: list[Path] = []
    while (version := _version(connection, path)) < newest:
        if version > 0:
            made.append(backup.make(connection, path, version, now))
        _step(connection, path, version, migrations)
    if version > newest:
        raise InventoryTooNew(path, version, newest)
    return made


def _version(connection: sqlite3.Connection, path: Path) -> int:
    with translated_errors(path):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
        tables = int(connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0])
    if mark != APPLICATION_ID and (tables or version):
        raise InventoryForeign(
            "This is not an inventory of mtlsgui",
            f"{path} is a database of another program.",
            "Choose another workspace folder.",
        )
    return version


def _step(
    connection: sqlite3.Connection, path: Path, version: int, migrations: Sequence[Migration]
) -> None:
    """One format further, a new database all of them, unless another process was quicker."""
    last = version + 1 if version > 0 else migrations[-1].version
    following = [each for each in migrations if version < each.version <= last]
    with translated_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection, path) == version:
                for migration in following:
                    for statement in migration.statements:
                        connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {last}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
