"""Where private keys are held, and how they get there without ever being lost.

An authority's key is an entry of its own in the vault. Every other key is encrypted in the
inventory under the workspace key, which is an entry in the same vault.

The order of writing is what keeps a kill at any moment harmless: a row that says "pending" is
committed, then the vault is written and read back, then one transaction makes the row "held"
together with what uses it. `recovery` finishes or undoes what was cut short.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import KeyRow, KeyState, NewKey, RequestState
from mtlsgui.pki.keys import PrivateKey, key_info, spki_sha256
from mtlsgui.vault import sealing
from mtlsgui.vault.base import Vault, VaultEntryMissing
from mtlsgui.vault.codec import decode_private_key, encode_private_key
from mtlsgui.vault.custody import load_key, new_ref, store_key
from mtlsgui.workspace.paths import Layout
from mtlsgui.workspace.vault_access import CustodyBusy, KeyNotHere, VaultAccess
from mtlsgui.workspace.vaults import Vaults

__all__ = ["Custody", "CustodyBusy", "KeyNotHere"]


class Custody(VaultAccess):
    """The keys of one workspace. Methods that touch a vault may block on the system's prompts."""

    def __init__(
        self,
        inventory: Inventory,
        layout: Layout,
        vaults: Vaults,
        workspace_id: str,
        actor: str,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(inventory, layout, vaults, workspace_id, actor, clock=clock)
        self._loaded: dict[int, PrivateKey] = {}

    def lock(self) -> None:
        """Forget every key in memory, and the passphrase with it."""
        with self._opening:
            super().lock()
            self._loaded.clear()

    def place_of(self, row: KeyRow) -> str:
        """Where a key is held, in words that follow "held"."""
        if row.custody == "sealed":
            return "encrypted in this workspace"
        return f"in {self.label}"

    def seal(self, key: PrivateKey, name: str = "") -> NewKey:
        """A key for the inventory, encrypted under the workspace key."""
        return self.seal_many([(key, name)])[0]

    def seal_many(self, several: Sequence[tuple[PrivateKey, str]]) -> list[NewKey]:
        """Keys with their names, as `seal` makes them; looks at the vault only once."""
        if not several:
            return []
        _, workspace_key = self.opened()
        return [_sealed(workspace_key, key, name) for key, name in several]

    @contextmanager
    def deposit(self, key: PrivateKey, name: str) -> Iterator[int]:
        """Put an authority's key into the vault; gives the id of its row, which is pending.

        The body makes it held (`inventory.keys.mark_held`) in the transaction that stores what
        uses the key. Where the body raises, the entry and the row are taken back.
        """
        self.open()  # may ask the person, so not while others wait
        info, ref = key_info(key.public_key()), new_ref()
        with self.changing():
            vault, _ = self.opened()  # another process may have moved the keys until here
            key_id = self._inventory.keys.add_pending(
                NewKey(
                    spki_sha256=spki_sha256(key.public_key()),
                    label=info.label,
                    algorithm=info.algorithm,
                    bits=info.bits,
                    custody="vault",
                    name=name,
                    vault_kind=vault.kind,
                    vault_ref=ref,
                )
            )
            try:
                store_key(vault, ref, key)
                yield key_id
            except BaseException:
                self._take_back(vault, key_id, ref)
                raise
        self._loaded[key_id] = key

    def promote(self, key_id: int) -> None:
        """Move a key that turned out to be an authority's from the inventory into the vault."""
        self.open()  # as in `deposit`
        with self.changing():
            vault, _ = self.opened()
            row, ref = self._inventory.keys.get(key_id), new_ref()
            if row.custody == "vault" or row.state is not KeyState.HELD:
                return
            key = self.private_key(row)
            self._inventory.keys.mark_moving(row.id, vault.kind, ref)
            try:
                store_key(vault, ref, key)
                with self._inventory.transaction():
                    self._inventory.keys.commit_move(row.id)
                    self._inventory.keys.mark_held(row.id)
            except BaseException:
                self._stay_sealed(vault, row.id, ref)
                raise

    def _stay_sealed(self, vault: Vault, key_id: int, ref: str) -> None:
        """Undo a promotion. What cannot be undone now is left for `recovery`."""
        with suppress(MtlsguiError):
            if self._inventory.keys.get(key_id).state is KeyState.MOVING:
                vault.delete(ref)
                self._inventory.keys.mark_held(key_id)

    def _take_back(self, vault: Vault, key_id: int, ref: str) -> None:
        """Undo a deposit. What cannot be undone now stays pending, for `recovery` to report."""
        with suppress(MtlsguiError):
            if self._inventory.keys.get(key_id).state is KeyState.PENDING:
                vault.delete(ref)
                self._inventory.keys.remove(key_id)

    def private_key(self, row: KeyRow) -> PrivateKey:
        """The private key of `row`, from wherever it is held.

        Raises KeyNotHere where this computer's vault lacks it, VaultLocked where a passphrase is
        needed, VaultError for what else can go wrong.
        """
        vault, workspace_key = self.opened()
        loaded = self._loaded.get(row.id)
        if loaded is not None:
            return loaded
        if row.custody == "sealed":
            return self._unseal(row, workspace_key)
        if row.vault_ref is None:
            raise KeyNotHere("The inventory does not say where this key is held.")
        try:
            key = load_key(vault, row.vault_ref)
        except VaultEntryMissing as error:
            newer = self._newer(row)
            if newer.vault_ref != row.vault_ref:
                return self.private_key(newer)
            raise KeyNotHere(
                "This key is held on another computer.",
                f"{vault.label} here has no entry for it. {error.detail}".strip(),
                "Use the computer it was made on, or restore a backup that holds it.",
            ) from None
        self._prove(key, row)
        self._loaded[row.id] = key
        return key

    def _newer(self, row: KeyRow) -> KeyRow:
        """What `row` is now: another process may have moved or deleted the key since."""
        try:
            return self._inventory.keys.get(row.id)
        except InventoryNotFound:
            raise KeyNotHere(
                "This key was deleted.",
                f"It was the {row.label} key of “{row.name}”." if row.name else "",
                "Choose another key, or import it again.",
            ) from None

    def _unseal(self, row: KeyRow, workspace_key: bytes) -> PrivateKey:
        if row.sealed is None:
            raise KeyNotHere("The inventory does not hold this key.")
        key = decode_private_key(sealing.unseal(workspace_key, row.spki_sha256, row.sealed))
        self._prove(key, row)
        return key

    def _prove(self, key: PrivateKey, row: KeyRow) -> None:
        if spki_sha256(key.public_key()) != row.spki_sha256:
            raise KeyNotHere(
                "The key that is held is not the one that belongs here.",
                f"The entry for “{row.name or row.label}” holds another key.",
                "Restore a backup of the workspace.",
            )

    @contextmanager
    def forgetting(self, key_ids: Iterable[int]) -> Iterator[None]:
        """Destroy keys for good, with what the body takes out of the inventory.

        One transaction holds what the body does and a mark on each of the keys that nothing uses
        then; their entries in the vault and their rows go after it. Where the vault fails in
        between, the marks are left for `recovery`.
        """
        rows = [self._inventory.keys.get(key_id) for key_id in key_ids]
        if any(row.custody == "vault" for row in rows):
            self.open()
        with self.changing():
            with self._inventory.transaction():
                yield
                condemned = [row.id for row in rows if self._condemn(row.id)]
            for key_id in condemned:
                self._destroy(key_id)

    def is_used(self, row: KeyRow) -> bool:
        """Whether a certificate, or a request that waits for one, goes with this key."""
        return bool(
            self._inventory.keys.certificates_of(row.id)
            or self._inventory.requests.by_spki(row.spki_sha256, RequestState.OPEN)
        )

    def _condemn(self, key_id: int) -> bool:
        """Mark a key for `_destroy`, unless it is used; a sealed one is gone with its row."""
        try:
            row = self._inventory.keys.get(key_id)
        except InventoryNotFound:
            return False  # another process was quicker
        if self.is_used(row):
            return False
        self._journal("key.deleted", "key", row.id, row.name or row.label, spki=row.spki_sha256)
        if row.custody == "sealed":
            self._inventory.keys.remove(row.id)
            return False
        self._inventory.keys.mark_deleting(row.id)
        return True

    def _destroy(self, key_id: int) -> None:
        vault, _ = self.opened()
        ref = self._inventory.keys.get(key_id).vault_ref
        if ref is not None:
            vault.delete(ref)
        self._inventory.keys.remove(key_id)
        self._loaded.pop(key_id, None)


def _sealed(workspace_key: bytes, key: PrivateKey, name: str) -> NewKey:
    digest = spki_sha256(key.public_key())
    info = key_info(key.public_key())
    return NewKey(
        spki_sha256=digest,
        label=info.label,
        algorithm=info.algorithm,
        bits=info.bits,
        custody="sealed",
        name=name,
        sealed=sealing.seal(workspace_key, digest, encode_private_key(key)),
    )
