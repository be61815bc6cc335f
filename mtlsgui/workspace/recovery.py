"""What a kill at the wrong moment left behind, and how it is finished or undone.

Every use case that touches a vault first writes into the inventory what it is about to do. What
still stands there when nobody is at it was cut short. Nothing that a certificate or a request
uses is ever deleted, and whatever is done, or cannot be done now, is reported in words.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Literal

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import KeyRow, KeyState, Sort, TreeFilter
from mtlsgui.pki.keys import spki_sha256
from mtlsgui.vault.base import Vault, VaultEntryMissing, VaultError
from mtlsgui.vault.custody import load_key
from mtlsgui.workspace.vault_access import UNFINISHED_KEYS, CustodyBusy
from mtlsgui.workspace.vaults import PassphraseVault, VaultKind
from mtlsgui.workspace.workspace import Workspace

UNFINISHED_MOVE = "unfinished_move"
_UNFINISHED_PROMOTIONS = "unfinished_promotions"

_PATIENCE = 1.0
"""Seconds: longer than a copy of the inventory takes, which holds the lock too."""


@dataclass(frozen=True)
class Leftover:
    """Something that was begun: by a process that is still at it, or by one that was killed.

    what: "storing", "moving" or "deleting" a key, "set_up" of a vault, a "move" of all keys, or
        a "promotion" of authorities' keys into the vault. name: of the key, where it is one.
    """

    what: Literal["storing", "moving", "deleting", "set_up", "move", "promotion"]
    name: str = ""


@dataclass(frozen=True)
class Finding:
    """What became of one left-over, as a sentence. settled: False where it still stands."""

    sentence: str
    settled: bool = True


@dataclass(frozen=True)
class RecoveryReport:
    """busy: another process is changing keys, so that nothing was touched."""

    findings: tuple[Finding, ...] = ()
    busy: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing is left."""
        return not self.busy and all(finding.settled for finding in self.findings)


@dataclass(frozen=True)
class Move:
    """The vault with the entries that a cut-off move of all keys has too many.

    Before the inventory points to the new vault these are the copies in it, afterwards the old
    ones: at every moment they are what is to be deleted.
    ref: of the workspace key's entry there. copies: whether they are the copies.
    """

    kind: VaultKind
    backend: str
    ref: str
    copies: bool

    def to_setting(self) -> str:
        return json.dumps(asdict(self))


_WORDS: dict[KeyState, Literal["storing", "moving", "deleting"]] = {
    KeyState.PENDING: "storing",
    KeyState.MOVING: "moving",
    KeyState.DELETING: "deleting",
}


def unfinished(ws: Workspace) -> tuple[Leftover, ...]:
    """What stands there as begun; cheap, and asks no vault.

    Another process may be at it right now: `recover` tells that from what was cut short.
    """
    settings = ws.inventory.settings
    found = [
        Leftover(_WORDS[row.state], row.name or row.label) for row in ws.inventory.keys.unfinished()
    ]
    if settings.get(UNFINISHED_KEYS):
        found.append(Leftover("set_up"))
    if settings.get(UNFINISHED_MOVE):
        found.append(Leftover("move"))
    if settings.get(_UNFINISHED_PROMOTIONS):
        found.append(Leftover("promotion"))
    return tuple(found)


def recover(ws: Workspace) -> RecoveryReport:
    """Finish or undo what was cut short. Call it when a workspace with left-overs was opened.

    Raises VaultLocked where the passphrase is needed first, VaultError where the vault cannot be
    used; then everything stays as it is.
    """
    if not unfinished(ws):
        return RecoveryReport()
    if ws.custody.kind is not None:
        ws.custody.open()
    try:
        with ws.custody.changing(_PATIENCE):
            findings = tuple(_settle(ws))
    except CustodyBusy:
        return RecoveryReport(busy=True)
    return RecoveryReport(findings + tuple(_promoted(ws)))


