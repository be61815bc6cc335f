"""The journal as people read it: actions in words, whether it is whole, files of it."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mtlsgui.formats.as_json import time_as_json
from mtlsgui.formats.files import write_atomically
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import CertificateRow, JournalEntry, Verification
from mtlsgui.workspace.workspace import Workspace

COLUMNS = ("seq", "at", "actor", "action", "object_kind", "object_id", "object_name", "details")
"""Of the CSV."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ALL = 1 << 62

WORDS = {
    "authority.addresses": "Changed an authority's addresses",
    "authority.created": "Made an authority",
    "certificate.coloured": "Changed a colour label",
    "certificate.deleted": "Deleted a certificate",
    "certificate.exported": "Exported a certificate",
    "certificate.imported": "Imported a certificate",
    "certificate.issued": "Issued a certificate",
    "certificate.noted": "Changed notes",
    "certificate.renamed": "Renamed a certificate",
    "certificate.signed": "Signed a request",
    "certificate.tagged": "Changed tags",
    "crl.imported": "Imported a revocation list",
    "inventory.put_back": "Put back a copy of the inventory",
    "key.deleted": "Destroyed a private key",
    "key.exported": "Exported a private key",
    "key.imported": "Imported a private key",
    "key.renamed": "Renamed a private key",
    "recovery.key_kept": "Kept a key that was left over",
    "recovery.key_removed": "Removed a key that was left over",
    "recovery.move_undone": "Undid a move of keys that was cut short",
    "recovery.set_up_undone": "Undid a vault that was cut short",
    "request.created": "Made a request",
    "request.deleted": "Deleted a request",
    "request.exported": "Exported a request",
    "request.imported": "Imported a request",
    "test.changed": "Changed a saved connection test",
    "test.deleted": "Deleted a saved connection test",
    "test.renamed": "Renamed a saved connection test",
    "test.saved": "Saved a connection test",
    "vault.moved": "Moved the keys to another vault",
    "vault.old_entries_deleted": "Deleted the entries of a former vault",
    "vault.passphrase_changed": "Changed the vault's passphrase",
    "vault.set_aside": "Set a vault's file aside",
    "vault.set_up": "Set up a vault for the keys",
    "workspace.backed_up": "Backed up the workspace",
    "workspace.restored": "Restored the workspace from a backup",
}
"""Every action in words; the window has them in its own language."""


def words_for(action: str) -> str:
    """What was done, in words: "Issued a certificate".

    One that only a newer mtlsgui knows is spelled out: "thing.done_so" as "Thing: done so".
    """
    kind, _, done = action.partition(".")
    return WORDS.get(action) or ": ".join(
        part.replace("_", " ") for part in (kind.capitalize(), done) if part
    )


def certificate_of(ws: Workspace, entry: JournalEntry) -> CertificateRow | None:
    """The certificate that an entry is about, where that still exists."""
    if entry.object_kind != "certificate" or entry.object_id is None:
        return None
    try:
        return ws.inventory.certificates.get(entry.object_id)
    except InventoryNotFound:
        return None


def verify(ws: Workspace) -> Verification:
    """Whether every entry is as it was written, and none is missing. Reads them all."""
    return ws.inventory.journal.verify()


def export_csv(
    ws: Workspace,
    path: Path,
    *,
    search: str = "",
    action: str | None = None,
    overwrite: bool = False,
) -> int:
    """Write entries, newest first, as CSV in UTF-8; gives how many. Raises MtlsguiError."""
    entries = ws.inventory.journal.page(0, _ALL, search=search, action=action)
    write_atomically(path, as_csv(entries).encode(), private=False, overwrite=overwrite)
    return len(entries)


def export_json(
    ws: Workspace,
    path: Path,
    *,
    search: str = "",
    action: str | None = None,
    overwrite: bool = False,
) -> int:
    """Write entries, newest first, as JSON, hashes included; gives how many.

    Raises MtlsguiError.
    """
    entries = ws.inventory.journal.page(0, _ALL, search=search, action=action)
    text = json.dumps(as_json(entries), indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode(), private=False, overwrite=overwrite)
    return len(entries)


def as_csv(entries: Iterable[JournalEntry]) -> str:
    """A table with the header `COLUMNS`; details as JSON."""
    text = io.StringIO()
    # All cells in quotes: before Python 3.13 a "\r" in a name would else begin another row.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        fields = entry_as_json(entry)
        fields["details"] = json.dumps(fields["details"], ensure_ascii=False)
        writer.writerow([_cell(fields[column]) for column in COLUMNS])
    return text.getvalue()


def as_json(entries: Iterable[JournalEntry]) -> dict[str, Any]:
    """One document: CLI.md's `journal`."""
    return {"entries": [entry_as_json(entry) for entry in entries]}


def entry_as_json(entry: JournalEntry) -> dict[str, Any]:
    """One entry with all that its hash is made of, as CLI.md has it."""
    return {
        "seq": entry.seq,
        "at": time_as_json(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "object_name": entry.object_name,
        "details": dict(entry.details),
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: names come from other people's files."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
