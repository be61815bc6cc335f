"""Putting a backup back: a whole workspace on another machine, or a damaged inventory in place.

A workspace is put together beside its place and proved key by key; only then does it get its name.
What a restore that was cut short put into a keyring is written down first, in `_NOTE`, so that the
next restore to the same place takes it away again.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory import backup as inventory_backup
from mtlsgui.inventory.errors import InventoryDamaged, InventoryError
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import KeyRow, KeyState, NewJournalEntry
from mtlsgui.pki.keys import PrivateKey, spki_sha256
from mtlsgui.vault import sealing
from mtlsgui.vault.base import Vault
from mtlsgui.vault.codec import decode_private_key
from mtlsgui.vault.custody import new_ref, store_key
from mtlsgui.vault.files import exclusive, replace_file
from mtlsgui.workspace import backup as archive
from mtlsgui.workspace.backup import Manifest, Secrets
from mtlsgui.workspace.backup_file import BackupDamaged, BackupError, FrameReader, Member
from mtlsgui.workspace.paths import Layout
from mtlsgui.workspace.recovery import UNFINISHED_MOVE
from mtlsgui.workspace.vault_access import UNFINISHED_KEYS
from mtlsgui.workspace.vaults import VaultKind, Vaults
from mtlsgui.workspace.workspace import Clock, Workspace, system_actor, system_clock

_NOTE = "restoring.json"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_MOST_SMALL = 64 * 1024 * 1024  # bytes of a member that is held in memory


def read_manifest(path: Path, passphrase: str) -> Manifest:
    """What the backup at `path` holds, without reading all of it.

    Raises WrongPassphrase, BackupDamaged, BackupTruncated, BackupTooNew or BackupError.
    """
    try:
        with _opened(path, passphrase) as reader:
            for member in reader.members():
                if member.name == archive.MANIFEST:
                    return _manifest(member)
    except OSError as error:
        raise _unreadable(path, error) from error
    raise _not_whole("It has no list of what it holds.")


def restore(
    path: Path,
    directory: Path,
    passphrase: str,
    vaults: Vaults,
    kind: VaultKind,
    *,
    vault_passphrase: str | None = None,
    clock: Clock = system_clock,
    actor: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Manifest:
    """Make the workspace in the backup at `path` anew in `directory`, which must be empty.

    kind, vault_passphrase: where its keys are held from now on, under new references.
    progress: called with the number of keys proved and of all; what it raises undoes the restore.
    Every private key is compared with its public key before the workspace gets its place.
    Raises WrongPassphrase, BackupDamaged (with BackupTruncated), BackupTooNew, BackupError,
    VaultError or InventoryError; then nothing is in `directory`, nor left in the vault.
    """
    _refuse_unless_empty(directory)
    stage = directory.with_name(f".{directory.name}.restoring")
    with _alone(stage):
        _discard(stage, vaults)
        try:
            stage.mkdir(mode=0o700)
            manifest, held = _unpack(path, passphrase, stage)
            with Workspace.open(stage, vaults, clock=clock, actor=actor) as ws:
                _settle(ws)
                keys = _prove(ws, held, progress)
                _hold(ws, kind, vault_passphrase, keys, held)
            _put_in_place(stage, directory)
        except OSError as error:
            _try_to_discard(stage, vaults)
            raise BackupError(
                "The workspace could not be restored.",
                f"{error.filename or directory}: {error.strerror or error}.",
                "Choose another folder, or free some space, and try again.",
            ) from error
        except BaseException:
            _try_to_discard(stage, vaults)
            raise
    return manifest


# Reading the file


@contextmanager
def _opened(path: Path, passphrase: str) -> Iterator[FrameReader]:
    try:
        with path.open("rb") as file:
            yield FrameReader(file, passphrase)
    except FileNotFoundError as error:
        raise _unreadable(path, error) from error


def _unpack(path: Path, passphrase: str, stage: Path) -> tuple[Manifest, Secrets]:
    """Write the files of the backup into `stage`."""
    layout = Layout(stage)
    manifest = held = None
    with _opened(path, passphrase) as reader:
        for member in reader.members():
            if member.name == archive.MANIFEST:
                manifest = _manifest(member)
            elif member.name == archive.KEYS:
                held = _secrets(member)
            elif member.name == archive.INVENTORY:
                _write(layout.inventory, member)
            elif member.name == archive.PREFERENCES:
                _write(layout.preferences, member)
            elif member.name.startswith(archive.PROFILES):
                profile = member.name.removeprefix(archive.PROFILES)
                if not _is_plain_name(profile):
                    continue
                layout.profiles.mkdir(mode=0o700, exist_ok=True)
                _write(layout.profiles / profile, member)
        reader.check_rest()
    if manifest is None or held is None or not layout.inventory.exists():
        raise _not_whole("Parts of it are missing.")
    return manifest, held


def _is_plain_name(name: str) -> bool:
    """Whether it leads to a file in the folder it is put into, on every system.

    Others are passed over: no profile has them, and no key is to be lost for their sake.
    """
    return (
        name.endswith(".toml")
        and ":" not in name  # a drive, or a stream of another file
        and PureWindowsPath(name).name == PurePosixPath(name).name == name
    )


def _manifest(member: Member) -> Manifest:
    try:
        fields = json.loads(member.content(_MOST_SMALL))
        return Manifest(**{**fields, "missing": tuple(fields["missing"])})
    except (ValueError, TypeError, KeyError) as error:
        raise _not_whole(f"Its list of contents cannot be read ({error}).") from None


def _secrets(member: Member) -> Secrets:
    try:
        return Secrets.from_json(member.content(_MOST_SMALL))
    except (ValueError, TypeError, KeyError):
        raise _not_whole("Its keys cannot be read.") from None


def _write(path: Path, member: Member) -> None:
    with os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb") as file:
        for data in member.chunks():
            file.write(data)
        file.flush()
        os.fsync(file.fileno())


# Putting it together


def _settle(ws: Workspace) -> None:
    """Take out of the copy what was on its way when it was made, and the old vault."""
    ws.inventory.check()
    with ws.inventory.transaction():
        for row in ws.inventory.keys.unfinished():
            if row.state is KeyState.MOVING:
                ws.inventory.keys.mark_held(row.id)
            else:
                ws.inventory.keys.remove(row.id)
        for name in ("vault_kind", "vault_label", "vault_backend", "workspace_key_ref"):
            ws.inventory.settings.remove(name)
        for name in (UNFINISHED_KEYS, UNFINISHED_MOVE):
            ws.inventory.settings.remove(name)


def _prove(
    ws: Workspace, held: Secrets, progress: Callable[[int, int], None]
) -> list[tuple[KeyRow, PrivateKey]]:
    """The keys for the vault; every one, and every sealed one, compared with its row."""
    rows = ws.inventory.keys.all()
    found = []
    for done, row in enumerate(rows):
        progress(done, len(rows))
        if row.sealed is not None:
            if held.workspace_key is None:
                raise _not_whole("It lacks the key that others are sealed with.")
            secret = sealing.unseal(held.workspace_key, row.spki_sha256, row.sealed)
        elif row.spki_sha256 in held.keys:
            secret = held.keys[row.spki_sha256]
        else:
            continue  # it was not in the vault when the backup was made: the manifest tells
        key = decode_private_key(secret)
        if spki_sha256(key.public_key()) != row.spki_sha256:
            raise _not_whole(f"It holds another key for “{row.name or row.label}”.")
        if row.sealed is None:
            found.append((row, key))
    progress(len(rows), len(rows))
    return found


def _hold(
    ws: Workspace,
    kind: VaultKind,
    passphrase: str | None,
    keys: list[tuple[KeyRow, PrivateKey]],
    held: Secrets,
) -> None:
    """Put the keys into a new vault and let the inventory name it."""
    if held.workspace_key is None:
        _journal_restored(ws)
        return  # it never had a vault
    with ws.custody.changing():
        vault, backend = ws.custody.new_vault(kind, passphrase)
        refs = {row.id: new_ref() for row, _ in keys}
        workspace_key_ref = new_ref()
        _note(ws, kind, backend, [*refs.values(), workspace_key_ref])
        for row, key in keys:
            store_key(vault, refs[row.id], key)
        vault.put(workspace_key_ref, held.workspace_key)
        with ws.inventory.transaction():
            for key_id, ref in refs.items():
                ws.inventory.keys.mark_moving(key_id, kind, ref)
                ws.inventory.keys.commit_move(key_id)
                ws.inventory.keys.mark_held(key_id)
            ws.custody.adopt(vault, kind, backend, workspace_key_ref)
            _journal_restored(ws)


def _journal_restored(ws: Workspace) -> None:
    with ws.recorded("workspace.restored", "workspace", ws.name):
        pass


def _put_in_place(stage: Path, directory: Path) -> None:
    _refuse_unless_empty(directory)
    if directory.exists():
        directory.rmdir()  # Windows renames over no folder, not even an empty one
    stage.rename(directory)
    with suppress(OSError):
        (directory / _NOTE).unlink()


# What a restore that was cut short leaves


def _note(ws: Workspace, kind: VaultKind, backend: str, refs: list[str]) -> None:
    """Write down, before the vault is written, what is to be deleted should it end here."""
    note = {"workspace_id": ws.custody.workspace_id, "kind": kind, "backend": backend, "refs": refs}
    replace_file(ws.layout.directory / _NOTE, json.dumps(note).encode())


def _discard(stage: Path, vaults: Vaults) -> None:
    """Delete a workspace that was not finished, and its entries in a keyring."""
    if not stage.exists():
        return
    with suppress(FileNotFoundError):
        note = json.loads((stage / _NOTE).read_bytes())
        if note["kind"] == "keyring":
            vault: Vault = vaults.keyring(note["workspace_id"], note["backend"] or None)[0]
            for ref in note["refs"]:
                vault.delete(ref)
    shutil.rmtree(stage)


def _try_to_discard(stage: Path, vaults: Vaults) -> None:
    with suppress(MtlsguiError, OSError):  # the next restore to this place tries again
        _discard(stage, vaults)


@contextmanager
def _alone(stage: Path) -> Iterator[None]:
    stage.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with exclusive(stage, 0):
            yield
    except TimeoutError:
        raise BackupError(
            "A backup is being restored there already.", "", "Wait until it is done."
        ) from None


def _refuse_unless_empty(directory: Path) -> None:
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise BackupError(
            "The folder is not empty.",
            f"{directory} is not overwritten.",
            "Choose an empty folder, or a name that is not taken.",
        )


def _unreadable(path: Path, error: OSError) -> BackupError:
    return BackupError(
        "The backup cannot be read.",
        f"{path}: {error.strerror or error}.",
        "Check that the file is there and that you may read it.",
    )


def _not_whole(why: str) -> BackupDamaged:
    return BackupDamaged("The backup cannot be used.", why, "Use another backup.")


# A damaged inventory


@dataclass(frozen=True)
class PutBack:
    """backup: what was put in place. kept_aside: where the damaged inventory lies now."""

    backup: Path
    kept_aside: Path | None


def last_backup(directory: Path) -> Path | None:
    """The newest copy of the inventory of the workspace in `directory`, to be offered."""
    return inventory_backup.latest(Layout(directory).inventory)


def put_back_last_backup(
    directory: Path, *, clock: Clock = system_clock, actor: str | None = None
) -> PutBack:
    """Put the newest whole copy of the inventory in the place of one that is damaged.

    The damaged one is kept aside, with its log. What was done since the copy is not in it; keys
    that were made since are still in their vault (`recovery.strays`). Nobody may have the
    workspace open. Raises InventoryError where there is no whole copy; then nothing is changed.
    """
    layout = Layout(directory)
    damaged: InventoryError | None = None
    for copy in reversed(inventory_backup.all_backups(layout.inventory)):
        try:
            kept = inventory_backup.restore(copy, layout.inventory, clock())
        except InventoryDamaged as error:
            damaged = damaged or error
            continue
        with Inventory.open(layout.inventory, clock) as inventory:
            inventory.journal.append(
                NewJournalEntry(
                    actor or system_actor(),
                    "inventory.put_back",
                    "workspace",
                    details={"backup": copy.name, "kept_aside": kept.name if kept else ""},
                )
            )
        return PutBack(copy, kept)
    raise damaged or InventoryError(
        "There is no backup of the inventory.",
        f"{directory} has none beside it.",
        "Restore a backup of the workspace into another folder.",
    )
