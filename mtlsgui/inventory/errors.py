"""What can go wrong with the inventory, and the one place where SQLite's errors become words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.backup_files import latest

# The names say what is the matter and read well in `except`; "Error" would add nothing.


class InventoryError(MtlsguiError):
    """Base of all the inventory's errors."""


class InventoryFull(InventoryError):
    """The disk, a quota or a size limit left no room; nothing of the transaction was kept."""


class InventoryUnwritable(InventoryError):
    """The disk refused to read or write; nothing of the transaction was kept."""


class InventoryReadOnly(InventoryError):
    """The file or its folder cannot be written by this user."""


class InventoryBusy(InventoryError):
    """Another process held the inventory longer than we wait."""


class InventoryDamaged(InventoryError):
    """The file is not whole. last_backup: the newest backup beside it, if there is one."""

    def __init__(self, path: Path, found: str, last_backup: Path | None) -> None:
        remedy = (
            f"Restore the last backup, {last_backup}. The damaged file is kept aside."
            if last_backup
            else "There is no backup beside it. Restore the folder from your own backup."
        )
        super().__init__("The inventory is damaged", f"{path}: {found}", remedy)
        self.path = path
        self.last_backup = last_backup


class InventoryTooNew(InventoryError):
    """A newer version of the program wrote the file."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            "The inventory was written by a newer version",
            f"{path} has format {found}; this version knows up to {known}.",
            "Update mtlsgui, or open another workspace.",
        )


class InventoryForeign(InventoryError):
    """The file is a database, but not one of ours."""


class InventoryClosed(InventoryError):
    """The inventory was closed while another thread still used it."""


class InventoryNotFound(InventoryError):
    """Nothing has this id, fingerprint or name."""


class InventoryAmbiguous(InventoryError):
    """Several have this fingerprint prefix or name."""


class InventoryDuplicate(InventoryError):
    """It is there already."""


class InventoryConflict(InventoryError):
    """The change would contradict what the inventory holds."""


def _primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code (the low byte); 0 for errors that the binding itself raises."""
    if "unable to open database file" in str(error):  # sqlite3.connect sets no code
        return sqlite3.SQLITE_CANTOPEN
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def translate(error: sqlite3.Error, path: Path) -> Exception:
    """The InventoryError for an error of SQLite; the error itself when it is a bug of ours."""
    code, found = _primary_code(error), str(error)
    if code == sqlite3.SQLITE_FULL:
        return InventoryFull(
            "There is no room to write the inventory",
            f"{path}: {found}. Nothing was changed.",
            "Free some disk space, then try again.",
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return InventoryBusy(
            "The inventory is in use by another program",
            f"{path} stayed locked.",
            "Wait until the other window or mtlsctl has finished, then try again.",
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}:
        return InventoryReadOnly(
            "The inventory cannot be written",
            f"{path}: {found}.",
            "Check the permissions of the file and its folder, or use another workspace folder.",
        )
    if code == sqlite3.SQLITE_IOERR:
        return InventoryUnwritable(
            "The disk failed while the inventory was used",
            f"{path}: {found}. Nothing was changed.",
            "Check the disk, its free space and quota, then try again.",
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return InventoryDamaged(path, found, latest(path))
    if isinstance(error, sqlite3.ProgrammingError) and "closed database" in found:
        return InventoryClosed("The inventory is closed", str(path))
    return error


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn peewee's and sqlite3's exceptions inside into InventoryError with a remedy."""
    try:
        yield
    except peewee.PeeweeException as wrapped:
        cause: BaseException | None = wrapped
        while isinstance(cause, peewee.PeeweeException):  # it wraps twice when connecting
            cause = getattr(cause, "orig", None)
        if not isinstance(cause, sqlite3.Error):
            raise
        translation = translate(cause, path)
        if translation is cause:
            raise
        raise translation from cause
    except sqlite3.Error as error:
        translation = translate(error, path)
        if translation is error:
            raise
        raise translation from error
    except OSError as error:
        raise InventoryUnwritable(
            "The inventory's folder cannot be used",
            f"{error.filename or path}: {error.strerror}.",
            "Check the permissions and the free space, or use another workspace folder.",
        ) from error
