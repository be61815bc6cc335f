"""Moving all of a workspace's keys from one vault to another.

Every key is copied, read back and compared before the inventory points to the new vault, in one
transaction for all; the old entries are deleted last. A kill at any point leaves every key
readable in the vault that the inventory names; `recovery` deletes what is too many, after which
the move can be begun anew.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import KeyRow
from mtlsgui.pki.keys import PrivateKey, spki_sha256
from mtlsgui.vault.base import Vault, VaultDamaged, VaultEntryMissing, VaultError
from mtlsgui.vault.custody import load_key, new_ref, store_key
from mtlsgui.workspace import recovery
from mtlsgui.workspace.recovery import UNFINISHED_MOVE, Finding, Move
from mtlsgui.workspace.vaults import VaultKind
from mtlsgui.workspace.workspace import Workspace

_KEPT_BACKUPS = 10


@dataclass(frozen=True)
class MoveReport:
    """keys: how many were moved, the workspace's own not counted.

    missing: names of keys that were not in the old vault (held on another computer); nothing
        about them was changed.
    cleared: what became of the old entries.
    """

    keys: int
    missing: tuple[str, ...]
    cleared: Finding


def move(
    ws: Workspace,
    kind: VaultKind,
    passphrase: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> MoveReport:
    """Hold all keys in a vault of `kind` from now on.

    passphrase: of the new vault, where it is a file. To give a file another passphrase, use
        `custody.change_passphrase`.
    progress: called with the number of keys copied and of all; what it raises undoes the move.
    Raises VaultError; then all keys are where they were.
    """
    ws.custody.open()
    if not recovery.recover(ws).settled:
        raise VaultError(
            "The keys cannot be moved yet.",
            "Something that was cut short before is still to be finished.",
            "Open the workspace with the vaults it was using, then try again.",
        )
    with ws.custody.changing():
        old, workspace_key = ws.custody.opened()
        if old.kind == kind:
            raise VaultError("The keys are held there already.", f"They are in {ws.custody.label}.")
        loaded, missing = _load(ws, old)
        new, backend = ws.custody.new_vault(kind, passphrase)
        copies = Move(kind, backend, ref=new_ref(), copies=True)
        refs = {row.id: new_ref() for row, _ in loaded}
        with ws.inventory.transaction():
            ws.inventory.settings.set(UNFINISHED_MOVE, copies.to_setting())
            for key_id, ref in refs.items():
                ws.inventory.keys.mark_moving(key_id, kind, ref)
        try:
            for done, (row, key) in enumerate(loaded):
                progress(done, len(loaded))
                store_key(new, refs[row.id], key)
            progress(len(loaded), len(loaded))
            new.put(copies.ref, workspace_key)
            surplus = _point_to(ws, new, copies, refs, old)
        except BaseException:
            # What cannot be undone now, as after a full disk, is left for `recovery`.
            with suppress(MtlsguiError):
                if recovery.move_in_setting(ws) == copies:
                    recovery.settle_move(ws, copies, new)
            raise
        ws.custody.use(new, workspace_key)
        cleared = recovery.settle_move(ws, surplus, old)
    # An older backup of the inventory names entries that are gone now.
    ws.inventory.make_backup(keep=_KEPT_BACKUPS)
    return MoveReport(len(loaded), missing, cleared)


def _load(ws: Workspace, vault: Vault) -> tuple[list[tuple[KeyRow, PrivateKey]], tuple[str, ...]]:
    """Every key in `vault`, compared with its row; the names of those that are not there."""
    loaded, missing = [], []
    for row in ws.inventory.keys.all():
        if row.vault_ref is None:
            continue
        try:
            key = load_key(vault, row.vault_ref)
        except VaultEntryMissing:
            missing.append(row.name or row.label)
            continue
        if spki_sha256(key.public_key()) != row.spki_sha256:
            raise VaultDamaged(
                "The key that is held is not the one that belongs here.",
                f"The entry for “{row.name or row.label}” holds another key.",
                "Restore a backup of the workspace.",
            )
        loaded.append((row, key))
    return loaded, tuple(missing)


def _point_to(ws: Workspace, new: Vault, copies: Move, refs: dict[int, str], old: Vault) -> Move:
    """Let the inventory name the new vault; what is to be deleted of the old one."""
    settings = ws.inventory.settings
    old_kind = ws.custody.kind or "file"
    surplus = replace(
        copies,
        kind=old_kind,
        backend=settings.get("vault_backend") or "",
        ref=settings.get("workspace_key_ref") or "",
        copies=False,
    )
    with ws.recorded("vault.moved", "vault", keys=len(refs)) as record:
        record.details |= {"from": old.label, "to": new.label}
        for key_id in refs:
            ws.inventory.keys.commit_move(key_id)
        ws.custody.adopt(new, copies.kind, copies.backend, copies.ref)
        settings.set(UNFINISHED_MOVE, surplus.to_setting())
    return surplus