def strays(ws: Workspace) -> tuple[str, ...]:
    """References in the vault that the inventory does not name, sorted; they are never deleted.

    There are some when the inventory was put back from a backup that is older than they. An OS
    keyring does not list its entries, so there it is always empty.
    """
    vault, _ = ws.custody.opened()
    if not isinstance(vault, PassphraseVault):
        return ()
    with ws.custody.changing():
        named = {ws.inventory.settings.get("workspace_key_ref")}
        for row in ws.inventory.keys.all():
            named |= {row.vault_ref, row.new_vault_ref}
        return tuple(sorted(set(vault.refs()) - named))


def move_in_setting(ws: Workspace) -> Move | None:
    """The move of all keys that is on its way."""
    text = ws.inventory.settings.get(UNFINISHED_MOVE)
    return Move(**json.loads(text)) if text else None


# Single keys


def _settle(ws: Workspace) -> Iterator[Finding]:
    if ws.inventory.settings.get(UNFINISHED_KEYS):
        yield _settle_set_up(ws)
    move = move_in_setting(ws)
    if move is not None:
        yield settle_move(ws, move, None)
    rows = ws.inventory.keys.unfinished()
    if not rows:
        return
    vault, _ = ws.custody.opened()
    for row in rows:
        if row.state is KeyState.MOVING and row.new_vault_kind not in (vault.kind, None):
            continue  # belongs to a move of all keys, of which was told
        try:
            yield _settle_key(ws, vault, row)
        except VaultError as error:
            yield Finding(f"{_called(row)} could not be looked after: {error.title}", False)


def _settle_set_up(ws: Workspace) -> Finding:
    with suppress(VaultError):
        left = ws.custody.clear_unfinished_keys()
        if not left:
            with ws.recorded("recovery.set_up_undone", "vault"):
                pass
            return Finding(
                "Setting up a place for keys was cut short; what it left was taken away."
            )
    return Finding(
        "Setting up a place for keys was cut short. What it left in the keyring, a key that "
        "nothing uses, can be taken away only when that keyring can be reached.",
        False,
    )


def _settle_key(ws: Workspace, vault: Vault, row: KeyRow) -> Finding:
    if row.state is KeyState.MOVING:
        return _stay(ws, vault, row)
    if row.vault_kind != vault.kind:
        return Finding(
            f"{_called(row)} was being {_doing(row)} in another vault than the one in use; "
            "it stays as it is.",
            False,
        )
    if ws.custody.is_used(row):
        return _keep_used(ws, vault, row)
    if row.vault_ref is not None:
        vault.delete(row.vault_ref)
    name = row.name or row.label
    with ws.recorded("recovery.key_removed", "key", name, row.id, spki=row.spki_sha256):
        ws.inventory.keys.remove(row.id)
    if row.state is KeyState.PENDING:
        return Finding(
            f"{_called(row)} was made and never used: storing it was cut short. It was removed."
        )
    return Finding(f"Deleting {_called(row)} was cut short; it is finished now.")


def _keep_used(ws: Workspace, vault: Vault, row: KeyRow) -> Finding:
    """A key that something came to use while it stood as half made or half gone."""
    try:
        whole = spki_sha256(load_key(vault, row.vault_ref or "").public_key()) == row.spki_sha256
    except (VaultEntryMissing, ValueError):
        whole = False
    name = row.name or row.label
    if whole:
        with ws.recorded("recovery.key_kept", "key", name, row.id, spki=row.spki_sha256):
            ws.inventory.keys.mark_held(row.id)
        return Finding(f"{_called(row)} is whole and in use; it was kept.")
    with ws.recorded("recovery.key_removed", "key", name, row.id, spki=row.spki_sha256):
        ws.inventory.keys.remove(row.id)
    return Finding(
        f"{_called(row)} is not in {vault.label}: {_doing(row, noun=True)} it was cut short. "
        "Its certificates are shown as without a key."
    )


def _stay(ws: Workspace, vault: Vault, row: KeyRow) -> Finding:
    """A promotion that was cut short: the key is sealed as before, or in the vault already."""
    if row.new_vault_ref is not None:
        vault.delete(row.new_vault_ref)
    name = row.name or row.label
    with ws.recorded("recovery.move_undone", "key", name, row.id, spki=row.spki_sha256):
        ws.inventory.keys.mark_held(row.id)
    return Finding(f"Moving {_called(row)} was cut short; it is held where it was.")


