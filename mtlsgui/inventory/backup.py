"""Backups of the inventory file, and putting one back.

A backup is a whole database made by SQLite's online backup, consistent while others write.
It holds what the inventory holds: sealed keys, never keys in the clear; still it is 0600.
"""

import contextlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from mtlsgui.inventory.backup_files import all_backups, folder, latest, unused_path
from mtlsgui.inventory.errors import InventoryDamaged, InventoryNotFound, translated_errors

__all__ = ["all_backups", "latest", "make", "prune", "restore"]

_SIDE_FILES = ("-wal", "-shm")


def make(connection: sqlite3.Connection, inventory_path: Path, version: int, now: datetime) -> Path:
    """Copy the database behind the connection; the path of the finished copy.

    The copy appears under its name only when it is whole and on the disk.
    """
    with translated_errors(inventory_path):
        folder(inventory_path).mkdir(mode=0o700, parents=True, exist_ok=True)
        target = unused_path(inventory_path, version, now)
        partial = target.with_suffix(".partial")
        try:
            _create_private(partial)
            with contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                connection.backup(copy)
                # One file that can be read without writing beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
            _flush(partial)
            partial.replace(target)
            _flush_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)
    return target


def prune(inventory_path: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups; those deleted."""
    backups = all_backups(inventory_path)
    surplus = backups[: max(0, len(backups) - max(0, keep))]
    with translated_errors(inventory_path):
        for path in surplus:
            path.unlink(missing_ok=True)
    return surplus


def restore(backup_path: Path, inventory_path: Path, now: datetime) -> Path | None:
    """Put a backup in the inventory's place. No one may have the inventory open.

    The backup is checked first. Returns where the file that was there is kept
    (`inventory-damaged-TIME.sqlite`, with its side files), None when there was none.
    Raises InventoryNotFound or InventoryDamaged for the backup itself, touching nothing.
    """
    if not backup_path.is_file():
        raise InventoryNotFound("There is no such backup", str(backup_path))
    _check(backup_path)
    with translated_errors(inventory_path):
        partial = inventory_path.with_suffix(".restoring")
        partial.unlink(missing_ok=True)
        _create_private(partial)
        partial.write_bytes(backup_path.read_bytes())
        _flush(partial)
        kept = _keep_aside(inventory_path, now)
        partial.replace(inventory_path)
        _flush_folder(inventory_path.parent)
    return kept


def _keep_aside(inventory_path: Path, now: datetime) -> Path | None:
    if not inventory_path.exists():
        return None
    stem = f"{inventory_path.stem}-damaged-{now:%Y%m%dT%H%M%SZ}"
    aside = inventory_path.with_name(f"{stem}{inventory_path.suffix}")
    number = 2
    while aside.exists():
        aside = inventory_path.with_name(f"{stem}-{number}{inventory_path.suffix}")
        number += 1
    # The log goes first: left alone it would be replayed into the restored file.
    for side in _SIDE_FILES:
        log = inventory_path.with_name(inventory_path.name + side)
        if log.exists():
            log.replace(aside.with_name(aside.name + side))
    inventory_path.replace(aside)
    return aside


def _check(backup_path: Path) -> None:
    """Raise InventoryDamaged when the backup is not a whole database."""
    address = f"{backup_path.resolve().as_uri()}?mode=ro&immutable=1"
    with (
        translated_errors(backup_path),
        contextlib.closing(sqlite3.connect(address, uri=True)) as connection,
    ):
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        raise InventoryDamaged(backup_path, found, None)


def _create_private(path: Path) -> None:
    """Create an empty file that only its owner may read, before anything is in it."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    """Make a rename last through a power failure, where folders can be flushed (not Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
