"""Backing up a whole workspace, private keys included, into one encrypted file.

It holds `manifest.json`, `keys.json` with what the vault held, by public key, the preferences, the
profiles, and the inventory as SQLite copied it. Keys that are sealed in the inventory stay sealed
there. `restoring` is the way back.
"""

import base64
import glob
import io
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import mtlsgui
from mtlsgui.inventory.backup import latest
from mtlsgui.inventory.records import KeyRow, KeyState, from_unix
from mtlsgui.pki.keys import spki_sha256
from mtlsgui.vault.base import VaultDamaged, VaultEntryMissing, VaultLocked
from mtlsgui.vault.codec import encode_private_key
from mtlsgui.vault.custody import load_key
from mtlsgui.vault.vault_file import ScryptCost
from mtlsgui.workspace.backup_file import BackupError, FrameReader, FrameWriter
from mtlsgui.workspace.vault_access import CustodyBusy
from mtlsgui.workspace.workspace import Workspace

MANIFEST = "manifest.json"
INVENTORY = "inventory.sqlite"
KEYS = "keys.json"
PREFERENCES = "preferences.toml"
PROFILES = "profiles/"

_KEPT_SNAPSHOTS = 10


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, for the question before it is restored.

    made_at: ISO 8601, UTC. made_by: the version of mtlsgui. keys: private keys, sealed ones too.
    missing: names of keys that were not in the vault when it was made.
    """

    workspace_id: str
    name: str
    made_at: str
    made_by: str
    certificates: int
    keys: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """What the vault held. keys: by SPKI SHA-256, as `vault.codec` writes them."""

    workspace_key: bytes | None
    keys: dict[str, bytes]

    def __repr__(self) -> str:
        return f"<Secrets of {len(self.keys)} keys>"

    def to_json(self) -> bytes:
        key = base64.b64encode(self.workspace_key or b"").decode()
        texts = {spki: secret.decode("ascii") for spki, secret in self.keys.items()}
        return json.dumps({"workspace_key": key, "keys": texts}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Secrets":
        document = json.loads(data)
        return cls(
            base64.b64decode(document["workspace_key"]) or None,
            {spki: text.encode() for spki, text in document["keys"].items()},
        )


def backup(
    ws: Workspace,
    path: Path,
    passphrase: str,
    *,
    overwrite: bool = False,
    cost: ScryptCost | None = None,
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Manifest:
    """Write everything into the file `path` (0600), encrypted under `passphrase`.

    It is read back before it gets its name; other processes may go on using the workspace.
    progress: called with the number of bytes just written; what it raises stops the work.
    Raises VaultLocked for an empty passphrase or a locked vault, BackupError where the file is
    there already or cannot be written, VaultDamaged where the vault holds a wrong key.
    """
    if not passphrase:
        raise VaultLocked(
            "A passphrase is needed.",
            "A backup holds all private keys and is protected by nothing else.",
            "Give a passphrase that is hard to guess, and keep it safe.",
        )
    _refuse_existing(path, overwrite=overwrite)
    if ws.custody.kind is not None:
        ws.custody.open()
    with ws.custody.changing():
        held, missing = _secrets(ws)
        snapshot = ws.inventory.make_backup()
    try:
        manifest = Manifest(
            workspace_id=ws.custody.workspace_id,
            name=ws.name,
            made_at=ws.clock().isoformat(timespec="seconds"),
            made_by=mtlsgui.__version__,
            certificates=ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total,
            keys=ws.inventory.keys.count() - len(missing),
            missing=missing,
        )
        with _whole_file(path, overwrite=overwrite) as file:
            writer = FrameWriter(file, passphrase, cost or ScryptCost())
            for name, data in _small_members(ws, manifest, held):
                writer.add(name, len(data), io.BytesIO(data))
            with snapshot.open("rb") as copy:
                writer.add(INVENTORY, snapshot.stat().st_size, copy, progress)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            FrameReader(file, passphrase).check_rest()
    finally:
        snapshot.unlink(missing_ok=True)
    with ws.recorded("workspace.backed_up", "workspace", ws.name, file=path.name):
        pass
    return manifest


def backup_if_due(
    ws: Workspace, *, every: timedelta = timedelta(days=1), keep: int = _KEPT_SNAPSHOTS
) -> Path | None:
    """Copy the inventory beside it, where the newest copy is older than `every`.

    It is what is offered when the inventory turns out to be damaged. Holds no key in the clear.
    None where there is a newer copy, or another process is changing keys: the next time will do.
    """
    newest = latest(ws.inventory.path)
    if newest is not None:
        age = ws.clock() - from_unix(int(newest.stat().st_mtime))
        if abs(age) < every:  # a clock that was set back must not stop the copies
            return None
    try:
        # Never while keys are on their way: put back, such a copy would have them cleared away
        # as half made, or half moved.
        with ws.custody.changing(patience=0):
            return ws.inventory.make_backup(keep=keep)
    except CustodyBusy:
        return None


def _secrets(ws: Workspace) -> tuple[Secrets, tuple[str, ...]]:
    """All that the vault holds for this workspace; the names of keys that it should and lacks."""
    if ws.custody.kind is None:
        return Secrets(None, {}), ()
    vault, workspace_key = ws.custody.opened()
    found: dict[str, bytes] = {}
    missing = []
    for row in ws.inventory.keys.all():
        if row.vault_ref is None or row.state not in (KeyState.HELD, KeyState.MOVING):
            continue
        try:
            key = load_key(vault, row.vault_ref)
        except VaultEntryMissing:
            missing.append(row.name or row.label)
            continue
        if spki_sha256(key.public_key()) != row.spki_sha256:
            raise _wrong_key(row)
        found[row.spki_sha256] = encode_private_key(key)
    return Secrets(workspace_key, found), tuple(missing)


def _wrong_key(row: KeyRow) -> VaultDamaged:
    return VaultDamaged(
        "The key that is held is not the one that belongs here.",
        f"The entry for “{row.name or row.label}” holds another key.",
        "Restore an earlier backup of the workspace.",
    )


def _small_members(ws: Workspace, manifest: Manifest, held: Secrets) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, json.dumps(asdict(manifest)).encode()
    yield KEYS, held.to_json()
    if ws.layout.preferences.exists():
        yield PREFERENCES, ws.layout.preferences.read_bytes()
    for profile in sorted(ws.layout.profiles.glob("*.toml")):
        yield PROFILES + profile.name, profile.read_bytes()


@contextmanager
def _whole_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A file that gets the name `path` only when the body is done with it; 0600."""
    try:
        for stale in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            stale.unlink(missing_ok=True)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(temporary, flags, 0o600), "w+b") as file:
                yield file
            _refuse_existing(path, overwrite=overwrite)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise BackupError(
            "The backup could not be written.",
            f"{path}: {error.strerror or error}. Nothing was left behind.",
            "Choose another folder, or free some space, and try again.",
        ) from error


def _refuse_existing(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise BackupError(
            "There is a file of that name already.",
            f"{path} is not overwritten.",
            "Choose another name.",
        )