def _called(row: KeyRow) -> str:
    return f"the {row.label} key of “{row.name}”" if row.name else f"a {row.label} key"


def _doing(row: KeyRow, *, noun: bool = False) -> str:
    if row.state is KeyState.PENDING:
        return "storing" if noun else "stored"
    return "deleting" if noun else "deleted"


# A move of all keys


def settle_move(ws: Workspace, move: Move, other: Vault | None) -> Finding:
    """Delete what a move has too many, under `changing`: undoes it, or finishes it.

    other: the vault that `move` names, where it is open.
    """
    rows = [
        row for row in ws.inventory.keys.unfinished()
        if row.state is KeyState.MOVING and row.new_vault_kind == move.kind
    ]  # fmt: skip
    refs = [row.new_vault_ref for row in rows if row.new_vault_ref is not None] + [move.ref]
    left = ""
    try:
        if move.kind == "file":
            left = _clear_file(ws, move, other, refs)
        else:
            vault = other or ws.custody.vaults.keyring(
                ws.custody.workspace_id, move.backend or None
            )[0]  # fmt: skip
            for ref in refs:
                vault.delete(ref)
    except VaultError as error:
        return Finding(
            f"The keys are all in {ws.custody.label}. Their other copies, from a move that was "
            f"cut short, could not be deleted yet: {error.title}",
            False,
        )
    with ws.recorded(
        "recovery.move_undone" if move.copies else "vault.old_entries_deleted",
        "vault",
        keys=len(rows),
    ):
        for row in rows:
            ws.inventory.keys.mark_held(row.id)
        ws.inventory.settings.remove(UNFINISHED_MOVE)
    if move.copies:
        return Finding(f"Moving the keys was cut short; all are held in {ws.custody.label} still.")
    return Finding(f"All keys are held in {ws.custody.label}; the old entries are deleted.{left}")


def _clear_file(ws: Workspace, move: Move, other: Vault | None, refs: list[str]) -> str:
    """Take away a vault's file that is not in use; what there is to say about it."""
    path = ws.layout.vault
    if isinstance(other, PassphraseVault):
        for ref in refs:
            other.delete(ref)
    emptied = isinstance(other, PassphraseVault) and not other.refs()
    if move.copies or emptied:
        # The move made this file itself, and only it wrote there; or nothing is in it any more.
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise VaultError("The vault file cannot be deleted.", str(error.strerror)) from error
        return ""
    aside = ws.custody.set_aside_file()
    if aside is None:
        return ""
    return (
        f" The old vault file is put aside as {aside.name}: it still holds copies of the keys "
        "under its passphrase. Delete it when you do not need it."
    )


# Authorities' keys that are sealed in the inventory


def announce_promotions(ws: Workspace) -> None:
    """Note, in the transaction that makes a sealed key an authority's, that it is to be moved."""
    ws.inventory.settings.set(_UNFINISHED_PROMOTIONS, True)


def promote_authority_keys(ws: Workspace) -> int:
    """Move authorities' keys out of the inventory into the vault, where that was announced.

    Such a key was made for a request, or imported before the certificate that made it one.
    Gives how many were moved. Raises VaultError where the vault cannot be used.
    """
    if ws.inventory.settings.get(_UNFINISHED_PROMOTIONS) is None:
        return 0
    promoted = 0
    for row in ws.inventory.tree.flat_page(
        TreeFilter(kinds=frozenset({"root_ca", "ca"})), Sort(), ws.clock(), ws.inventory.warn
    ):
        if row.key_id is not None and ws.inventory.keys.get(row.key_id).custody == "sealed":
            ws.custody.promote(row.key_id)
            promoted += 1
    ws.inventory.settings.remove(_UNFINISHED_PROMOTIONS)
    return promoted


def _promoted(ws: Workspace) -> Iterator[Finding]:
    try:
        if ws.custody.kind is not None and promote_authority_keys(ws):
            yield Finding(
                f"Keys of imported authorities were moved into {ws.custody.label}, which had been "
                "cut short."
            )
    except MtlsguiError as error:
        yield Finding(f"Keys of imported authorities are still sealed: {error.title}", False)
